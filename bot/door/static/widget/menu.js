// Options of the conversation: copy, print, erase, and where to read about one's data.
import { button, el, spoken } from "./dom.js";
import { blocks } from "./blocks.js";
import { text } from "./texts.js";

/** Disclosure: `toggle` is its button, `node` its content. `actions`: {copy, print, erase}; `links`: {privacy, accessibility}. */
export class Menu {
  constructor(actions, links) {
    this.actions = actions;
    this.toggle = button(text("options"), () => this.set(this.node.hidden), { "aria-expanded": "false", "aria-controls": "menu", class: "quiet" });
    this.erase = button(text("erase"), () => this.confirm(true));
    this.question = el("p", { tabindex: "-1" }, `${text("eraseAsk")} ${text("eraseNote")}`);
    this.sure = el("div", { class: "sure", role: "group", "aria-label": text("eraseAsk"), hidden: true }, this.question);
    this.sure.append(button(text("eraseYes"), () => this.done(actions.erase), { class: "strong" }), button(text("eraseNo"), () => this.confirm(false)));
    this.node = el("div", { id: "menu", class: "menu", hidden: true }, this.list(links), this.sure, el("div", { class: "small" }, ...blocks(text("exitHelp"))));
  }

  list(links) {
    const items = [
      button(text("copyAll"), () => this.done(this.actions.copy)),
      button(text("printAll"), () => this.done(this.actions.print)),
      this.erase,
      outside(text("privacy"), links.privacy),
      outside(text("accessibility"), links.accessibility),
    ];
    return el("ul", { role: "list" }, ...items.map((item) => el("li", {}, item)));
  }

  get open() {
    return !this.node.hidden;
  }

  set(open) {
    this.node.hidden = !open;
    this.toggle.setAttribute("aria-expanded", String(open));
    this.sure.hidden = true;
  }

  /** Closes it, the focus back on its button. */
  close() {
    this.set(false);
    this.toggle.focus();
  }

  done(action) {
    this.close();
    action();
  }

  confirm(asked) {
    this.sure.hidden = !asked;
    (asked ? this.question : this.erase).focus();
  }
}

function outside(label, href) {
  return el("a", { href, target: "_blank", rel: "noopener" }, label, spoken(text("newTab")));
}
