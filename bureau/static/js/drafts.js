/* A button that puts a draft into its box at once: <button data-takes="ID OF THE BOX">, or "empty" for each draft whose
   box is empty. The draft of a box stands in the first paragraph of ID-draft. Without this script the button sends the
   form, and the page comes back with the draft in its box. */
"use strict";

(() => {
  const take = (box) => {
    const draft = document.getElementById(`${box.id}-draft`);
    box.value = draft.querySelector("p").textContent;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    draft.hidden = true;
    return box;
  };
  const emptyOnes = () => [...document.querySelectorAll(".draft")]
    .map((draft) => document.getElementById(draft.id.slice(0, -"-draft".length)))
    .filter((box) => !box.value.trim());

  for (const button of document.querySelectorAll("button[data-takes]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const which = button.dataset.takes;
      const taken = which === "empty" ? emptyOnes().map(take) : [take(document.getElementById(which))];
      if (taken.length) taken[0].focus();
    });
  }
})();
