/* Lies at the root of the public site. Keeps the pages that were read and shows them when there is no connection.
   It minds the public pages of one language (see keep.js), never the pages of staff. */
"use strict";
const KEPT = "bureau";
const MOST = 40; // pages; each is some ten kilobytes
const PATIENCE = 4000; // milliseconds that the network has before a kept page is shown
const FRESH = 3600000; // milliseconds in which what nobody asked for is not fetched again

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => event.waitUntil(keep(event.data)));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(event, pathname));
  else if (pathname.startsWith("/static/look-")) event.respondWith(part(request, pathname));
});

async function page(event, path) {
  const cache = await caches.open(KEPT);
  const kept = await cache.match(path);
  const asked = fetch(event.request, { cache: "no-cache" }).then(async (answer) => {
    await store(cache, path, answer.clone());
    return answer;
  });
  event.waitUntil(asked.catch(() => undefined)); // a late answer is kept all the same
  if (!kept) return asked.catch((error) => home(cache, path, error));
  const late = new Promise((done) => setTimeout(done, PATIENCE));
  const answer = await Promise.race([asked.catch(() => undefined), late]);
  return answer && answer.status < 500 ? answer : aged(kept);
}

/* A page that was never read: to the bureau's home, if that is kept. */
async function home(cache, path, error) {
  const front = path.split("/").slice(0, 3).join("/") + "/";
  if (front === path || !(await cache.match(front))) throw error;
  return Response.redirect(front, 302);
}

/* The kept page tells its own script when it was kept. */
async function aged(kept) {
  const html = await kept.text();
  const when = kept.headers.get("X-Kept");
  return new Response(html.replace("<html ", `<html data-kept="${when}" `), { headers: kept.headers });
}

async function store(cache, path, answer) {
  if (answer.status !== 200 || !(answer.headers.get("Content-Type") || "").startsWith("text/html")) return;
  const headers = new Headers(answer.headers);
  headers.set("X-Kept", Date.now());
  headers.delete("Content-Encoding");
  await cache.put(path, new Response(await answer.blob(), { headers }));
  const pages = (await cache.keys()).filter((one) => !new URL(one.url).pathname.startsWith("/static/"));
  await Promise.all(pages.slice(0, -MOST).map((one) => cache.delete(one)));
}

/* The address of a part changes with its content; a page that is older than the look takes the part as it is now. */
async function part(request, path) {
  const cache = await caches.open(KEPT);
  const kept = await cache.match(path);
  if (kept) return kept;
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(path, answer.clone());
    return answer;
  } catch (error) {
    const name = path.split("/").slice(3).join("/");
    const other = (await cache.keys()).find((one) => one.url.endsWith("/" + name));
    if (!other) throw error;
    return cache.match(other);
  }
}

/* What a page asks to be kept: itself and its parts, and pages that its reader will want. */
async function keep({ pages, parts }) {
  const cache = await caches.open(KEPT);
  const look = parts[0] ? parts[0].split("/")[2] : "look-";
  await Promise.all(parts.map(async (path) => (await cache.match(path)) || cache.add(path)));
  const old = (await cache.keys()).filter((one) => one.url.includes("/static/look-") && !one.url.includes(look));
  await Promise.all(old.map((one) => cache.delete(one)));
  for (const path of pages) {
    const kept = await cache.match(path);
    if (!kept || Date.now() - kept.headers.get("X-Kept") > FRESH) await store(cache, path, await fetch(path));
  }
}
