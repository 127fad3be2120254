// The conversation kept for a reload, in this tab only (sessionStorage); in memory alone where storage is refused.

const PREFIX = "repere:";
const MINUTE = 60000;
/** Silence after which a conversation is erased (the server forgets the details typed after an hour). */
export const IDLE_LIMIT = 30 * MINUTE;
/** Silence after which the person is warned, and may go on. */
export const IDLE_WARNING = 28 * MINUTE;
// A closed tab that the browser reopens comes as « back »: beyond this absence its conversation is gone.
const ABSENCE_LIMIT = 2 * MINUTE;
const MOST_ENTRIES = 300;
const memory = new Map();
let closed = false;

/** Name under which the conversation of one server and audience is kept. */
export function nameOf(server, audience) {
  return `${PREFIX}${server}|${audience}`;
}

/** Kept conversation, or null when there is none or it is too old; what is too old is dropped and given to `expired`. */
export function load(name, expired) {
  const found = parse(read(name));
  if (!found || !found.id || !found.token || !Array.isArray(found.entries)) return null;
  const now = Date.now();
  const reopened = navigationType() === "back_forward" && now - found.seen > ABSENCE_LIMIT;
  if (now - found.seen < IDLE_LIMIT && !reopened) return found;
  drop(name);
  expired(found);
  return null;
}

/** Keeps a conversation; a full or refused storage is not an error, the reload is then lost. */
export function save(name, session) {
  if (closed) return;
  const written = JSON.stringify({ ...session, entries: session.entries.slice(-MOST_ENTRIES) });
  memory.set(name, written);
  try {
    window.sessionStorage.setItem(name, written);
  } catch (error) {
    // Refused by the browser's settings: memory has it.
  }
}

/** True while `name` is kept: false after an erasure made from another page of this tab. */
export function isKept(name) {
  return read(name) !== null;
}

/** Forgets one conversation. */
export function drop(name) {
  memory.delete(name);
  try {
    window.sessionStorage.removeItem(name);
  } catch (error) {
    // Nothing was kept there.
  }
}

/** Forgets every conversation of this tab, keeps nothing more in this page, and returns them for their servers to erase. */
export function dropAll() {
  closed = true;
  const names = new Set([...memory.keys(), ...storedNames()]);
  const sessions = [...names].map((name) => parse(read(name))).filter(Boolean);
  names.forEach(drop);
  return sessions;
}

/** True when a conversation is kept in this tab. */
export function any() {
  return memory.size > 0 || storedNames().length > 0;
}

function storedNames() {
  try {
    return Object.keys(window.sessionStorage).filter((name) => name.startsWith(PREFIX));
  } catch (error) {
    return [];
  }
}

function read(name) {
  try {
    return window.sessionStorage.getItem(name);
  } catch (error) {
    return memory.get(name) || null;
  }
}

function parse(written) {
  try {
    return JSON.parse(written);
  } catch (error) {
    return null;
  }
}

function navigationType() {
  const [entry] = window.performance.getEntriesByType("navigation");
  return entry ? entry.type : "navigate";
}
