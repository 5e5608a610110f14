/* The sheet of a desk: a tap counts, and is kept on this device until the server has it. Without this script the same
   form sends one entry at a time. Nothing that is kept names anybody. */
import { cleared } from "./details.js";
import { desk, say, showWaiting } from "./dock.js";
import * as kept from "./kept.js";
import { keeping } from "./keeping.js";
import { sender } from "./sending.js";
import { settled } from "./settling.js";
import * as tally from "./tally.js";

const JUST = "bureau.just";
const form = document.getElementById("sheet");
const list = document.getElementById("log");
const again = document.getElementById("note-again");
const written = new Map(); // notes on their way, to be shown again if they are refused
let why = "";
let send = null;

const two = (number) => String(number).padStart(2, "0");
const dayOf = (now) => [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join("-");

/* An id made by chance, also where a browser makes none without HTTPS. */
function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  [bytes[6], bytes[8]] = [(bytes[6] & 15) | 64, (bytes[8] & 63) | 128];
  const hex = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/* What the sheet says now, as an entry; on another day than the session's it belongs to none. */
function read(button) {
  const now = new Date();
  const { csrf_token, ref, note = "", ...fields } = Object.fromEntries(new FormData(form));
  const key = newId();
  const day = dayOf(now);
  const entry = {
    ...fields, key, ref: key, at: now.getTime(), whose: desk.whose, to: desk.waiting,
    organisation: form.dataset.organisation, service: button.value || fields.service, day, hour: now.getHours(),
    session: day === form.dataset.day ? fields.session : "", shown: button.dataset.name,
  };
  return [entry, note.trim()];
}

/* Where somebody is sent on after this; the page that says where to needs a network. */
function onward({ kind, service, language, ref }) {
  if (kind !== "consultation" || !navigator.onLine) return "";
  return `${form.dataset.refer}?${new URLSearchParams({ service, language, entry: ref })}`;
}

function told(entry) {
  const tongue = [...form.querySelectorAll("[name=language]")].find((one) => one.value === entry.language);
  const what = [entry.shown, tongue?.nextElementSibling.textContent, entry.kind === "group" && entry.number];
  const seconds = Number(desk.seconds) - (Date.now() - entry.at) / 1000;
  say("ok", form.dataset.counted.replace("{service}", what.filter(Boolean).join(" · ")), { undo: () => undo(entry), onward: onward(entry), seconds });
}

async function tap(event) {
  event.preventDefault();
  const [entry, note] = read(event.submitter);
  cleared();
  if (note) written.set(entry.ref, note);
  await kept.keep(entry, { note });
  if (entry.kind !== "consultation" && !kept.isFull()) {
    sessionStorage.setItem(JUST, JSON.stringify(entry));
    location.assign(form.dataset.here); // back to what is counted most; sent, and undone, from there
    return;
  }
  tally.noted(entry);
  tally.counted(entry);
  told(entry);
  showWaiting(why);
  send();
}

/* It travels whole with the wish to take it back, so that it does not matter which of the two arrives first. */
async function undo(entry) {
  const wish = { ...entry, key: `undo:${entry.ref}`, undo: true, at: Date.now() };
  await kept.keep(wish, { instead: entry.key });
  tally.gone(entry.ref);
  tally.counted(entry, -1);
  say("ok", form.dataset.undone);
  showWaiting(why);
  send();
}

function writeAgain(ref, refusal) {
  const copy = again.content.firstElementChild.cloneNode(true);
  copy.querySelector("[data-why]").textContent = refusal;
  [copy.elements.ref.value, copy.elements.note.value] = [ref, written.get(ref) || ""];
  copy.elements.csrf_token.value = form.elements.csrf_token.value;
  document.getElementById("notes").append(copy); // what was counted can still be undone
  copy.elements.note.focus();
}

function shown({ detail }) {
  for (const { piece, answer } of detail) {
    if (answer.refused) tally.refused(piece, answer.refused);
    else tally.sent(piece.ref);
    if (answer.note) writeAgain(piece.ref, answer.note);
    written.delete(piece.ref);
  }
}

async function begin() {
  const tell = (now) => { why = now; return showWaiting(why); };
  send = sender(desk, { took: settled, tell });
  form.addEventListener("submit", tap);
  form.dataset.ready = "";
  const here = (await kept.all()).filter((one) => one.whose === desk.whose && one.organisation === form.dataset.organisation);
  for (const piece of here) {
    if (piece.refused) tally.refused(piece, piece.refused);
    else if (piece.undo) tally.gone(piece.ref);
    else {
      tally.noted(piece);
      if (piece.session === form.elements.session.value) tally.counted(piece);
    }
  }
  const just = JSON.parse(sessionStorage.getItem(JUST));
  sessionStorage.removeItem(JUST);
  if (just && Date.now() - just.at < desk.seconds * 1000) told(just);
  kept.onChange(() => showWaiting(why));
  window.addEventListener("offline", () => showWaiting(why));
  document.addEventListener("settled", shown);
  keeping(desk);
  send();
}

if (form && list) begin();
