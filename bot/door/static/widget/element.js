// <repere-chat>: reads its attributes, puts the screen in a shadow root, and tells the page what happens.
import { el } from "./dom.js";
import { neutralAddress } from "./exit.js";
import { Panel } from "./panel.js";
import { Screen } from "./screen.js";
import { isKept } from "./storage.js";
import { text } from "./texts.js";
import { dressRoot, useAccent, useTheme } from "./theme.js";

const AUDIENCES = ["allocataire", "partenaire", "agent"];

/** The widget. Public methods: open(), close(), send(text), erase(). Events: repere:open, :message, :request, :error, :end. */
export class RepereChat extends HTMLElement {
  static get observedAttributes() {
    return ["audience", "server", "accent", "theme"];
  }

  connectedCallback() {
    if (!this.shadowRoot) this.attachShadow({ mode: "open" });
    // A native tooltip over the whole conversation helps nobody.
    this.wishedTitle = this.getAttribute("title") || this.wishedTitle;
    this.removeAttribute("title");
    this.leaving = () => this.hideForHistory();
    this.returning = (event) => this.backFromHistory(event);
    window.addEventListener("pagehide", this.leaving);
    window.addEventListener("pageshow", this.returning);
    this.build();
  }

  disconnectedCallback() {
    window.removeEventListener("pagehide", this.leaving);
    window.removeEventListener("pageshow", this.returning);
    this.screen.leave();
  }

  attributeChangedCallback(name, before, after) {
    if (!this.screen || before === after) return;
    if (name === "accent" || name === "theme") this.colour();
    else this.build();
  }

  build() {
    const wasOpen = this.panel && this.panel.isOpen;
    if (this.screen) this.screen.leave();
    this.panel = null;
    this.screen = new Screen(this.settings());
    this.frame = el("div", { class: `root ${this.mode}`, lang: "fr" });
    this.shadowRoot.replaceChildren(this.frame);
    dressRoot(this.shadowRoot, this.server);
    if (this.mode === "panel") this.buildPanel(wasOpen);
    else this.buildContained();
    this.colour();
  }

  buildContained() {
    this.frame.append(el("section", { class: "frame", "aria-labelledby": "title" }, this.screen.node));
    this.screen.open();
  }

  buildPanel(wasOpen) {
    this.panel = new Panel(this.screen.node, this.getAttribute("launcher") || text("launcher"), {
      opened: () => {
        this.screen.open();
        this.screen.conversation.touch({ open: true });
      },
      closed: () => this.screen.conversation.touch({ open: false }),
    });
    this.frame.append(...this.panel.nodes);
    const kept = this.screen.conversation.kept;
    if (wasOpen || this.hasAttribute("open") || (kept && kept.open)) this.panel.open(false);
  }

  settings() {
    return {
      server: this.server,
      audience: this.audience,
      title: this.wishedTitle || text("title"),
      subtitle: this.getAttribute("subtitle") || text("subtitle"),
      headingLevel: /^[1-6]$/.test(this.getAttribute("heading-level")) ? this.getAttribute("heading-level") : "2",
      exitAddress: () => neutralAddress(this.getAttribute("exit-url")),
      privacy: `${this.server}/confidentialite`,
      accessibility: `${this.server}/accessibilite`,
      quiet: this.mode === "container",
      closeButton: this.mode === "panel" ? () => this.panel.close() : null,
      event: (name, detail) => this.tell(name, detail),
    };
  }

  colour() {
    useTheme(this.frame, this.getAttribute("theme"));
    useAccent(this.frame, this.getAttribute("accent"));
  }

  // Never the words exchanged: the page around must not be able to record them by listening.
  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(`repere:${name}`, { detail, bubbles: true, composed: true }));
  }

  get mode() {
    return this.getAttribute("mode") === "container" ? "container" : "panel";
  }

  get audience() {
    const wished = this.getAttribute("audience");
    return AUDIENCES.includes(wished) ? wished : AUDIENCES[0];
  }

  get server() {
    return new URL(this.getAttribute("server") || RepereChat.home, document.baseURI).href.replace(/\/+$/, "");
  }

  /** Opens the panel (nothing in a container). */
  open() {
    if (this.panel) this.panel.open(true);
  }

  /** Closes the panel, the conversation kept. */
  close() {
    if (this.panel && this.panel.isOpen) this.panel.close();
  }

  /** Says something for the person, as if they had written it; the focus goes to it. */
  send(words) {
    this.open();
    this.screen.say(String(words));
    this.screen.lastSaid.focus();
  }

  /** Erases the conversation, here and on the server. */
  erase() {
    this.screen.conversation.end("erased");
  }

  // Browsers keep whole pages for « back »: nothing must be readable in them until checked.
  hideForHistory() {
    this.frame.hidden = true;
  }

  backFromHistory(event) {
    this.frame.hidden = false;
    if (!event.persisted) return;
    const { session, name } = this.screen.conversation;
    if (session && !isKept(name)) this.screen.conversation.leave();
    this.build();
  }
}
