// Notes in window.heard what a screen reader would announce by itself: text added to a live region, as the ARIA rules say.
// Run with the widget as argument. The nearest ancestor with aria-live, or with a role that implies it, decides.
(widget) => {
  const IMPLIED = { log: "polite", status: "polite", alert: "assertive" };
  window.heard = [];
  const hidden = (node) => node.closest("[aria-hidden=true], [hidden]") || (node.checkVisibility && !node.checkVisibility());
  function politeness(node) {
    for (let at = node; at && at.getAttribute; at = at.parentElement) {
      const said = at.getAttribute("aria-live") || IMPLIED[at.getAttribute("role")];
      if (said) return said;
    }
    return "off";
  }
  function words(node) {
    if (node.nodeType === Node.TEXT_NODE) return node.parentElement && !hidden(node.parentElement) && politeness(node.parentElement) !== "off" ? node.data : "";
    if (node.nodeType !== Node.ELEMENT_NODE || hidden(node) || politeness(node) === "off") return "";
    const inside = [...node.childNodes].map(words).join("");
    return /^(P|LI|DIV|UL|OL)$/.test(node.tagName) ? `${inside} ` : inside;
  }
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) {
        const said = words(node).replace(/\s+/g, " ").trim();
        const place = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
        if (said && place) window.heard.push(politeness(place) === "assertive" ? `! ${said}` : said);
      }
    }
  }).observe(widget.shadowRoot, { childList: true, subtree: true, characterData: true });
}
