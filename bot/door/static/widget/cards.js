// What surrounds the text of a message: the verdict of its offers, the reference of a request.
import { button, el, sign, spoken } from "./dom.js";
import { text } from "./texts.js";

const SIGNS = { eligible: "✓", unknown: "?", ineligible: "–" };
const ORDER = ["eligible", "unknown", "ineligible"];

/** Heading of the card that a message with offers becomes: the verdict in words, then how one asks for it. */
export function verdictHeading(offers, audience) {
  if (offers.length > 1) return severalHeading(offers, audience);
  const [{ verdict, access }] = offers;
  const way = text(`access.${access}`);
  return el(
    "p",
    { class: `verdict ${verdict}` },
    sign(SIGNS[verdict] || ""),
    el("strong", {}, verdictWords(verdict, audience)),
    way && verdict !== "ineligible" ? el("span", { class: "way" }, spoken(". "), way) : null,
    spoken(". "),
  );
}

function severalHeading(offers, audience) {
  const verdicts = ORDER.filter((verdict) => offers.some((offer) => offer.verdict === verdict));
  const counted = verdicts.map((verdict) => {
    const number = offers.filter((offer) => offer.verdict === verdict).length;
    return el("li", { class: `verdict ${verdict}` }, sign(SIGNS[verdict]), `${verdictWords(verdict, audience)} : `, el("strong", {}, String(number)), spoken(". "));
  });
  return el("ul", { class: "verdicts", role: "list" }, ...counted);
}

function verdictWords(verdict, audience) {
  const who = audience === "allocataire" ? "own" : "family";
  return text(`offers.${verdict === "eligible" ? who : verdict}`);
}

/** The worst-to-best colour of a card: the verdict when all offers share it, « mixed » otherwise. */
export function tone(offers) {
  const verdicts = new Set(offers.map((offer) => offer.verdict));
  return verdicts.size === 1 ? [...verdicts][0] : "mixed";
}

/** Buttons to keep a result. They are not announced with the message. */
export function keepButtons(actions) {
  const copy = button(text("copyResult"), actions.copy);
  const print = button(text("printResult"), actions.print);
  return el("p", { class: "keep", "aria-live": "off" }, copy, print);
}

/** Box with the reference of a request, easy to read and to copy. */
export function referenceBox({ reference, status }, copy) {
  return el(
    "div",
    { class: "reference", "aria-live": "off" },
    el("p", {}, text(`status.${status}`) || text("reference")),
    el("p", { class: "code" }, spoken(`${text("reference")} : `), el("bdi", {}, reference)),
    button(text("copyReference"), () => copy(reference)),
    status === "nouvelle" ? el("p", { class: "small" }, text("referenceNote")) : null,
  );
}
