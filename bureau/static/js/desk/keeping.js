/* Has the desk's pages kept on this device for when there is no network, and says on a kept page how old it is. */
const KEPT = "bureau-desk:";
const STYLE = { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

export async function forget() {
  const names = "caches" in window ? await caches.keys() : [];
  await Promise.all(names.filter((name) => name.startsWith(KEPT)).map((name) => caches.delete(name)));
}

/* What this page was made of, and what the others need besides. */
function parts(more) {
  const loaded = performance.getEntriesByType("resource").map((one) => new URL(one.name));
  const ours = loaded.filter((one) => one.origin === location.origin && one.pathname.includes("/static/"));
  return [...new Set([...ours.map((one) => one.pathname), ...more.split(" ")])];
}

async function ask(desk) {
  await navigator.serviceWorker.register(desk.worker);
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage({ whose: desk.whose, pages: desk.keep.split(" "), parts: parts(desk.parts) });
}

function tell(banner, then) {
  const words = banner.querySelector("[data-words]");
  words.textContent = words.dataset.words.replace("{time}", new Date(then).toLocaleString(banner.dataset.locale, STYLE));
  banner.hidden = false;
}

export function keeping(desk) {
  const then = Number(document.documentElement.dataset.kept);
  if (then) tell(document.getElementById("aged"), then);
  else if ("serviceWorker" in navigator) {
    if (document.readyState === "complete") ask(desk); // when all that the page is made of has come
    else window.addEventListener("load", () => ask(desk));
  }
  const leave = document.querySelector("form[action$='/sign-out']");
  leave?.addEventListener("submit", forget);
  if (matchMedia("(display-mode: standalone)").matches) navigator.storage?.persist?.();
}
