// Colours and styles: the sheet is constructed, so that a strict style policy of the host page lets it through.
import { el } from "./dom.js";
import { STYLE } from "./style.css";

let sheet = null;

/** Gives the widget's styles to a shadow root; older browsers read the same file from the server. */
export function dressRoot(root, server) {
  if ("adoptedStyleSheets" in root && "replaceSync" in CSSStyleSheet.prototype) {
    if (!sheet) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
    }
    root.adoptedStyleSheets = [sheet];
  } else {
    root.append(el("link", { rel: "stylesheet", href: `${server}/static/widget/style.css` }));
  }
}

/** Sets « light » or « dark » on `node`, as `theme` says or else as the device does, and follows the device. */
export function useTheme(node, theme) {
  const chosen = theme === "light" || theme === "dark" ? theme : null;
  // Kept on the node: a query that nothing holds stops telling.
  node.darkWished = window.matchMedia("(prefers-color-scheme: dark)");
  const set = () => (node.dataset.theme = chosen || (node.darkWished.matches ? "dark" : "light"));
  set();
  node.darkWished.onchange = set;
}

/** Uses `colour` as accent, with black or white words on it, whichever is read better; an unknown colour is ignored. */
export function useAccent(node, colour) {
  ["--accent", "--on-accent"].forEach((name) => node.style.removeProperty(name));
  if (!colour || !window.CSS.supports("color", colour)) return;
  node.style.setProperty("--accent", colour);
  const found = /^rgba?\((\d+), (\d+), (\d+)/.exec(shownAs(node, colour));
  if (!found) return node.style.removeProperty("--accent");
  node.style.setProperty("--on-accent", luminance(found.slice(1).map(Number)) > 0.179 ? "#000" : "#fff");
}

function shownAs(node, colour) {
  const probe = el("span", { hidden: true });
  probe.style.color = colour;
  node.append(probe);
  const shown = getComputedStyle(probe).color;
  probe.remove();
  return shown;
}

// Relative luminance of WCAG 2; 0.179 is where black and white contrast equally.
function luminance(channels) {
  const [red, green, blue] = channels.map((channel) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
