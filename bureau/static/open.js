/* Says "now" where the page, which may be hours old, says only when. Nothing is lost without it. */
(function () {
  "use strict";
  function tell() {
    var now = Date.now() / 1000;
    document.querySelectorAll("[data-from]").forEach(function (part) {
      var on = part.dataset.from <= now && now < part.dataset.to;
      var mark = part.querySelector(".tag.now");
      part.classList.toggle("is-now", on);
      (mark || part).hidden = !on;
    });
    document.querySelectorAll("[data-else]").forEach(function (part) {
      part.hidden = part.parentNode.querySelector(":scope > .is-now") !== null;
    });
  }
  tell();
  setInterval(tell, 30000);
}());
