/* Says "now" where the page, which may be hours old, says only when, and leaves out what is over while more is to come.
   Nothing is lost without it. */
(function () {
  "use strict";
  function tell() {
    var now = Date.now() / 1000;
    document.querySelectorAll("[data-from]").forEach(function (part) {
      var on = part.dataset.from <= now && now < part.dataset.to;
      var mark = part.querySelector(".tag.now");
      part.classList.toggle("is-now", on);
      (mark || part).hidden = !on;
      if (mark) part.hidden = now >= part.dataset.to && now < part.parentNode.lastElementChild.dataset.to;
    });
    document.querySelectorAll("[data-else]").forEach(function (part) {
      part.hidden = part.parentNode.querySelector(":scope > .is-now") !== null;
    });
  }
  tell();
  setInterval(tell, 30000);
}());
