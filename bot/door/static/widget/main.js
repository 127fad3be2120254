// Start of the widget: the element is defined once, however many times the script is on the page.
import { RepereChat } from "./element.js";
import { installExit } from "./exit.js";

const script = document.currentScript;
// The server is where the script comes from, unless the tag says otherwise.
RepereChat.home = script && script.src ? new URL(script.src).origin : window.location.origin;
if (!customElements.get("repere-chat")) {
  installExit();
  customElements.define("repere-chat", RepereChat);
}
