/* Sends the words of the page by what the phone offers for it, or copies them. Without it the links beside do. */
(function () {
  "use strict";
  document.querySelectorAll("details.share").forEach(function (box) {
    var words = box.querySelector(".words").textContent.trim(), copy = box.querySelector("button");
    if (navigator.share) {
      box.querySelector("summary").addEventListener("click", function (event) {
        event.preventDefault();
        navigator.share({ text: words }).catch(function (error) {
          if (error.name !== "AbortError") box.open = true;
        });
      });
    }
    if (navigator.clipboard) {
      copy.hidden = false;
      copy.addEventListener("click", function () {
        navigator.clipboard.writeText(words).then(function () { copy.textContent = copy.dataset.done; });
      });
    }
  });
}());
