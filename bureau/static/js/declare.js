/* The month grid of "declare": each list of choices becomes a field to paint, by click, drag or keyboard.
   Without this script the lists themselves are used; with it they stay, hidden, and carry the answer. */
"use strict";

(() => {
  const box = document.getElementById("brush");
  if (!box) return;
  const brushes = [...box.querySelectorAll("input[name=brush]")];
  const level = (value) => brushes.find((one) => one.value === value) || brushes[brushes.length - 1];
  const chosen = () => brushes.find((one) => one.checked) || brushes[0];
  const SVG = "http://www.w3.org/2000/svg";
  let painting = false;

  const words = (brush) => brush.closest("label").querySelector("span").textContent;

  function show(button, select) {
    const brush = level(select.value);
    button.className = `slot ${brush.dataset.look}`;
    button.querySelector("use").setAttribute("href", brush.dataset.icon);
    button.lastElementChild.textContent = `${select.getAttribute("aria-label")}: ${words(brush)}`;
  }

  function paint(button, brush) {
    const select = button.previousElementSibling;
    if (select.value === brush.value) return;
    select.value = brush.value;
    show(button, select);
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /* Short for the eye, in full for the ear. */
  function seenAndHeard(kind, look, short, full) {
    const seen = document.createElement(kind);
    seen.className = look;
    seen.textContent = short;
    seen.setAttribute("aria-hidden", "true");
    const heard = document.createElement("span");
    heard.className = "vh";
    heard.textContent = full;
    return [seen, heard];
  }

  function field(select) {
    const button = document.createElement("button");
    button.type = "button";
    const icon = document.createElementNS(SVG, "svg");
    icon.setAttribute("class", "icon");
    icon.setAttribute("aria-hidden", "true");
    icon.append(document.createElementNS(SVG, "use"));
    button.append(icon, ...seenAndHeard("bdi", "t num", select.dataset.hours, ""));
    select.hidden = true;
    const label = select.parentElement;
    label.replaceWith(select, button); // a label may hold one control only
    button.tabIndex = -1;
    select.addEventListener("shown", () => show(button, select));
    show(button, select);
  }

  const fields = (table) => [...table.querySelectorAll("button.slot")];
  const column = (button) => button.closest("td").cellIndex;

  function neighbour(button, key) {
    const all = fields(button.closest("table"));
    const row = [...button.closest("tr").querySelectorAll("button.slot")];
    if (key === "Home") return row[0];
    if (key === "End") return row[row.length - 1];
    const away = { ArrowUp: -1, ArrowDown: 1 }[key];
    if (away) {
      const same = all.filter((one) => column(one) === column(button));
      return same[same.indexOf(button) + away];
    }
    const forward = (key === "ArrowRight") === (document.dir !== "rtl");
    const siblings = [...button.closest("td").querySelectorAll("button.slot")];
    const place = siblings.indexOf(button);
    let cell = button.closest("td");
    do cell = forward ? cell.nextElementSibling : cell.previousElementSibling;
    while (cell && !cell.querySelector("button.slot"));
    const there = cell ? cell.querySelectorAll("button.slot") : [];
    return there[Math.min(place, there.length - 1)];
  }

  function typed(event) {
    const button = event.target.closest("button.slot");
    if (!button) return;
    const number = "1234".indexOf(event.key);
    if (number >= 0 && event.key.length === 1) paint(button, brushes[number]);
    else if (event.key.startsWith("Arrow") || event.key === "Home" || event.key === "End") {
      const next = neighbour(button, event.key);
      if (next) next.focus();
      event.preventDefault();
    }
  }

  function weekdays(table) {
    table.querySelectorAll("thead .weekday").forEach((name) => {
      const whole = document.createElement("button");
      whole.type = "button";
      whole.className = "btn quiet tiny";
      whole.append(...seenAndHeard("span", "", name.textContent, name.title));
      whole.addEventListener("click", () => {
        const place = whole.closest("th").cellIndex;
        fields(table).filter((one) => column(one) === place).forEach((one) => paint(one, chosen()));
      });
      name.replaceWith(whole);
    });
  }

  /* One stop of the Tab key for the whole month: where it was left. */
  function oneStop(table) {
    const all = fields(table);
    if (all.length) all[0].tabIndex = 0;
    table.addEventListener("focusin", (event) => {
      if (!event.target.matches("button.slot")) return;
      fields(table).forEach((one) => { one.tabIndex = one === event.target ? 0 : -1; });
    });
  }

  document.querySelectorAll("table[data-paint]").forEach((table) => {
    table.querySelectorAll("select").forEach(field);
    table.classList.add("painted");
    table.setAttribute("role", "grid");
    oneStop(table);
    weekdays(table);
    table.addEventListener("keydown", typed);
    table.addEventListener("pointerdown", (event) => {
      const button = event.target.closest("button.slot");
      if (!button || event.pointerType === "touch") return;
      painting = true;
      paint(button, chosen());
    });
    table.addEventListener("pointerover", (event) => {
      const button = event.target.closest("button.slot");
      if (painting && button) paint(button, chosen());
    });
    table.addEventListener("click", (event) => {
      const button = event.target.closest("button.slot");
      if (button) paint(button, chosen());
    });
  });
  window.addEventListener("pointerup", () => { painting = false; });
  box.hidden = false;
  document.getElementById("brush-hint").hidden = false;
})();
