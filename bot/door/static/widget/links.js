// Phone numbers, addresses and trusted sites of a bot message, found in plain text and turned into links.

// A link to any other site stays plain text: what a person typed may come back in a summary.
const TRUSTED = ["caf.fr", "gouv.fr", "service-public.fr", "monenfant.fr", "vacaf.org", "msa.fr", "francetravail.fr", "ameli.fr"];
const KNOWN_NUMBERS = ["3230", "3919", "3114", "3018", "3977", "3949"];
const SHORT_NUMBERS = ["15", "17", "18", "112", "114", "115", "119"];
// The 114 takes written messages, not calls.
const BY_MESSAGE = "114";
const PATTERN = new RegExp(
  [
    "(?<mail>[\\w.+-]{1,64}@[\\w-]{1,60}(?:\\.[\\w-]{1,60}){1,4})",
    "(?<site>(?:https?://)?(?:[a-z0-9-]{1,60}\\.){1,4}(?:fr|org)(?:/[\\w\\-./%?=&#]*)?)",
    "(?<phone>(?:\\+33[ .\\u00a0\\u202f]?|0)[1-9](?:[ .\\u00a0\\u202f-]?\\d{2}){4})",
    "(?<known>3\\d{3})",
    "(?<short>1\\d{1,2})",
  ].join("|"),
  "gi",
);
const CALLING = /appel|compos|sms|joign|joindre|contact|téléphon|numéro|urgence|danger|police|gendarm|secours|samu|pompier|écout|hébergement/i;
const COUNTED = /^(?:\s?(?:ans?\b|mois|jours?\b|h\b|heures?|€|euros?|%|er\b|enfants?|janv|févr|mars\b|avril|mai\b|juin|juil|août|sept|oct|nov|déc)|[/.,]\d)/i;
const INTRODUCED = /(?:^|\n|[:(•-]|\b(?:le|au|du|ou))\s*$/i;
const LISTED = /^(?:,| et| ou|,? ou| \/)?\s*(?:le|au)?\s*$/i;

/** Pieces of `content` in order: `{text}` or `{text, href}`. */
export function split(content) {
  const pieces = [];
  let from = 0;
  for (const match of content.matchAll(PATTERN)) {
    const linkEnd = pieces.length && pieces[pieces.length - 1].href ? from : -1;
    const [shown, href] = target(match, content, linkEnd);
    if (!href) continue;
    if (match.index > from) pieces.push({ text: content.slice(from, match.index) });
    pieces.push({ text: shown, href });
    from = match.index + shown.length;
  }
  if (from < content.length) pieces.push({ text: content.slice(from) });
  return pieces;
}

function target(match, content, linkEnd) {
  const { mail, site, phone, known, short } = match.groups;
  const before = content.slice(0, match.index);
  const after = content.slice(match.index + match[0].length);
  if (/[\w@+]$/.test(before)) return ["", null];
  // « caf.fr.ailleurs.com » and « caf.fr@ailleurs.com » are not caf.fr.
  if ((mail || site) && /^(?:[\w@:-]|\.\w)/.test(after)) return ["", null];
  if (mail) return mailLink(mail.replace(/[.-]+$/, ""));
  if (site) return siteLink(site.replace(/[.,;:]+$/, ""));
  if (/^\w/.test(after)) return ["", null];
  if (phone) return [phone, `tel:${phone.replace(/[^\d+]/g, "")}`];
  if (COUNTED.test(after)) return ["", null];
  if (known) return KNOWN_NUMBERS.includes(known) ? [known, `tel:${known}`] : ["", null];
  return shortLink(short, before, after, linkEnd);
}

function shortLink(number, before, after, linkEnd) {
  if (!SHORT_NUMBERS.includes(number)) return ["", null];
  const sentence = before.split(/[.!?\n]/).pop() + after.split(/[.!?\n]/)[0];
  const listed = linkEnd >= 0 && LISTED.test(before.slice(linkEnd));
  // « le 17 » may be a day: it needs a word of calling in its sentence; « le 115 » does not.
  const called = (number.length > 2 || CALLING.test(sentence)) && INTRODUCED.test(before);
  if (!listed && !called) return ["", null];
  return [number, `${number === BY_MESSAGE ? "sms" : "tel"}:${number}`];
}

function mailLink(address) {
  return trusted(address.split("@")[1]) ? [address, `mailto:${address}`] : ["", null];
}

function siteLink(address) {
  const href = /^https?:/i.test(address) ? address : `https://${address}`;
  try {
    return trusted(new URL(href).hostname) ? [address, href.replace(/^http:/i, "https:")] : ["", null];
  } catch (error) {
    return ["", null];
  }
}

function trusted(host) {
  const name = host.toLowerCase();
  return TRUSTED.some((domain) => name === domain || name.endsWith(`.${domain}`));
}
