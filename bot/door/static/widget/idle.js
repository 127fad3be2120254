// The conversation does not stay open on an unattended screen: a warning, then the end.
import { IDLE_LIMIT, IDLE_WARNING } from "./storage.js";

const EVERY = 5000;
const SIGNS_OF_LIFE = ["keydown", "pointerdown", "input", "focusin"];

/** Watch over one place; `warn()`, `back()` (the person is there again) and `end()` are called in turn. */
export class Idle {
  constructor(place, { warn, back, end, active }) {
    Object.assign(this, { warn, back, end, active, seen: Date.now(), warned: false });
    SIGNS_OF_LIFE.forEach((name) => place.addEventListener(name, () => this.alive()));
  }

  start() {
    this.stop();
    this.seen = Date.now();
    this.timer = setInterval(() => this.check(), EVERY);
    // Timers sleep in a hidden tab: look at the clock as soon as it is shown again.
    this.shown = () => this.check();
    document.addEventListener("visibilitychange", this.shown);
  }

  stop() {
    clearInterval(this.timer);
    document.removeEventListener("visibilitychange", this.shown);
    this.calm();
  }

  /** The person did something: the time starts again. */
  alive() {
    const late = Date.now() - this.seen >= IDLE_LIMIT;
    if (late) return this.check();
    if (Date.now() - this.seen > EVERY) this.active();
    this.seen = Date.now();
    this.calm();
  }

  calm() {
    if (this.warned) this.back();
    this.warned = false;
  }

  check() {
    const silence = Date.now() - this.seen;
    if (silence >= IDLE_LIMIT) {
      this.stop();
      this.end();
    } else if (silence >= IDLE_WARNING && !this.warned) {
      this.warned = true;
      this.warn();
    }
  }
}
