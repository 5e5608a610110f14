/* The page "declare" is kept as it is written: what changed is sent by itself, field by field, and what others wrote
   meanwhile comes back. Without this script the buttons below the page keep it. */
"use strict";

(() => {
  const form = document.getElementById("declare");
  if (!form) return;
  const status = document.getElementById("saved");
  const rest = status.dataset.rest;
  const APART = /^(weekday|hours|level)-|^(csrf_token|version|draft|step)$/;
  const PAUSE = 500;
  const AGAIN = 5000;
  const waiting = new Map();
  let timer = 0;
  let running = null;
  let leaving = false;

  const field = (name) => form.elements.namedItem(name);
  const value = (one) => (one.type === "checkbox" ? (one.checked ? one.value : "") : one.value);
  const say = (words) => { if (status.textContent !== words) status.textContent = words; };

  function soon(after) {
    clearTimeout(timer);
    timer = setTimeout(send, after);
  }

  function noted(event) {
    const one = event.target;
    if (!one.name || one.form !== form || APART.test(one.name)) return; // the brushes lie in the page, not in the form
    waiting.set(one.name, value(one));
    soon(PAUSE);
  }

  function show(name, wanted) {
    const one = field(name);
    if (!one || waiting.has(name) || value(one) === wanted) return false;
    if (one.type === "checkbox") one.checked = wanted !== "";
    else one.value = wanted;
    one.dispatchEvent(new Event("shown"));
    return true;
  }

  function take(told) {
    field("version").value = told.version ?? "";
    field("draft").value = told.draft;
    const shown = Object.entries(told.cells).map(([name, wanted]) => show(name, wanted));
    say(shown.includes(true) ? form.dataset.merged : told.said || rest);
  }

  async function post(cells) {
    const body = new URLSearchParams(cells);
    for (const name of ["csrf_token", "version", "draft"]) body.set(name, field(name).value);
    const answer = await fetch(form.dataset.save, { method: "POST", body, keepalive: true });
    if (!(answer.headers.get("Content-Type") || "").includes("json")) throw new Error(answer.statusText);
    return { ok: answer.ok, told: await answer.json() };
  }

  async function attempt() {
    const cells = new Map(waiting);
    waiting.clear();
    const back = () => cells.forEach((written, name) => { if (!waiting.has(name)) waiting.set(name, written); });
    try {
      const { ok, told } = await post(cells);
      if (ok) take(told);
      else {
        back();
        say(told.said);
      }
    } catch {
      back();
      say(form.dataset.failed);
      soon(AGAIN);
    }
  }

  async function send() {
    clearTimeout(timer);
    while (running) await running;
    running = attempt();
    await running;
    running = null;
  }

  form.addEventListener("input", noted);
  form.addEventListener("change", noted);
  form.addEventListener("submit", async (event) => {
    if (leaving || !(waiting.size || running)) {
      leaving = true;
      return;
    }
    event.preventDefault();
    await send();
    leaving = true;
    form.requestSubmit(event.submitter);
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden || waiting.size) send(); });
  window.addEventListener("pageshow", (event) => {
    leaving = false;
    if (event.persisted) send();
  });
  window.addEventListener("beforeunload", (event) => { if (waiting.size && !leaving) event.preventDefault(); });
  document.getElementById("keep").remove();
})();
