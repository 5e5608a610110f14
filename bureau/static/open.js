/* Says "now" where the page, which may be hours old, says only when. Nothing is lost without it. */
(function () {
  "use strict";
  function tell() {
    var now = Date.now() / 1000;
    document.querySelectorAll(".flow > li[data-from]").forEach(function (li) {
      var on = li.dataset.from <= now && now < li.dataset.to;
      li.classList.toggle("is-now", on);
      li.querySelector(".tag.now").hidden = !on;
    });
    var head = document.querySelector("[data-open]");
    if (!head) return;
    head.dataset.said = head.dataset.said || head.innerHTML;
    var stretch = head.dataset.open.split(";").map(function (part) { return part.split(","); })
      .filter(function (part) { return part[0] <= now && now < part[1]; })[0];
    if (stretch) head.textContent = head.dataset.now.replace("{time}", stretch[2]);
    else head.innerHTML = head.dataset.said;
  }
  tell();
  setInterval(tell, 30000);
}());
