// The person's messages on their way: one at a time, in order, again after a failure with the same key.

const DELAYS = [1000, 2000, 4000, 8000];
const LONGEST_WAIT = 30000;

/** Queue of messages. `deliver(item)` sends one; `report(item, state, detail)` tells « sending », « offline », « retrying »,
 *  « sent » (detail: answer), « failed » (kept, waits for `run`), « refused » or « over » (detail: error; the item is dropped). */
export class Outbox {
  constructor(deliver, report) {
    this.deliver = deliver;
    this.report = report;
    this.items = [];
    this.running = false;
    this.stopped = false;
    this.wake = () => this.run();
    window.addEventListener("online", this.wake);
  }

  add(item) {
    this.items.push(item);
    this.run();
  }

  /** Sends what waits, unless it is being done already. */
  async run() {
    if (this.running) return;
    this.running = true;
    while (this.items.length && !this.stopped && (await this.send(this.items[0]))) this.items.shift();
    this.running = false;
  }

  /** Gives up the message that failed, and goes on with the next. */
  discard() {
    this.items.shift();
    this.run();
  }

  /** Empties the queue for good. */
  stop() {
    this.stopped = true;
    this.items = [];
    window.removeEventListener("online", this.wake);
  }

  // True when the message is done with (sent or refused), false when it stays in the queue.
  async send(item) {
    for (let tries = 0; !this.stopped; tries += 1) {
      await this.network(item);
      this.tell(item, tries ? "retrying" : "sending");
      try {
        this.tell(item, "sent", await this.deliver(item));
        return true;
      } catch (error) {
        if (error.kind === "refused" || error.kind === "over") return this.tell(item, error.kind, error);
        if (tries >= DELAYS.length) return !this.tell(item, "failed", error);
        await pause(Math.min(Math.max(DELAYS[tries], error.wait || 0), LONGEST_WAIT));
      }
    }
    return false;
  }

  async network(item) {
    if (navigator.onLine) return;
    this.tell(item, "offline");
    await new Promise((resolve) => window.addEventListener("online", resolve, { once: true }));
  }

  tell(item, state, detail) {
    if (!this.stopped) this.report(item, state, detail);
    return true;
  }
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Key that makes a message played once, however many times it is sent. */
export function newKey() {
  const bytes = window.crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
