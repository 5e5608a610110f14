/* What the sheet shows of what was tapped: a count on each key, and a line in the list of today. */
import { element } from "./dock.js";
import * as kept from "./kept.js";

const form = document.getElementById("sheet");
const list = document.getElementById("log");
const lineOf = (ref) => list.querySelector(`[data-ref="${CSS.escape(ref)}"]`);

/* One more, or less, on the key of the entry's service. */
export function counted(entry, times = 1) {
  const badge = form.querySelector(`.key[value="${CSS.escape(entry.service)}"] .count, .key[data-group="${CSS.escape(entry.service)}"] .count`);
  if (!badge || entry.kind === "unmet" || form.elements.kind.value === "unmet") return;
  const now = Math.max(0, Number(badge.dataset.now) + times * Number(entry.number || 1));
  badge.dataset.now = badge.textContent = now;
  badge.hidden = now === 0;
}

function chip(language) {
  const shown = [...form.querySelectorAll("[name=language]")].find((one) => one.value === language);
  return shown ? shown.nextElementSibling.cloneNode(true) : element("span", "chip", language);
}

/* A line for an entry that the server does not have yet. */
export function noted(entry) {
  if (lineOf(entry.ref)) return;
  const line = element("li");
  line.dataset.ref = entry.ref;
  line.append(element("span", "", entry.shown), chip(entry.language));
  if (entry.kind === "unmet") line.append(element("span", "tag thin", list.dataset.unmet));
  if (entry.kind === "group") line.append(element("span", "tag", entry.number));
  line.append(element("span", "tag news unsent", list.dataset.unsent));
  list.prepend(line);
  document.getElementById("nothing")?.remove();
}

export function sent(ref) {
  lineOf(ref)?.querySelector(".unsent")?.remove();
}

export function gone(ref) {
  lineOf(ref)?.classList.add("gone");
}

/* The server did not take it: why, until somebody has read that. */
export function refused(piece, why) {
  noted(piece);
  sent(piece.ref);
  const line = lineOf(piece.ref);
  if (line.querySelector(".why")) return;
  const button = element("button", "btn plain", list.dataset.remove);
  button.type = "button";
  button.addEventListener("click", async () => {
    await kept.drop([piece.key]);
    line.remove();
  });
  line.append(element("span", "tag stop why", why), button);
}
