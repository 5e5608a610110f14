/* What was tapped and is not with the server yet, kept on this device. Several pages may look after it at once: each
   change is one transaction, so that none undoes another's. What the device cannot keep stays in this page, and so do
   words that nobody has checked yet: these never go to the device. */
const NAME = "bureau-desk";
const WAITING = "waiting";
const here = new Map();
const others = "BroadcastChannel" in window ? new BroadcastChannel(NAME) : null;
let opened = null;
let full = false;

function open() {
  opened ??= new Promise((done, failed) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(WAITING, { keyPath: "key" });
    asked.onsuccess = () => {
      asked.result.onclose = () => { opened = null; };
      done(asked.result);
    };
    asked.onerror = () => failed(asked.error);
  }).catch((error) => {
    opened = null;
    throw error;
  });
  return opened;
}

async function within(mode, work) {
  const database = await open();
  return new Promise((done, failed) => {
    const deed = database.transaction(WAITING, mode, { durability: "strict" });
    const asked = work(deed.objectStore(WAITING));
    deed.oncomplete = () => done(asked && asked.result);
    deed.onabort = () => failed(deed.error);
  });
}

/* Keep a piece, in the place of another one if that is named; `note` are words that stay in this page. */
export async function keep(piece, { instead, note } = {}) {
  here.delete(instead);
  if (note) here.set(piece.key, { ...piece, note });
  try {
    await within("readwrite", (store) => {
      if (instead) store.delete(instead);
      store.put(piece);
    });
  } catch { // there is no room, or no such thing as keeping in this browser
    here.set(piece.key, { ...piece, note });
    full = true;
  }
  others?.postMessage("changed");
}

/* Everything that waits, the oldest first. */
export async function all() {
  const stored = await within("readonly", (store) => store.getAll()).catch(() => []);
  const pieces = new Map([...stored, ...here.values()].map((one) => [one.key, one]));
  return [...pieces.values()].sort((one, other) => one.at - other.at);
}

export async function drop(keys) {
  keys.forEach((key) => here.delete(key));
  try {
    await within("readwrite", (store) => { keys.forEach((key) => store.delete(key)); });
  } catch (error) {
    if (!full) throw error; // else it was in this page alone
  }
  full = full && here.size > 0;
  others?.postMessage("changed");
}

/* Whether something waits in this page alone, which must not be closed. */
export const isFull = () => full;

/* Call when another page has changed what waits. */
export const onChange = (call) => others?.addEventListener("message", call);
