// Building the page: nodes and text nodes only, never HTML read from a string.

/** Element with attributes (`onclick`… adds a listener; false, null or undefined leaves one out) and children (text or nodes). */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Push button of a form that must not be sent by it. */
export function button(label, onclick, attributes = {}) {
  return el("button", { type: "button", onclick, ...attributes }, label);
}

/** Text for screen readers only. */
export function spoken(content) {
  return el("span", { class: "vh" }, content);
}

/** Sign for the eyes only: screen readers skip it, the words beside it say the same. */
export function sign(character) {
  return el("span", { class: "sign", "aria-hidden": "true" }, character);
}
