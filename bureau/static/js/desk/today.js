/* The list of today's sessions: sends what still waits, whoever's sheet it was tapped on. */
import { desk, showWaiting } from "./dock.js";
import * as kept from "./kept.js";
import { keeping } from "./keeping.js";
import { sender } from "./sending.js";
import { settled } from "./settling.js";

if (desk) {
  let why = "";
  const tell = (now) => { why = now; return showWaiting(why); };
  const send = sender(desk, { took: settled, tell });
  kept.onChange(() => showWaiting(why));
  window.addEventListener("offline", () => showWaiting(why));
  keeping(desk);
  send();
}
