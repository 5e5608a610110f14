/* The sheet of a desk: a tap counts at once and is kept on this device until the server has it. Each entry has an id
   made here, so that whatever is lost or comes twice on the way, it counts once. Without this script the same form
   sends one entry at a time. Nothing that is kept names anybody. */
"use strict";

(() => {
  const form = document.getElementById("sheet");
  if (!form || !window.localStorage) return;
  const KEPT = "bureau.waiting:" + form.dataset.waiting;
  const AGAIN = 15000;
  const MOST = 100;
  const just = document.getElementById("just");
  const waits = document.getElementById("waits");
  const list = document.querySelector(".log");
  const notes = new Map(); // words that nobody has checked yet stay in this page, never on the device
  const again = document.getElementById("note-again");
  let sending = null;
  let timer = 0;

  const read = () => { try { return JSON.parse(localStorage.getItem(KEPT)) || []; } catch { return []; } };
  const keep = (entries) => localStorage.setItem(KEPT, JSON.stringify(entries));
  const change = (turn) => { keep(turn(read())); showWaiting(); };
  const drop = (refs) => change((entries) => entries.filter((one) => !refs.has(one.key)));

  function showWaiting() {
    const number = read().length;
    waits.hidden = number === 0;
    waits.textContent = number === 1 ? waits.dataset.one : waits.dataset.several.replace("{num}", number);
  }

  function element(tag, name, text) {
    const made = document.createElement(tag);
    if (name) made.className = name;
    if (text) made.textContent = text;
    return made;
  }

  function say(kind, words, undo) {
    const flash = element("div", "flash " + kind);
    flash.append(element("p", "", words));
    if (undo) {
      const button = element("button", "btn tiny plain", form.dataset.undo);
      button.type = "button";
      button.addEventListener("click", undo);
      flash.append(button);
      setTimeout(() => button.remove(), form.dataset.seconds * 1000);
    }
    just.replaceChildren(flash);
  }

  function counted(key, by) {
    const badge = key && key.querySelector(".count");
    if (!badge) return;
    const now = Math.max(0, Number(badge.dataset.now || badge.textContent.trim() || 0) + by);
    badge.dataset.now = badge.textContent = now;
    badge.hidden = now === 0;
  }

  function noted(name, chip, entry) {
    if (!list) return null;
    const line = element("li");
    line.append(element("span", "", name), chip);
    list.prepend(line);
    line.dataset.ref = entry.ref;
    return line;
  }

  function tap(event) {
    const button = event.submitter;
    if (!button || button.name !== "service") return; // a group is written with its number
    event.preventDefault();
    const now = new Date();
    const fields = Object.fromEntries(new FormData(form));
    const entry = {
      ...fields, key: crypto.randomUUID(), organisation: form.dataset.organisation, service: button.value,
      day: [now.getFullYear(), String(now.getMonth() + 1).padStart(2, "0"), String(now.getDate()).padStart(2, "0")].join("-"),
      hour: now.getHours(),
    };
    delete entry.csrf_token;
    entry.ref = entry.key;
    if (entry.note) notes.set(entry.key, entry.note);
    delete entry.note;
    change((entries) => [...entries, entry]);
    const name = button.querySelector("span").textContent;
    const chip = form.querySelector("[name=language]:checked + .chip").cloneNode(true);
    const line = noted(name, chip, entry);
    counted(button, 1);
    form.querySelectorAll("#details input:checked").forEach((one) => { one.checked = false; });
    const status = document.getElementById("status");
    if (status) status.value = "";
    if (form.elements.note) form.elements.note.value = "";
    const words = navigator.onLine ? form.dataset.counted : form.dataset.kept;
    say("ok", words.replace("{service}", name + ", " + chip.textContent), () => undo(entry, button, line));
    send();
  }

  function undo(entry, button, line) {
    const waiting = read().some((one) => one.key === entry.key);
    if (waiting && !sending) drop(new Set([entry.key]));
    else change((entries) => [...entries, { ...entry, key: "undo:" + entry.ref, undo: true }]);
    if (line) line.classList.add("gone");
    counted(button, -1);
    say("ok", form.dataset.undone);
    send();
  }

  function writeAgain(ref, why) {
    const copy = again.content.firstElementChild.cloneNode(true);
    copy.querySelector("[data-why]").textContent = why;
    [copy.elements.ref.value, copy.elements.note.value] = [ref, notes.get(ref)];
    just.append(copy); // below what was counted, which can still be undone
    copy.elements.note.focus();
  }

  async function post(entries) {
    const answer = await fetch(form.dataset.waiting, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrf_token.value },
      body: JSON.stringify({ entries: entries.map((one) => (notes.has(one.key) ? { ...one, note: notes.get(one.key) } : one)) }),
      keepalive: true,
    });
    if (!answer.ok || !(answer.headers.get("Content-Type") || "").includes("json")) throw new Error(answer.statusText);
    return answer.json();
  }

  async function attempt() {
    for (let entries = read().slice(0, MOST); entries.length; entries = read().slice(0, MOST)) {
      const answers = await post(entries);
      const done = entries.filter((one) => answers[one.key]);
      if (!done.length) throw new Error("no answer");
      drop(new Set(done.map((one) => one.key)));
      const refused = done.map((one) => answers[one.key].refused).filter(Boolean);
      if (refused.length) say("stop", [...new Set(refused)].join(" "));
      done.forEach((one) => { if (answers[one.key].note) writeAgain(one.ref, answers[one.key].note); notes.delete(one.key); });
    }
  }

  function send() {
    clearTimeout(timer);
    if (sending) return sending;
    sending = attempt().catch(() => { timer = setTimeout(send, AGAIN); }).finally(() => { sending = null; showWaiting(); });
    return sending;
  }

  form.addEventListener("submit", tap);
  window.addEventListener("online", send);
  window.addEventListener("storage", showWaiting);
  showWaiting();
  if (read().length) send();
})();
