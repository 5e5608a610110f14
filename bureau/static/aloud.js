/* Reads the answer of the page aloud where the device itself has a voice for its language; a voice that lives at a
   stranger's is never asked. */
(function () {
  "use strict";
  var button = document.querySelector("button[data-aloud]"), speech = window.speechSynthesis;
  if (!button || !speech) return;
  var start = button.querySelector("span"), label = start.textContent;
  var READ = "h1, h2, h3, dd, .when b, .small, .chip, .tag, p:not(.when):not(.small)";

  function voice(tag) {
    var wanted = tag.split("-")[0];
    return speech.getVoices().filter(function (one) {
      return one.localService && one.lang.toLowerCase().split(/[-_]/)[0] === wanted;
    })[0];
  }

  function offer() { button.hidden = !voice(document.documentElement.lang); }

  function shown(piece) { return piece.getClientRects().length && !piece.closest("nav, .share, [aria-hidden]"); }

  function pieces() {
    var every = [];
    document.querySelectorAll(button.dataset.aloud).forEach(function (part) {
      every.push.apply(every, part.querySelectorAll(READ));
    });
    return every.filter(function (piece) {
      return shown(piece) && !every.some(function (other) { return other !== piece && other.contains(piece); });
    }).slice(0, 60);
  }

  function rest() { start.textContent = label; button.setAttribute("aria-pressed", "false"); }

  button.addEventListener("click", function () {
    var reading = button.getAttribute("aria-pressed") === "true", last;
    speech.cancel();
    rest();
    if (reading) return;
    pieces().forEach(function (piece) {
      var tag = piece.closest("[lang]").lang, speaker = voice(tag);
      if (!speaker) return;
      last = new SpeechSynthesisUtterance(piece.textContent.replace(/\s+/g, " ").trim());
      last.voice = speaker;
      last.lang = speaker.lang;
      speech.speak(last);
    });
    if (!last) return;
    last.onend = rest;
    start.textContent = button.dataset.stop;
    button.setAttribute("aria-pressed", "true");
  });
  if (speech.addEventListener) speech.addEventListener("voiceschanged", offer);
  window.addEventListener("pagehide", function () { speech.cancel(); });
  offer();
}());
