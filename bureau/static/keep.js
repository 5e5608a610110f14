/* Has this page kept for when there is no connection, with the few pages that its reader will want; and says, on a
   page that was kept, how old it is. Nothing is lost without it. */
(function () {
  "use strict";
  var script = document.currentScript, html = document.documentElement, kept = Number(html.dataset.kept);
  if (kept) {
    tell(new Date(kept), new Date());
  } else if ("serviceWorker" in navigator) {
    navigator.serviceWorker.register("/sw.js", { scope: location.pathname.split("/", 2).join("/") + "/" });
    if (document.readyState === "complete") keep(); else window.addEventListener("load", keep);
  }

  function keep() {
    var thrifty = navigator.connection && navigator.connection.saveData;
    var wanted = thrifty ? [] : script.dataset.wanted.split(" ");
    var parts = performance.getEntriesByType("resource").map(function (one) { return new URL(one.name); })
      .filter(function (url) { return url.origin === location.origin && url.pathname.indexOf("/static/look-") === 0; })
      .map(function (url) { return url.pathname; });
    navigator.serviceWorker.ready.then(function (registration) {
      registration.active.postMessage({ pages: [location.pathname].concat(wanted), parts: parts });
    });
  }

  function tell(then, now) {
    var bar = document.getElementById("kept"), link = bar.querySelector("a"), words = bar.querySelector("span");
    var style = { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    var locale = html.lang.indexOf("-u-") > 0 ? html.lang : bar.dataset.locale; // with other digits, or another calendar
    words.textContent = words.dataset.words.replace("{time}", then.toLocaleString(locale, style));
    if (then.toDateString() !== now.toDateString()) html.classList.add("aged");
    if (link.pathname.indexOf("/" + now.toISOString().slice(0, 7) + "/") > 0) link.hash = "d" + now.getDate();
    bar.hidden = false;
  }
}());
