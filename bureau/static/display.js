/* Turns the screen of the waiting room through the languages: who is here now, who comes next, what is cancelled.
   It asks for news every half minute, and goes on by the clock with what it has when nobody answers. */
(function () {
  "use strict";
  var POLL = 30000, TURN = 9000, HOLD = 60000, LATE = 90000;
  var body = document.body, main = document.getElementById("main"), turns = document.getElementById("turns");
  var address = body.dataset.from, data = null, heard = 0, at = { language: 0, offset: 0 }, heldUntil = 0;

  recall();
  ask();
  setInterval(ask, POLL);
  setInterval(clock, 1000);
  setInterval(function () { if (Date.now() > heldUntil) turn(); }, TURN);
  if ("serviceWorker" in navigator) window.addEventListener("load", keepPage);

  function ask() {
    fetch(address, { cache: "no-cache" }).then(function (answer) {
      if (!answer.ok) throw new Error(answer.status);
      return answer.json();
    }).then(function (news) {
      if (news.page !== body.dataset.page && performance.now() > LATE) return location.reload(); // the program is newer
      var changed = JSON.stringify(news) !== JSON.stringify(data);
      data = news;
      heard = Date.now();
      remember();
      if (changed) draw();
      clock();
    }).catch(clock); // nobody answers: the clock says since when
  }

  function remember() {
    try { localStorage.setItem(address, JSON.stringify({ heard: heard, data: data })); } catch (full) { heard = heard || 0; }
  }

  function recall() {
    var kept = null;
    try { kept = JSON.parse(localStorage.getItem(address)); } catch (closed) { kept = null; }
    if (!kept || kept.data.page !== body.dataset.page) return;
    data = kept.data;
    heard = kept.heard;
    draw();
    clock();
  }

  /* So that the page itself is there when the screen is switched on without a connection. */
  function keepPage() {
    navigator.serviceWorker.register("/sw.js", { scope: location.pathname }).then(function (registration) {
      var parts = performance.getEntriesByType("resource").map(function (one) { return new URL(one.name).pathname; })
        .filter(function (path) { return path.indexOf("/static/look-") === 0; });
      var worker = registration.active || registration.waiting || registration.installing;
      worker.postMessage({ pages: [location.pathname], parts: parts });
    });
  }

  function now() { return Date.now() / 1000; }

  function wall(instant) {
    var style = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: data.timezone };
    return new Intl.DateTimeFormat("en-GB", style).format(instant);
  }

  function today() { // the day whose beginning is the last that has passed
    return Object.keys(data.days).filter(function (day) { return data.days[day].starts <= now(); }).pop() || Object.keys(data.days)[0];
  }

  function clock() {
    if (!data) return;
    document.getElementById("clock").textContent = wall(Date.now());
    var old = document.getElementById("old"), late = Date.now() - heard > LATE;
    old.hidden = !late;
    if (late) old.textContent = language().words.old.replace("{time}", wall(heard));
  }

  function language() { return data.languages[at.language % data.languages.length]; }

  function turn() {
    if (!data) return;
    if (at.next) at.offset = at.next; else at = { language: (at.language + 1) % data.languages.length, offset: 0 };
    draw();
  }

  function named(day) {
    var spoken = language(), days = Object.keys(data.days);
    if (day === today()) return spoken.words.today;
    return days.indexOf(day) === days.indexOf(today()) + 1 ? spoken.words.tomorrow : data.days[day].name[spoken.tag];
  }

  function taking(one) { return one.change !== "cancelled"; }

  function draw() {
    var spoken = language(), seconds = now(), words = spoken.words;
    var here = data.sessions.filter(function (one) { return taking(one) && one.from <= seconds && seconds < one.to; });
    var coming = data.sessions.filter(function (one) { return taking(one) && one.from > seconds; });
    var first = coming[0] && coming.filter(function (one) { return one.from === coming[0].from; });
    var shown = here.length ? here : first || [];
    body.classList.add("drawn");
    document.documentElement.lang = spoken.tag;
    document.documentElement.dir = spoken.dir;
    document.getElementById("bureau").textContent = spoken.bureau;
    door(spoken, seconds);
    main.textContent = "";
    news(spoken, seconds).forEach(function (line) { main.appendChild(line); });
    var title = here.length ? words.now : first ? words.next + ": " + named(first[0].day) : words.nothing;
    var heading = put(main, "h2", "", title);
    if (!here.length && first) put(put(heading, "span", "", " "), "bdi", "num", first[0].hours);
    fill(put(main, "ul", "screen-list"), shown);
    var later = here.length && first ? first : [];
    var line = document.getElementById("later");
    line.textContent = "";
    if (later.length) {
      put(line, "b", "", words.next + ": " + (later[0].day === today() ? "" : named(later[0].day) + " "));
      put(line, "bdi", "num", later[0].hours);
      line.appendChild(document.createTextNode(" " + names(unique(later)).join(" · ")));
    }
    choose();
  }

  function unique(sessions) {
    var codes = [];
    sessions.forEach(function (one) { one.services.forEach(function (code) { if (codes.indexOf(code) < 0) codes.push(code); }); });
    return codes;
  }

  function names(codes) { return codes.map(function (code) { return data.services[code][language().tag]; }); }

  /* As many as there is room for; the rest when the screen turns next. */
  function fill(list, sessions) {
    var index = at.offset < sessions.length ? at.offset : 0, drawn = 0;
    while (index + drawn < sessions.length) {
      var item = card(sessions[index + drawn]);
      list.appendChild(item);
      if (drawn && list.scrollHeight > list.clientHeight + 1) { item.remove(); break; }
      drawn += 1;
    }
    at.next = index + drawn < sessions.length ? index + drawn : 0;
  }

  function card(one) {
    var item = document.createElement("li");
    put(item, "p", "screen-where", data.rooms[one.room][language().tag]);
    var what = put(item, "p", "screen-what"), icon = data.icons[one.services[0]];
    if (icon) what.appendChild(symbol(icon));
    what.appendChild(document.createTextNode(" " + names(one.services).join("\u00a0· ")));
    var chips = put(item, "p", "chips");
    one.languages.forEach(function (tag) {
      var chip = put(chips, "span", "chip" + (tag === language().tag ? " yours" : ""), data.spoken[tag][0]);
      chip.lang = tag;
      chip.dir = data.spoken[tag][1];
    });
    return item;
  }

  /* What people who wait must know: cancelled and moved sessions of today whose time is not over. */
  function news(spoken, seconds) {
    var day = today();
    return data.sessions.filter(function (one) {
      return (one.was || one.change === "cancelled") && known(one).day === day && known(one).to > seconds;
    }).map(function (one) {
      var line = document.createElement("p"), what = names(one.services).join("\u00a0· ");
      line.className = "screen-news";
      put(line, "b", "", one.was ? one.was.moved[spoken.tag] : spoken.words.cancelled);
      line.appendChild(document.createTextNode(" "));
      put(line, "bdi", "num", known(one).hours);
      line.appendChild(document.createTextNode(" " + what));
      return line;
    });
  }

  function known(one) { return one.was || one; } // at the time for which people know it

  function door(spoken, seconds) {
    var line = document.getElementById("door"), stretches = [];
    Object.keys(data.days).forEach(function (day) {
      data.days[day].open.forEach(function (one) { if (one[1] > seconds) stretches.push([day].concat(one)); });
    });
    line.textContent = "";
    var next = stretches[0];
    if (next && next[1] <= seconds) {
      line.textContent = spoken.words.until.replace("{time}", next[4]);
    } else {
      put(line, "b", "", spoken.words.closed);
      if (next) {
        line.appendChild(document.createTextNode(" · " + spoken.words.again + ": " + named(next[0]) + " "));
        put(line, "bdi", "num", next[3]);
      }
    }
  }

  /* Whoever touches a language keeps it for a minute. */
  function choose() {
    turns.textContent = "";
    data.languages.forEach(function (one, index) {
      var button = put(turns, "button", "", one.name);
      button.type = "button";
      button.lang = one.tag;
      button.setAttribute("aria-pressed", String(index === at.language));
      button.addEventListener("click", function () {
        heldUntil = Date.now() + HOLD;
        at = { language: index, offset: 0 };
        draw();
      });
    });
  }

  function put(parent, name, style, words) {
    var element = document.createElement(name);
    if (style) element.className = style;
    if (words) element.textContent = words;
    return parent.appendChild(element);
  }

  function symbol(name) {
    var space = "http://www.w3.org/2000/svg", svg = document.createElementNS(space, "svg"), use = document.createElementNS(space, "use");
    svg.setAttribute("class", "icon");
    svg.setAttribute("aria-hidden", "true");
    use.setAttribute("href", body.dataset.sprite + "#i-" + name);
    svg.appendChild(use);
    return svg;
  }
}());
