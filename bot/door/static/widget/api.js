// The calls to the server (contract of the public door), and what each failure means.

// The server answers 503 after 5 s by itself; beyond this the network has lost the answer.
const TIMEOUT = 15000;
const LASTING = [400, 403, 409, 413, 415, 422];
const OVER = [401, 404, 410];

/** A call that failed: `kind` is « network », « busy » (try again), « refused » (do not) or « over » (no such conversation). */
export class CallError extends Error {
  constructor(kind, status = 0, message = "", wait = 0) {
    super(message);
    this.kind = kind;
    this.status = status;
    this.wait = wait;
  }
}

/** Opens a conversation: {id, token, messages}. */
export function start(server, audience) {
  return call(`${server}/api/conversations`, { method: "POST", body: { audience } });
}

/** Plays one turn; the same `key` twice is played once: {messages}. */
export function play(session, body) {
  const address = `${session.server}/api/conversations/${encodeURIComponent(session.id)}/messages`;
  return call(address, { method: "POST", body, token: session.token });
}

/** Asks the server to erase a conversation; outlives the page. Never fails: the server forgets by itself later. */
export function erase(session) {
  const address = `${session.server}/api/conversations/${encodeURIComponent(session.id)}`;
  return fetch(address, { method: "DELETE", headers: { Authorization: `Bearer ${session.token}` }, keepalive: true }).catch(() => null);
}

async function call(address, { method, body, token }) {
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  if (token) headers.Authorization = `Bearer ${token}`;
  const cut = new AbortController();
  const timer = setTimeout(() => cut.abort(), TIMEOUT);
  try {
    const options = { method, headers, body: JSON.stringify(body), signal: cut.signal, cache: "no-store", referrerPolicy: "origin" };
    return await answerOf(await fetch(address, options));
  } catch (error) {
    throw error instanceof CallError ? error : new CallError("network");
  } finally {
    clearTimeout(timer);
  }
}

async function answerOf(response) {
  const answer = await response.json().catch(() => null);
  if (response.ok && answer) return answer;
  const said = answer && answer.error && typeof answer.error.message === "string" ? answer.error.message : "";
  const wait = Number(response.headers.get("Retry-After")) * 1000 || 0;
  throw new CallError(kindOf(response.status), response.status, said, wait);
}

function kindOf(status) {
  if (OVER.includes(status)) return "over";
  return LASTING.includes(status) ? "refused" : "busy";
}
