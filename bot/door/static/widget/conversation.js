// One conversation: opens it, sends and receives, keeps it for a reload, ends it. Knows nothing of the screen.
import { CallError, erase, play, start } from "./api.js";
import { Outbox, newKey } from "./outbox.js";
import { drop, load, nameOf, save } from "./storage.js";

/** Conversation with one server for one audience. `view` is told what happens:
 *  history(entries), person(entry), bot(messages, first), state(entry, state, error), starting(), failedStart(error), over(reason). */
export class Conversation {
  constructor(server, audience, view) {
    this.server = server;
    this.audience = audience;
    this.view = view;
    this.name = nameOf(server, audience);
    this.session = null;
    this.opening = false;
    this.notes = {};
    this.outbox = new Outbox((entry) => this.deliver(entry), (entry, state, detail) => this.reported(entry, state, detail));
  }

  /** Takes up the conversation kept in this tab, or opens one. */
  open() {
    if (this.session || this.opening) return;
    const session = load(this.name, erase);
    if (session) this.resume(session);
    else this.begin();
  }

  /** The conversation of this tab that could be taken up, or null. */
  get kept() {
    return load(this.name, erase);
  }

  async begin() {
    this.opening = true;
    this.view.starting();
    try {
      const { id, token, messages } = await start(this.server, this.audience);
      if (!this.opening) return void erase({ server: this.server, id, token });
      this.session = { server: this.server, id, token, ...this.notes, entries: [], seen: Date.now() };
      this.hear(messages, true);
      this.outbox.run();
    } catch (error) {
      if (!(error instanceof CallError)) throw error;
      this.view.failedStart(error);
    } finally {
      this.opening = false;
    }
  }

  resume(session) {
    this.session = session;
    this.view.history(session.entries);
    const waiting = session.entries.filter((entry) => entry.from === "person" && entry.state === "waiting");
    waiting.forEach((entry) => this.outbox.add(entry));
    this.touch();
  }

  /** Sends words, or the id and label of a choice; what is said before the conversation is open leaves when it is. */
  send({ text, choice, label }) {
    const entry = { from: "person", text: text || label, choice: choice || null, key: newKey(), state: "waiting" };
    if (this.session) this.session.entries.push(entry);
    this.view.person(entry);
    if (this.session) this.touch();
    this.outbox.items.push(entry);
    if (this.session) this.outbox.run();
    else this.open();
  }

  deliver(entry) {
    if (!this.session) throw new CallError("network");
    const said = entry.choice ? { choice: entry.choice } : { text: entry.text };
    return play(this.session, { ...said, key: entry.key });
  }

  reported(entry, state, detail) {
    if (state === "over") return this.end("server", detail);
    const done = state === "sent" || state === "refused";
    entry.state = done ? state : "waiting";
    if (this.session && !this.session.entries.includes(entry)) this.session.entries.push(entry);
    this.view.state(entry, state, detail);
    if (state === "sent") this.hear(detail.messages, false);
    else this.touch();
  }

  hear(messages, first) {
    const heard = messages.map((message) => ({ from: "bot", ...message }));
    this.session.entries.push(...heard);
    this.touch();
    this.view.bot(heard, first);
  }

  /** Notes that the person is there, and keeps the conversation as it is now, with `notes` ({open}: the panel was). */
  touch(notes = {}) {
    Object.assign(this.notes, notes);
    if (!this.session) return;
    Object.assign(this.session, notes, { seen: Date.now() });
    save(this.name, this.session);
  }

  /** Sends again the message that failed. */
  retry() {
    if (this.session) this.outbox.run();
    else this.open();
  }

  /** Gives up the message that failed. */
  discard() {
    const [entry] = this.outbox.items;
    if (entry && this.session) {
      this.session.entries = this.session.entries.filter((other) => other !== entry);
      this.touch();
    }
    this.outbox.discard();
    return entry;
  }

  /** Ends it here, for `reason` (« erased », « idle », « server »); the server erases it too, unless it already has. */
  end(reason, error = null) {
    const session = this.session;
    this.leave();
    drop(this.name);
    if (session && reason !== "server") erase(session);
    this.view.over(reason, error);
  }

  /** Stops all work without erasing: the page shows another conversation. */
  leave() {
    this.opening = false;
    this.session = null;
    this.outbox.stop();
  }
}
