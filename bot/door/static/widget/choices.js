// The answers that the bot proposes: real buttons in a named group, after the messages.
import { button, el } from "./dom.js";
import { text } from "./texts.js";

/** Group of buttons; `pick(choice)` is called once. Outside the log, so that the buttons are not read aloud with the message. */
export class Choices {
  constructor(pick) {
    this.pick = pick;
    this.shown = [];
    this.node = el("div", { role: "group", class: "choices", "aria-label": text("choices"), hidden: true });
  }

  show(choices) {
    this.shown = choices;
    this.node.replaceChildren(...choices.map((choice) => button(choice.label, () => this.pick(choice), { "data-choice": choice.id, dir: "auto" })));
    this.node.hidden = !choices.length;
  }

  clear() {
    this.show([]);
  }
}
