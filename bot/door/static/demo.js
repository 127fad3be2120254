// The demonstration page: choosing an audience, and sending an example to the chat. Without JavaScript neither is shown (sans-javascript.css).
(() => {
  "use strict";
  const chat = document.querySelector("repere-chat");
  const form = document.querySelector(".publics");
  const examples = document.querySelector(".exemples");

  function choose(audience) {
    for (const list of examples.querySelectorAll("ul")) list.hidden = list.dataset.public !== audience;
    if (chat.getAttribute("audience") !== audience) chat.setAttribute("audience", audience);
  }

  form.addEventListener("change", (event) => choose(event.target.value));
  examples.addEventListener("click", (event) => {
    const chosen = event.target.closest("button");
    if (!chosen) return;
    chat.send(chosen.textContent);
    chat.scrollIntoView({ block: "nearest" });
  });

  // The page may be linked with the audience wished, and browsers restore the button checked before a reload.
  const wished = new URLSearchParams(window.location.search).get("audience");
  const radio = wished && form.querySelector(`input[value="${CSS.escape(wished)}"]`);
  if (radio) radio.checked = true;
  choose(form.querySelector("input:checked").value);
})();
