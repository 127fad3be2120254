// What is said outside the log: network, errors with their retry, warning before the end.
import { button, el } from "./dom.js";
import { text } from "./texts.js";

const SHOWN = 6000;

/** Live regions, all in the page before anything is said in them. */
export class Notices {
  constructor() {
    this.network = el("p", { role: "status", class: "notice" });
    this.brief = el("p", { role: "status", class: "notice" });
    this.warning = el("div", { role: "alert", class: "alert mild" });
    this.error = el("div", { role: "alert", class: "alert" });
    this.node = el("div", { class: "notices" }, this.network, this.brief, this.warning, this.error);
    this.timer = 0;
  }

  /** A word that goes away by itself (« C’est copié »). */
  say(message) {
    clearTimeout(this.timer);
    this.brief.textContent = message;
    if (message) this.timer = setTimeout(() => this.say(""), SHOWN);
  }

  /** A word that stays as long as the network is so. */
  tellNetwork(message) {
    if (this.network.textContent !== message) this.network.textContent = message;
  }

  /** An error, said once, with what one can do: [[label, action], …]. */
  fail(message, actions = [], more = "") {
    this.show(this.error, message, actions, more);
  }

  warn(message, actions) {
    this.show(this.warning, message, actions, "");
  }

  show(place, message, actions, more) {
    const buttons = actions.map(([label, action]) => button(label, action));
    place.replaceChildren(el("p", {}, message), ...(more ? [el("p", {}, more)] : []), el("p", { class: "actions" }, ...buttons));
  }

  /** Takes the error away; true when the focus was in it and is now lost. */
  calm(place = this.error) {
    const held = place.contains(place.getRootNode().activeElement);
    place.replaceChildren();
    return held;
  }
}
