// A plain text with line breaks, laid out: paragraphs, lists, progress line, links.
import { el } from "./dom.js";
import { split } from "./links.js";

const BULLET = /^\s*[•–-]\s+/;
const NUMBERED = /^\s*(\d{1,2})[.)]\s+/;
// Only when the server says it: « Question 2 sur 4 environ », alone on its line or before the question.
const PROGRESS = /^\s*\(?(question (\d{1,2}) sur (\d{1,2})(?: environ)?)\)?\s*(?:[.:–—-]\s*|$)/i;

// French keeps these signs on the line of their word.
const STUCK = /(«) | (?=[»?!:;])/g;

/** Nodes for the text of a bot message. */
export function blocks(content) {
  const nodes = [];
  for (const line of content.replace(STUCK, "$1\u00a0").split("\n")) {
    const progress = PROGRESS.exec(line);
    if (progress) nodes.push(progressLine(progress));
    place(nodes, progress ? sentence(line.slice(progress[0].length)) : line);
  }
  return nodes;
}

// What followed « : » now begins a line.
function sentence(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function place(nodes, line) {
  if (!line.trim()) return;
  const last = nodes[nodes.length - 1];
  const numbered = NUMBERED.exec(line);
  if (BULLET.test(line)) {
    inList(nodes, last, "UL").append(el("li", {}, ...linked(line.replace(BULLET, ""))));
  } else if (numbered) {
    const item = el("li", { value: numbered[1] }, ...linked(line.replace(NUMBERED, "")));
    inList(nodes, last, "OL").append(item);
  } else {
    nodes.push(el("p", {}, ...linked(line)));
  }
}

function inList(nodes, last, tag) {
  if (last && last.tagName === tag) return last;
  const list = el(tag, { role: "list" });
  nodes.push(list);
  return list;
}

function linked(line) {
  return split(line).map((piece) => (piece.href ? link(piece) : piece.text));
}

function link({ text, href }) {
  const outside = href.startsWith("https:");
  return el("a", { href, rel: "noopener noreferrer", target: outside ? "_blank" : null }, text);
}

function progressLine([, said, current, total]) {
  const steps = Array.from({ length: Math.min(Number(total), 12) }, (_, index) =>
    el("span", { class: index < Number(current) ? "step done" : "step" }),
  );
  return el("p", { class: "progress" }, said, el("span", { class: "steps", "aria-hidden": "true" }, ...steps));
}
