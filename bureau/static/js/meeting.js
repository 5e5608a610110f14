/* The joint meeting by keyboard: each button and link names its key; one stroke does what a click would. */
"use strict";

(() => {
  const typing = (place) => place.closest("input, textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) return;
    // The place of the key counts, not its letter: the meeting may type in Bulgarian or Arabic.
    const letter = event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : event.key.toLowerCase();
    const target = document.querySelector(`[data-key="${CSS.escape(letter)}"]`);
    if (!target) return;
    event.preventDefault();
    target.click();
  });
})();
