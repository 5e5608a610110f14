/* A button that copies a field: <button data-copies="ID OF THE FIELD" data-done="WORDS FOR WHEN IT IS DONE" hidden>.
   Without this script the field itself can be selected and copied. */
"use strict";

(() => {
  for (const button of document.querySelectorAll("button[data-copies]")) {
    const field = document.getElementById(button.dataset.copies);
    if (!field) continue;
    button.hidden = false;
    button.setAttribute("aria-live", "polite");
    const words = button.textContent;
    button.addEventListener("click", async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
      } catch {
        document.execCommand("copy"); // where the page is not served over HTTPS there is no clipboard
      }
      button.textContent = button.dataset.done;
      setTimeout(() => { button.textContent = words; }, 4000);
    });
  }
})();
