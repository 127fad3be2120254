// Taking the conversation away: to the clipboard, or on paper.
import { el } from "./dom.js";
import { text } from "./texts.js";

const PAPER = "body{font:12pt/1.5 sans-serif;margin:2cm}.vh{font-weight:bold}.bubble{margin:0 0 1em;break-inside:avoid}.keep,.were,.state,button,.sign{display:none}a{color:inherit}";

/** Copies a text; false when the browser refuses. `root` is where a field may be put for older browsers. */
export async function copy(words, root) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch (error) {
    return copyByHand(words, root);
  }
}

// Pages without https have no clipboard interface.
function copyByHand(words, root) {
  const field = el("textarea", { class: "vh", "aria-hidden": "true", tabindex: "-1" });
  field.value = words;
  const before = root.activeElement;
  root.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (before) before.focus();
  return done;
}

/** Prints copies of `nodes` alone, whatever the page around. */
export function print(nodes) {
  const frame = el("iframe", { title: text("printHeading"), "aria-hidden": "true", tabindex: "-1" });
  Object.assign(frame.style, { position: "fixed", width: "0", height: "0", border: "0", visibility: "hidden" });
  document.body.append(frame);
  const page = frame.contentDocument;
  const view = frame.contentWindow;
  page.documentElement.lang = "fr";
  page.title = text("printHeading");
  page.body.append(el("h1", {}, text("printHeading")), ...nodes.map((node) => node.cloneNode(true)), el("p", {}, text("printNote")));
  if ("adoptedStyleSheets" in page) {
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync(PAPER);
    page.adoptedStyleSheets = [sheet];
  }
  view.addEventListener("afterprint", () => frame.remove());
  view.focus();
  view.print();
}
