// The field where the person writes: its keyboard follows the question, and one can always answer with words.
import { button, el } from "./dom.js";
import { asWritten, fieldFor, freeField } from "./fields.js";
import { text } from "./texts.js";

/** Longest message the server takes, in characters. */
export const LONGEST = 2000;
const COUNT_FROM = 1600;

/** Form of the answer; `send(text)` gets what was written, never empty. */
export class Composer {
  constructor(audience, send) {
    this.audience = audience;
    this.send = send;
    this.question = null;
    this.label = el("label", { for: "field" });
    this.hint = el("p", { class: "hint", id: "hint" });
    this.fault = el("p", { class: "fault", id: "fault", role: "alert" });
    this.count = el("p", { class: "hint count" });
    this.row = el("div", { class: "row" });
    this.freely = button(text("writeFreely"), () => this.writeFreely(), { class: "plain" });
    const submit = el("button", { type: "submit", class: "send" }, text("send"));
    this.row.append(submit);
    this.node = el("form", { class: "composer", novalidate: true, onsubmit: (event) => this.submitted(event) });
    this.node.append(this.label, this.hint, this.row, this.fault, this.count, this.freely);
    this.ask(null, false);
  }

  /** Shows the field that suits the question `ask`; what is being written is kept. */
  ask(ask, withChoices) {
    this.question = ask;
    this.node.dataset.ask = ask || "";
    const wanted = fieldFor(ask, this.audience, withChoices);
    const draft = this.field ? this.value : "";
    this.use(wanted.type === "date" && draft ? freeField(ask) : wanted, draft);
  }

  use(wanted, draft = "") {
    const old = this.field;
    const focused = old && old.getRootNode().activeElement === old;
    const tag = wanted.long ? "TEXTAREA" : "INPUT";
    if (!old || old.tagName !== tag) this.replaceField(tag);
    this.type = wanted.type;
    this.dress(wanted);
    this.field.value = draft;
    this.label.textContent = wanted.label;
    this.hint.textContent = wanted.hint;
    this.freely.hidden = !wanted.special;
    this.complain("");
    this.resize();
    if (focused) this.field.focus();
  }

  replaceField(tag) {
    const field = el(tag, { id: "field", class: "field", oninput: () => this.typed(), onkeydown: (event) => this.pressed(event) });
    if (this.field) this.field.replaceWith(field);
    else this.row.prepend(field);
    this.field = field;
  }

  dress({ type, inputmode, autocomplete, autocapitalize, long, hint }) {
    const attributes = { inputmode, autocomplete, autocapitalize, enterkeyhint: "send", dir: "auto", "aria-describedby": hint ? "hint fault" : "fault" };
    if (long) attributes.rows = "1";
    else attributes.type = type;
    attributes.spellcheck = long ? null : "false";
    for (const name of ["type", "rows", "spellcheck", ...Object.keys(attributes)]) {
      if (attributes[name]) this.field.setAttribute(name, attributes[name]);
      else this.field.removeAttribute(name);
    }
  }

  get value() {
    return asWritten(this.field.value, this.type);
  }

  writeFreely() {
    this.use(freeField(this.question), this.value);
    this.field.focus();
  }

  submitted(event) {
    event.preventDefault();
    const { value } = this;
    if (!value) return this.complain(text("empty"), true);
    if (value.length > LONGEST) return this.complain(text("tooLong", { n: value.length, max: LONGEST }), true);
    this.field.value = "";
    this.typed();
    this.send(value);
  }

  /** Puts a message that was refused back in the field, unless something else is being written. */
  giveBack(value) {
    if (this.field.value || this.type === "date") return;
    this.field.value = value;
    this.typed();
  }

  complain(message, focus = false) {
    this.fault.textContent = message;
    this.field.setAttribute("aria-invalid", message ? "true" : "false");
    if (focus) this.field.focus();
  }

  typed() {
    if (this.fault.textContent) this.complain("");
    const { length } = this.field.value;
    this.count.textContent = length > COUNT_FROM ? text("lettersLeft", { n: length, max: LONGEST }) : "";
    this.resize();
  }

  pressed(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.node.requestSubmit ? this.node.requestSubmit() : this.submitted(event);
  }

  resize() {
    if (this.field.tagName !== "TEXTAREA") return;
    this.field.style.height = "auto";
    if (this.field.scrollHeight) this.field.style.height = `${this.field.scrollHeight + 2}px`;
  }
}
