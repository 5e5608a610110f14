/* What may be added to an entry: what was used last comes first, and stays open; a second tap takes a choice back. */
const KEPT = "bureau.details";
const SPOKEN = "bureau.language";
const box = document.getElementById("details");
const chosen = new Map();

function remembered() {
  try {
    return { order: [], open: false, ...JSON.parse(localStorage.getItem(KEPT)) };
  } catch { // what a browser does not remember begins anew
    return { order: [], open: false };
  }
}

function remember(what) {
  try {
    localStorage.setItem(KEPT, JSON.stringify({ ...remembered(), ...what }));
  } catch { /* without room the order stays as the page has it */ }
}

function inOrder() {
  const { order } = remembered();
  const rank = (one) => (order.indexOf(one.dataset.detail) + 1 || order.length + 1);
  const all = [...box.querySelectorAll("[data-detail]")];
  all.map((one, place) => [rank(one), place, one]).sort((a, b) => a[0] - b[0] || a[1] - b[1])
    .forEach(([, , one]) => one.parentElement.append(one));
}

function taken(event) {
  const input = event.target;
  if (input.type !== "radio") return;
  if (chosen.get(input.name) === input) {
    input.checked = false;
    chosen.delete(input.name);
  } else chosen.set(input.name, input);
}

const isUsed = (one) => [...one.querySelectorAll("input, select")].some((field) => (field.type === "radio" ? field.checked : field.value));

/* After an entry: empty again, and in the order of use. */
export function cleared() {
  if (!box) return;
  const used = [...box.querySelectorAll("[data-detail]")].filter(isUsed).map((one) => one.dataset.detail);
  const { order } = remembered();
  if (used.length) remember({ order: [...used, ...order.filter((one) => !used.includes(one))] });
  box.querySelectorAll("input[type=radio]").forEach((one) => { one.checked = false; });
  box.querySelectorAll("select, input:not([type=radio])").forEach((one) => { one.value = ""; });
  chosen.clear();
}

/* The language goes along to a group, and to what nobody here could give. */
function carried(join) {
  const form = document.getElementById("sheet");
  const before = sessionStorage.getItem(SPOKEN);
  const target = [...form.querySelectorAll("[name=language]")].find((one) => one.value === before);
  if (form.elements.kind.value === "consultation") sessionStorage.removeItem(SPOKEN);
  else if (target) {
    target.checked = true;
    if (target.closest("details")) join({ target, focus: false });
  }
  form.addEventListener("change", ({ target: one }) => { if (one.name === "language") sessionStorage.setItem(SPOKEN, one.value); });
}

/* A language that was chosen from the long list joins those at hand; arrow keys only wander through it. */
function languages() {
  const more = document.getElementById("languages");
  let meant = false;
  const join = ({ target, focus = true }) => {
    if (!target.checked) return;
    more.before(target.closest("label"));
    more.open = false;
    if (focus) target.focus();
  };
  carried(join);
  more?.addEventListener("toggle", () => { if (more.open) more.querySelector("input")?.focus(); });
  more?.addEventListener("keydown", (event) => {
    meant = event.key === " "; // its click comes later, and the arrows make clicks as well
    if (event.key === "Enter") join(event);
  });
  more?.addEventListener("click", (event) => { if (event.detail || meant) join(event); });
}

if (document.getElementById("sheet")) languages();
if (box) {
  inOrder();
  box.open = remembered().open;
  box.addEventListener("toggle", () => remember({ open: box.open }));
  box.addEventListener("click", taken);
}
