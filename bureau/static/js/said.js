/* What a page says as it opens is spoken too: a screen reader announces what changes in a page, not what is there already. */
"use strict";

(() => {
  const READY = 300; // milliseconds until a reader has seen that there is a place that speaks
  const SPOKEN = 10_000; // and until it has said all; then the sentence stands in the page once only

  const said = [...document.querySelectorAll(".flash[role]")].map((one) => one.innerText.trim()).filter(Boolean);
  if (!said.length) return;
  const voice = document.createElement("div");
  voice.className = "vh";
  voice.setAttribute("role", "status");
  document.getElementById("main").append(voice);
  setTimeout(() => voice.append(said.join("\n")), READY);
  setTimeout(() => voice.remove(), SPOKEN);
})();
