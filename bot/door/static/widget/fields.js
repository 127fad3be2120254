// Which field suits the question that the bot asks: keyboard, completion, label and hint.
import { text } from "./texts.js";

const NUMBER = { inputmode: "numeric", label: "number" };
const AMOUNT = { inputmode: "decimal", label: "amount" };
const AGES = { label: "ages", hint: "agesHint" };
const DATE = { type: "date", label: "date", hint: "dateHint" };

// By name of `ask`; completion tokens are used only when the person speaks of themselves (WCAG 1.3.5).
const BY_NAME = {
  telephone: { type: "tel", inputmode: "tel", complete: "tel", label: "telephone", hint: "telephoneHint" },
  email: { type: "email", inputmode: "email", complete: "email", label: "email", hint: "emailHint" },
  nom: { complete: "family-name", capitals: "words", label: "nom" },
  prenom: { complete: "given-name", capitals: "words", label: "prenom" },
  numero_allocataire: { inputmode: "numeric", label: "numero_allocataire", hint: "numeroHint" },
  commune: { complete: "address-level2", capitals: "words", label: "commune", hint: "communeHint" },
  code_postal: { inputmode: "numeric", complete: "postal-code", label: "answer" },
  reference: { capitals: "characters", label: "reference", hint: "referenceHint" },
  disponibilites: { long: true, label: "disponibilites" },
  partenaire_nom: { complete: "name", own: true, capitals: "words", label: "partenaire_nom" },
  partenaire_structure: { complete: "organization", own: true, capitals: "words", label: "partenaire_structure" },
  partenaire_contact: { own: true, label: "partenaire_contact" },
  enfants: AGES,
  ages_enfants_recueillis: AGES,
  remuneration_mensuelle_nette: AMOUNT,
};
const BY_SHAPE = [
  [/^date_/, DATE],
  [/_euros$/, AMOUNT],
  [/^(?:nb|age)_/, NUMBER],
];

/** Field for the question `ask` (null: anything): {type, inputmode, autocomplete, autocapitalize, long, label, hint, special}. */
export function fieldFor(ask, audience, withChoices) {
  const found = ask && (BY_NAME[ask] || (BY_SHAPE.find(([shape]) => shape.test(ask)) || [])[1]);
  if (!found || (withChoices && found === DATE)) return freeField(ask);
  const own = audience === "allocataire" || found.own;
  return {
    type: found.type || "text",
    inputmode: found.inputmode || null,
    autocomplete: (own && found.complete) || "off",
    autocapitalize: found.capitals || null,
    long: Boolean(found.long),
    label: text(`fields.${found.label}`),
    hint: found.hint ? text(`fields.${found.hint}`) : "",
    special: Boolean(found.inputmode || found.type === "date"),
  };
}

/** Field for words: what is used when no question is asked, and when the person prefers to write. */
export function freeField(ask) {
  const label = text(ask && ask !== "situation" ? "fields.answer" : "fields.free");
  return { type: "text", inputmode: null, autocomplete: "off", autocapitalize: null, long: true, label, hint: "", special: false };
}

/** What is sent for a value typed: a date field gives 2026-03-12, people and bot write 12/03/2026. */
export function asWritten(value, type) {
  const parts = type === "date" ? /^(\d{4})-(\d{2})-(\d{2})$/.exec(value) : null;
  return parts ? `${parts[3]}/${parts[2]}/${parts[1]}` : value.trim();
}
