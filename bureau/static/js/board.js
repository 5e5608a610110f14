/* The board: arrows move from seat to seat, and a session dragged onto an open slot asks what that would change. */
"use strict";

(() => {
  const table = document.querySelector("table[data-keys]");
  if (!table) return;

  /* By keyboard, as in a grid. */
  const rows = () => [...table.querySelectorAll("tr")].filter((row) => row.querySelector("td"));
  const seats = (row) => [...row.querySelectorAll("td")];

  function go(rowIndex, columnIndex, down, along) {
    const all = rows();
    let row = rowIndex + down;
    let column = columnIndex + along;
    while (row >= 0 && row < all.length && column >= 0 && column < seats(all[row]).length) {
      const link = seats(all[row])[column].querySelector("a.seat");
      if (link) return link;
      row += down;
      column += along;
    }
    return null;
  }

  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td");
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (!cell || !step) return;
    const along = document.dir === "rtl" ? -step[1] : step[1];
    const row = cell.parentElement;
    const next = go(rows().indexOf(row), seats(row).indexOf(cell), step[0], along);
    if (next) {
      next.focus();
      event.preventDefault();
    }
  });

  /* By hand. The server says what would change; nothing moves before its form is sent. */
  const dialog = document.getElementById("moving");
  if (!dialog || !window.Sortable) return;

  async function look(seat, slot) {
    const address = new URL(seat.dataset.move, location.href);
    address.searchParams.set("to", slot);
    seat.setAttribute("aria-busy", "true");
    const answer = await fetch(address, { headers: { "HX-Request": "true" } });
    seat.removeAttribute("aria-busy");
    if (!answer.ok || answer.redirected) {
      location.assign(address);
      return;
    }
    dialog.innerHTML = await answer.text();
    dialog.showModal();
  }

  dialog.addEventListener("click", (event) => {
    if (!event.target.closest("[data-stay]")) return;
    event.preventDefault();
    dialog.close();
  });

  const openSeat = (cell) => cell.querySelector(":scope > .seat[data-slot]");
  const group = { name: "seats", put: (to) => Boolean(openSeat(to.el)) };

  /* Cells come and go with what others book, so each is made ready when somebody reaches for a session. */
  function ready(cell) {
    if (window.Sortable.get(cell)) return;
    window.Sortable.create(cell, {
      group,
      draggable: ".seat[data-move]",
      sort: false,
      animation: 0,
      delay: 250,
      delayOnTouchOnly: true,
      ghostClass: "in-hand",
      onStart: () => table.classList.add("moving"),
      onEnd: (event) => {
        table.classList.remove("moving");
        const target = event.to === event.from ? null : openSeat(event.to);
        event.from.append(event.item);
        if (target) look(event.item, target.dataset.slot);
      },
    });
  }

  table.addEventListener(
    "pointerdown",
    (event) => {
      const seat = event.target.closest(".seat[data-move]");
      if (!seat || event.button) return;
      ready(seat.parentElement);
      table.querySelectorAll(".seat[data-slot]").forEach((open) => ready(open.parentElement));
    },
    true,
  );
})();
