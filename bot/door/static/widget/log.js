// The messages exchanged. Only what the bot adds is announced; what the person said, and what comes back on reload, is not.
import { blocks } from "./blocks.js";
import { keepButtons, referenceBox, tone, verdictHeading } from "./cards.js";
import { el, spoken } from "./dom.js";
import { text } from "./texts.js";

// Long enough for screen readers to have passed over what was put in silently.
const SETTLED = 700;
const LABELS = { sending: "stateSending", sent: "stateSent", offline: "stateOffline", retrying: "stateRetrying" };

/** The log region. `actions`: {copy(text), print(nodes)}. */
export class Log {
  constructor(audience, actions) {
    this.audience = audience;
    this.actions = actions;
    this.states = new Map();
    this.question = null;
    this.node = el("div", { role: "log", class: "log", "aria-label": text("messages"), "aria-live": "polite", "aria-relevant": "additions" });
  }

  /** Runs `fill` without anything being announced. */
  silently(fill) {
    this.announce(false);
    fill();
    setTimeout(() => this.announce(true), SETTLED);
  }

  /** Makes what is added from now on announced, or not. */
  announce(aloud) {
    this.node.setAttribute("aria-live", aloud ? "polite" : "off");
  }

  /** Shows a conversation taken up again. */
  history(entries) {
    this.silently(() => {
      entries.forEach((entry, index) => (entry.from === "bot" ? this.bot([entry], index && entries[index - 1].from === "bot") : this.person(entry)));
    });
  }

  /** Adds what the person said; returns its node, which can take the focus. */
  person(entry) {
    this.closeQuestion();
    const state = el("p", { class: "state" });
    const words = el("p", { dir: "auto" }, spoken(text("saysPerson")), entry.text);
    const bubble = el("div", { class: "bubble person", "aria-live": "off", tabindex: "-1" }, words, state);
    this.states.set(entry.key, state);
    this.node.append(bubble);
    this.state(entry, entry.state === "sent" ? "sent" : "sending");
    return bubble;
  }

  /** Where the message of the person is: on its way, arrived, waiting, or not sent. */
  state(entry, state) {
    const node = this.states.get(entry.key);
    if (!node) return;
    node.textContent = text(LABELS[state] || "stateFailed");
    node.classList.toggle("bad", !LABELS[state]);
  }

  /** Takes away a message that was given up. */
  remove(entry) {
    const node = this.states.get(entry.key);
    if (node) node.parentNode.remove();
    this.states.delete(entry.key);
  }

  /** Adds the messages of one turn of the bot; returns the first node. */
  bot(messages, following = false) {
    const nodes = messages.map((message, index) => this.bubble(message, following || index > 0));
    this.node.append(...nodes);
    return nodes[0];
  }

  bubble(message, following) {
    const offers = message.offers || [];
    const said = el("div", { class: "said" }, following ? null : spoken(text("saysBot")));
    if (offers.length) said.append(verdictHeading(offers, this.audience));
    said.append(...blocks(message.text || ""));
    const node = el("div", { class: offers.length ? `bubble bot card ${tone(offers)}` : "bubble bot" }, said);
    if (message.request && message.request.reference) node.append(referenceBox(message.request, this.actions.copy));
    if (offers.length) node.append(keepButtons(this.keeping(said)));
    if ((message.choices || []).length) this.openQuestion(node, message.choices);
    return node;
  }

  keeping(said) {
    return { copy: () => this.actions.copy(readable(said)), print: () => this.actions.print([said]) };
  }

  openQuestion(node, choices) {
    const count = choices.length === 1 ? text("choicesCountOne") : text("choicesCount", { n: choices.length });
    const told = el("p", { class: "vh" }, count);
    node.append(told);
    this.question = { node, told, choices };
  }

  // Once answered, the choices stay readable as text.
  closeQuestion() {
    if (!this.question) return;
    const { node, told, choices } = this.question;
    told.remove();
    const list = choices.map((choice) => choice.label).join(" · ");
    node.append(el("p", { class: "were", "aria-live": "off" }, text("choicesWere", { list })));
    this.question = null;
  }

  /** The whole conversation as text, one message a paragraph. */
  get words() {
    return [...this.node.querySelectorAll(".said, .person > p:first-child")].map(readable).join("\n\n");
  }

  clear() {
    this.node.replaceChildren();
    this.states.clear();
    this.question = null;
  }
}

/** Text of a node, one block a line. */
export function readable(node) {
  const lines = [...node.children].filter((child) => /^(?:P|UL|OL)$/.test(child.tagName));
  if (!lines.length) return node.textContent.trim();
  const spokenName = node.querySelector(":scope > .vh");
  const items = lines.flatMap((line) => (line.tagName === "P" ? [line.textContent] : [...line.children].map((item) => `- ${item.textContent}`)));
  return `${spokenName ? spokenName.textContent : ""}${items.map((item) => item.trim()).join("\n")}`;
}
