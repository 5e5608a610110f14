/* The lower edge of the desk's pages, where nothing moves when it changes: what was just counted, and what waits. */
import * as kept from "./kept.js";

const dock = document.getElementById("desk");
const just = document.getElementById("just");
const waits = document.getElementById("waits");
let clearing = 0;

export const desk = dock?.dataset;

export function element(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text) made.textContent = text;
  return made;
}

/* Say what has just happened; it can be undone for a while, and is said no longer than that. */
export function say(kind, words, { undo, onward, seconds = Number(desk.seconds) } = {}) {
  const flash = element("div", `flash ${kind}`);
  flash.append(element("p", "", words));
  if (undo) {
    const button = element("button", "btn plain", desk.undo);
    button.type = "button";
    button.addEventListener("click", undo);
    flash.append(button);
  }
  if (onward) {
    const link = element("a", "btn plain", desk.onward);
    link.href = onward;
    flash.append(link);
  }
  clearTimeout(clearing);
  if (kind === "ok") clearing = setTimeout(() => flash.remove(), seconds * 1000);
  just.replaceChildren(flash);
}

function whyWaiting(why, mine, others) {
  if (kept.isFull()) return desk.full;
  if (mine && why === "other") return desk.others.replace("{num}", mine);
  if (mine && why === "out") return desk.out.replace("{num}", mine);
  if (mine && (why || !navigator.onLine)) return desk.waits.replace("{num}", mine);
  if (others) return desk.others.replace("{num}", others);
  return navigator.onLine || !document.getElementById("aged").hidden ? "" : desk.away;
}

/* The server has answered: whatever this page is, there is a network. */
export function reached() {
  document.getElementById("aged").hidden = true;
}

/* What waits here, whose it is, and what would send it. */
export async function showWaiting(why) {
  if (why === "out" || why === "other") reached();
  const pieces = (await kept.all()).filter((one) => !one.refused);
  const mine = pieces.filter((one) => one.whose === desk.whose).length;
  const words = whyWaiting(why, mine, pieces.length - mine);
  if (waits.textContent !== words) {
    const line = mine && why === "out" ? element("a", "", words) : element("span", "", words);
    if (line.tagName === "A") line.href = desk.signIn;
    waits.replaceChildren(line);
  }
  waits.hidden = !words;
}

window.addEventListener("beforeunload", (event) => { if (kept.isFull()) event.preventDefault(); });
