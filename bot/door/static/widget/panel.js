// Where the conversation is shown: in its container, or in a panel opened by a button.
import { button, el, sign } from "./dom.js";

// Below this the panel covers the page: it is then modal, so that the focus never goes behind it (WCAG 2.4.11).
const SMALL = "(max-width: 640px), (max-height: 520px)";

/** Panel holding `content`; `opened(byPerson)` and `closed()` are called when it changes. */
export class Panel {
  constructor(content, label, { opened, closed }) {
    Object.assign(this, { opened, closed, changing: false });
    this.launcher = button("", () => this.open(true), { class: "launcher", "aria-haspopup": "dialog" });
    this.launcher.append(sign("✎"), el("span", {}, label));
    this.dialog = el("dialog", { class: "frame", "aria-labelledby": "title", onclose: () => this.onClosed(), onkeydown: (event) => this.pressed(event) }, content);
    this.small = window.matchMedia(SMALL);
    this.small.addEventListener("change", () => this.adapt());
    this.nodes = [this.launcher, this.dialog];
  }

  get isOpen() {
    return this.dialog.open;
  }

  /** Opens; the focus goes to the title only when the person asked for it. */
  open(byPerson) {
    if (this.isOpen) return;
    const before = document.activeElement;
    this.show();
    this.launcher.hidden = true;
    if (byPerson) this.dialog.querySelector("#title").focus();
    else if (!this.small.matches) this.giveBack(before);
    this.opened(byPerson);
  }

  // A dialog takes the focus when it is shown; nobody asked for it here.
  giveBack(before) {
    const { activeElement } = this.dialog.getRootNode();
    if (activeElement) activeElement.blur();
    if (before && before !== document.body) before.focus({ preventScroll: true });
  }

  show() {
    if (this.small.matches && this.dialog.showModal) this.dialog.showModal();
    else if (this.dialog.show) this.dialog.show();
    else this.dialog.setAttribute("open", "");
  }

  close() {
    if (this.dialog.close) this.dialog.close();
    else this.dialog.removeAttribute("open");
    if (!this.dialog.close) this.onClosed();
  }

  onClosed() {
    if (this.changing || this.isOpen) return;
    const held = this.dialog.contains(this.dialog.getRootNode().activeElement) || document.activeElement === document.body;
    this.launcher.hidden = false;
    if (held || this.dialog.getRootNode().host === document.activeElement) this.launcher.focus();
    this.closed();
  }

  // The window was turned or zoomed while the panel was open.
  adapt() {
    if (!this.isOpen) return;
    const focused = this.dialog.getRootNode().activeElement;
    this.changing = true;
    this.dialog.close();
    this.show();
    if (focused) focused.focus();
    setTimeout(() => (this.changing = false), 0);
  }

  pressed(event) {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    this.close();
  }
}
