// The widget's French sentences, read from the one locale file.
import { TEXTS } from "./textes.fr.json";

/** Sentence at a dotted path of the locale, `{name}` replaced by the value of that name. */
export function text(path, values = {}) {
  const found = path.split(".").reduce((node, step) => (node ? node[step] : undefined), TEXTS);
  if (typeof found !== "string") return "";
  return found.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}
