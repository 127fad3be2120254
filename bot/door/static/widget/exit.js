// Quick exit: blank the page, erase here and on the server, and put a neutral site in its place in the history.
import { erase } from "./api.js";
import { el } from "./dom.js";
import { any, dropAll } from "./storage.js";

/** Where one goes when the page names no other place: the weather. */
export const NEUTRAL_SITE = "https://meteofrance.com/";
const PRESSES = 3;
const WINDOW = 5000;
const listeners = new Set();
let presses = 0;
let modified = false;
let timer = 0;

/** Leaves at once. The page is blank before anything else is done; the browser's own history cannot be erased from here. */
export function leaveFast(address = neutralAddress()) {
  document.documentElement.replaceChildren(el("head", {}, el("title", {}, new URL(address).hostname)));
  dropAll().forEach(erase);
  try {
    window.top.location.replace(address);
  } catch (error) {
    // A frame that may not move its page goes alone.
    window.location.replace(address);
  }
}

/** Calls `listener(remaining)` at each press of Shift that counts (0: the count is forgotten). */
export function onCountdown(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Listens to Shift pressed three times within five seconds, and to any element of the page marked `data-repere-exit`. */
export function installExit() {
  document.addEventListener("keyup", counted, true);
  document.addEventListener("click", (event) => {
    const marked = event.target instanceof Element && event.target.closest("[data-repere-exit]");
    if (!marked) return;
    event.preventDefault();
    leaveFast();
  });
}

// A Shift held for a capital letter does not count: the letter comes up first.
function counted(event) {
  if (event.key === "Shift" && !modified && armed()) press();
  else if (event.key !== "Shift") forget();
  modified = event.shiftKey;
}

function press() {
  presses += 1;
  clearTimeout(timer);
  if (presses >= PRESSES) return leaveFast();
  timer = setTimeout(forget, WINDOW);
  listeners.forEach((listener) => listener(PRESSES - presses));
}

function forget() {
  if (presses) listeners.forEach((listener) => listener(0));
  clearTimeout(timer);
  presses = 0;
}

function armed() {
  return any() || document.querySelector("[data-repere-exit]") !== null;
}

/** Address given by the page, if it is one of the web; the neutral site otherwise. */
export function neutralAddress(wished = null) {
  const chat = document.querySelector("repere-chat[exit-url]");
  const address = wished || (chat && chat.getAttribute("exit-url")) || "";
  return /^https?:\/\//i.test(address) ? address : NEUTRAL_SITE;
}
