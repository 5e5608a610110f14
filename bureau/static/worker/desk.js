/* Minds the desk's pages of one bureau, those below its own address and no others: keeps them for one person, and shows
   them when there is no network. What is sent is none of its business. */
"use strict";
const HERE = new URL(registration.scope).pathname;
const STATIC = HERE.slice(0, HERE.indexOf("/desk/")) + "/static/";
const KEPT = "bureau-desk:";
const PATIENCE = 4000; // milliseconds that the network has before a kept page is shown
const QUIET = 30000; // for so long after that, what a page is made of is not asked for either
const FRESH = 15 * 60000; // what was kept since then is not fetched again
const OLDEST = 7 * 24 * 3600000;
let without = 0;

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => event.waitUntil(keep(event.data)));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request, pathname, search));
  else if (pathname.startsWith(STATIC)) event.respondWith(part(request, pathname));
});

/* One cache for each person and bureau; there is at most one person's. */
async function mine() {
  const name = (await caches.keys()).find((one) => one.startsWith(KEPT) && one.endsWith(`:${HERE}`));
  return name && caches.open(name);
}

const age = (kept) => Date.now() - Number(kept.headers.get("X-Kept"));

async function page(request, path, search) {
  const asked = fetch(request);
  asked.catch(() => undefined); // it may fail when nobody waits for it any more
  const cache = await mine();
  const kept = cache && ((await cache.match(path + search)) || (await cache.match(path)));
  if (!kept || age(kept) > OLDEST) return asked.catch((error) => home(cache, path, error));
  const late = new Promise((done) => setTimeout(done, PATIENCE));
  const answer = await Promise.race([asked.catch(() => undefined), late]);
  if (answer && answer.status < 500) return answer;
  without = Date.now();
  return aged(kept);
}

/* A page that was never kept: to the list of today. */
async function home(cache, path, error) {
  if (path === HERE || !cache || !(await cache.match(HERE))) throw error;
  return Response.redirect(HERE, 302);
}

/* The kept page tells its own script when it was kept. */
async function aged(kept) {
  const html = await kept.text();
  return new Response(html.replace("<html ", `<html data-kept="${kept.headers.get("X-Kept")}" `), { headers: kept.headers });
}

/* The address of a part stays when its content changes: the network's is newer. */
async function part(request, path) {
  const cache = await mine();
  const kept = cache && (await cache.match(path));
  if (kept && Date.now() - without < QUIET) return kept;
  try {
    const answer = await fetch(request);
    if (kept && answer.ok) await cache.put(path, answer.clone());
    return answer;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

/* What a page asks to be kept for its person; what another person's page asked for goes. */
async function keep({ whose, pages, parts }) {
  const own = `${KEPT}${whose}:`;
  const names = (await caches.keys()).filter((one) => one.startsWith(KEPT));
  await Promise.all(names.filter((one) => !one.startsWith(own)).map((one) => caches.delete(one)));
  const cache = await caches.open(own + HERE);
  await Promise.all(parts.map(async (path) => (await cache.match(path)) || cache.add(path)));
  for (const path of pages) if (!(await store(cache, path))) return caches.delete(own + HERE); // somebody signed out
  return forget(cache);
}

/* Sheets of days gone by. */
async function forget(cache) {
  for (const request of await cache.keys()) {
    const kept = await cache.match(request);
    if (kept.headers.has("X-Kept") && age(kept) > 24 * 3600000) await cache.delete(request);
  }
}

/* False where the server leads on to signing in. What is kept holds no notes: it says so to the server. */
async function store(cache, path) {
  const kept = await cache.match(path);
  if (kept && age(kept) < FRESH) return true;
  const answer = await fetch(path === HERE ? `${path}?all=1` : path, { headers: { "X-Keep": "yes" } });
  if (answer.redirected) return false;
  if (answer.ok && (answer.headers.get("Content-Type") || "").startsWith("text/html")) {
    const headers = new Headers(answer.headers);
    headers.set("X-Kept", Date.now());
    ["Content-Encoding", "Content-Length"].forEach((name) => headers.delete(name));
    await cache.put(path, new Response(await answer.blob(), { headers }));
  }
  return true;
}
