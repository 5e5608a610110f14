/* A button that prints, shown where a script can; without it, the browser's own menu does. */
"use strict";

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
