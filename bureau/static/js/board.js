/* The board by keyboard: arrows move from seat to seat, as in a grid. */
"use strict";

(() => {
  const table = document.querySelector("table[data-keys]");
  if (!table) return;
  const rows = () => [...table.querySelectorAll("tr")].filter((row) => row.querySelector("td"));
  const seats = (row) => [...row.querySelectorAll("td")];

  function go(rowIndex, columnIndex, down, along) {
    const all = rows();
    let row = rowIndex + down;
    let column = columnIndex + along;
    while (row >= 0 && row < all.length && column >= 0 && column < seats(all[row]).length) {
      const link = seats(all[row])[column].querySelector("a");
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
})();
