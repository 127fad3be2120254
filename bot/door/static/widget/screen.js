// What the person sees of one conversation, and the links between its parts.
import { Choices } from "./choices.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { button, el, spoken } from "./dom.js";
import { leaveFast, onCountdown } from "./exit.js";
import { Idle } from "./idle.js";
import { copy, print } from "./keeping.js";
import { Log } from "./log.js";
import { Menu } from "./menu.js";
import { Notices } from "./notices.js";
import { text } from "./texts.js";

const NEAR_END = 160;

/** Screen of one widget. `settings`: {server, audience, title, subtitle, headingLevel, exitAddress(), privacy, accessibility, quiet,
 *  closeButton, event(name, detail)}. */
export class Screen {
  constructor(settings) {
    this.settings = settings;
    this.log = new Log(settings.audience, { copy: (words) => this.copy(words), print: (nodes) => this.print(nodes) });
    this.choices = new Choices((choice) => this.pick(choice));
    this.composer = new Composer(settings.audience, (words) => this.say(words));
    this.notices = new Notices();
    this.menu = new Menu({ copy: () => this.copy(this.log.words), print: () => this.print([this.log.node]), erase: () => this.conversation.end("erased") }, settings);
    this.typing = el("p", { role: "status", class: "typing" });
    this.scroll = el("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": text("conversation") }, this.log.node, this.typing, this.choices.node);
    this.ended = el("div", { class: "over", hidden: true });
    this.node = el("div", { class: "inner" }, this.header(), this.menu.node, this.scroll, this.notices.node, this.ended, this.composer.node);
    this.idle = new Idle(this.node, {
      warn: () => this.notices.warn(text("idleWarning"), [[text("idleExtend"), () => this.extend()]]),
      back: () => this.notices.calm(this.notices.warning),
      end: () => this.conversation.end("idle"),
      active: () => this.conversation.touch(),
    });
    this.listen();
    this.renew();
  }

  header() {
    const { title, subtitle, headingLevel, closeButton } = this.settings;
    const heading = el(`h${headingLevel}`, { id: "title", tabindex: "-1" }, title);
    const exit = button(spoken(text("urgency")), () => leaveFast(this.settings.exitAddress()), { class: "exit" });
    exit.append(text("exit"));
    const tools = el("div", { class: "tools" }, exit, this.menu.toggle);
    if (closeButton) tools.append(button(text("close"), closeButton, { class: "quiet", "aria-label": text("closeName") }));
    return el("div", { class: "head" }, el("div", { class: "names" }, heading, el("p", {}, subtitle)), tools);
  }

  listen() {
    this.online = () => this.notices.tellNetwork(navigator.onLine ? "" : text("offline"));
    window.addEventListener("online", this.online);
    window.addEventListener("offline", this.online);
    this.online();
    this.forgetCountdown = onCountdown((left) => this.notices.say(left ? text(left === 1 ? "exitOneMore" : "exitTwoMore") : ""));
    this.node.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.menu.open) return;
      event.preventDefault();
      this.menu.close();
    });
  }

  // A fresh conversation, nothing shown yet.
  renew() {
    this.conversation = new Conversation(this.settings.server, this.settings.audience, this);
    this.log.clear();
    this.choices.clear();
    this.composer.ask(null, false);
    this.ended.hidden = true;
    this.composer.node.hidden = false;
    this.waiting(false);
  }

  /** Takes up or opens the conversation. */
  open() {
    this.idle.start();
    this.conversation.open();
  }

  /** Forgets what is shown, without erasing it: the page goes away or shows another audience. */
  leave() {
    this.idle.stop();
    this.conversation.leave();
    this.forgetCountdown();
    window.removeEventListener("online", this.online);
    window.removeEventListener("offline", this.online);
  }

  say(words, choice = null) {
    if (this.ended.hidden === false) this.restart();
    this.notices.calm();
    this.choices.clear();
    if (this.composer.question !== null) this.composer.ask(null, false);
    this.conversation.send(choice ? { choice: choice.id, label: choice.label } : { text: words });
    this.settings.event("message", { from: "person" });
  }

  // The button pressed goes away: the focus goes to what was said, after which the answer comes.
  pick(choice) {
    if (choice.id.startsWith("quitter")) return leaveFast(this.settings.exitAddress());
    this.say(choice.label, choice);
    this.lastSaid.focus({ preventScroll: true });
  }

  // --- what the conversation tells ---

  starting() {
    this.notices.calm();
    this.waiting(true);
  }

  history(entries) {
    this.log.history(entries);
    this.ask(entries[entries.length - 1]);
    this.scroll.scrollTop = this.scroll.scrollHeight;
    this.settings.event("open", { resumed: true });
  }

  person(entry) {
    this.lastSaid = this.log.person(entry);
    this.waiting(true);
    this.scroll.scrollTop = this.scroll.scrollHeight;
  }

  bot(messages, first) {
    this.waiting(this.conversation.outbox.items.length > 1);
    const near = this.scroll.scrollHeight - this.scroll.scrollTop - this.scroll.clientHeight < NEAR_END;
    let node = null;
    const add = () => (node = this.log.bot(messages));
    if (first && this.settings.quiet) this.log.silently(add);
    else {
      this.log.announce(true);
      add();
    }
    this.ask(messages[messages.length - 1]);
    if (near && node) this.reveal(node, first ? node : this.lastSaid || node);
    this.settings.event(first ? "open" : "message", first ? { resumed: false } : { from: "bot", ask: messages[messages.length - 1].ask });
    if (messages.some((message) => message.request && message.request.status === "nouvelle")) this.settings.event("request", {});
  }

  state(entry, state, detail) {
    this.log.state(entry, state);
    if (state === "offline") this.waiting(false);
    if (state === "sending") this.waiting(true);
    if (state === "failed" || state === "refused") this.failed(entry, state, detail);
    else if (state === "sent") this.notices.calm();
  }

  failedStart(error) {
    this.waiting(false);
    this.notices.fail(error.message || text(error.kind === "network" ? "failedStart" : "failedServer"), [[text("retry"), () => this.again()]], text("helpline"));
    this.settings.event("error", { status: error.status });
  }

  failed(entry, state, error) {
    this.waiting(false);
    const discard = [text("discard"), () => this.discard()];
    const actions = state === "failed" ? [[text("retry"), () => this.again()], discard] : [];
    const unknown = { network: "failedSend", busy: "failedServer", refused: "failedOther" }[error.kind];
    this.notices.fail(error.message || text(unknown), actions);
    if (state === "refused" && !entry.choice) this.composer.giveBack(entry.text);
    this.settings.event("error", { status: error.status });
  }

  over(reason, error) {
    this.idle.stop();
    this.waiting(false);
    this.log.clear();
    this.choices.clear();
    this.notices.calm();
    this.menu.set(false);
    this.composer.node.hidden = true;
    const message = { erased: "overErased", idle: "overIdle", server: "overServer" }[reason];
    const again = button(text("restart"), () => this.restart(), { class: "strong" });
    const words = el("p", { role: "status", tabindex: "-1" });
    this.ended.replaceChildren(words, again);
    this.ended.hidden = false;
    words.textContent = (error && error.message) || text(message);
    if (reason === "erased") words.focus();
    this.settings.event("end", { reason });
  }

  // --- small steps ---

  restart() {
    const held = this.ended.contains(this.ended.getRootNode().activeElement);
    this.renew();
    if (held) this.scroll.focus();
    this.open();
  }

  again() {
    if (this.notices.calm()) this.scroll.focus();
    this.conversation.retry();
  }

  discard() {
    if (this.notices.calm()) this.composer.field.focus();
    const entry = this.conversation.discard();
    if (entry) this.log.remove(entry);
    const { session } = this.conversation;
    if (session) this.ask(session.entries[session.entries.length - 1]);
    if (entry && !entry.choice) this.composer.giveBack(entry.text);
  }

  extend() {
    this.idle.alive();
    this.scroll.focus();
  }

  ask(message) {
    const asking = message && message.from === "bot";
    const choices = (asking && message.choices) || [];
    this.choices.show(choices);
    this.composer.ask((asking && message.ask) || null, choices.length > 0);
  }

  waiting(on) {
    const words = on ? text("typing") : "";
    if (this.typing.textContent !== words) this.typing.textContent = words;
  }

  // A long answer is read from its beginning; one that fits is shown under the words it answers.
  reveal(node, said) {
    const fits = this.scroll.scrollHeight - said.offsetTop < this.scroll.clientHeight;
    this.scroll.scrollTop = (fits ? said : node).offsetTop - 8;
  }

  async copy(words) {
    const done = await copy(words, this.node.getRootNode());
    this.notices.say(text(done ? "copied" : "copyFailed"));
  }

  print(nodes) {
    print(nodes);
  }
}
