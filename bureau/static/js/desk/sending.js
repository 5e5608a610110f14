/* Sends what waits, until the server has answered for each piece. A piece carries an id that was made here, so that
   sending it again counts nothing twice; and nothing is let go before its answer has come. */
import * as kept from "./kept.js";

const MOST = 100;
const AGAIN = 15000;
const PATIENCE = 20000;

/* Why things still wait: `away` (no network, or a server in trouble), `out` (nobody is signed in), `other` (somebody else). */
class Waits extends Error {}

const isJson = (answer) => (answer.headers.get("Content-Type") || "").includes("json");
const alone = (work) => (navigator.locks ? navigator.locks.request("bureau-desk", work) : work());
const ask = (address, more) => fetch(address, { signal: AbortSignal.timeout?.(PATIENCE), ...more });
const bare = ({ at, to, whose, shown, ...said }) => said;

/* `desk` says whose page this is, `took` is told the answers, `tell` why things wait, if they do. */
export function sender(desk, { took, tell }) {
  let token = desk.token;
  let running = null;
  let wanted = false;
  let timer = 0;

  function post(to, pieces) {
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
    const body = JSON.stringify({ whose: desk.whose, entries: pieces.map(bare) });
    return ask(to, { method: "POST", headers, body, keepalive: true });
  }

  /* This page may be older than the sign-in: then its forms' token is, too. */
  async function renew() {
    const answer = await ask(desk.who);
    if (answer.redirected) throw new Waits("out");
    if (!answer.ok || !isJson(answer)) throw new Waits("away");
    const now = await answer.json();
    if (now.whose !== desk.whose) throw new Waits("other");
    token = now.token;
    document.querySelectorAll("[name=csrf_token]").forEach((one) => { one.value = token; });
  }

  async function answersTo(to, pieces) {
    let answer = await post(to, pieces);
    if (answer.status === 400) {
      await renew();
      answer = await post(to, pieces);
    }
    if (answer.redirected) throw new Waits("out");
    if (answer.status === 409) throw new Waits("other");
    if (!answer.ok || !isJson(answer)) throw new Waits("away");
    return answer.json();
  }

  async function next() {
    const mine = (await kept.all()).filter((one) => one.whose === desk.whose && !one.refused);
    return mine.filter((one) => one.to === mine[0].to).slice(0, MOST);
  }

  async function attempt() {
    for (let pieces = await next(); pieces.length; pieces = await next()) {
      const answers = await answersTo(pieces[0].to, pieces);
      const done = pieces.filter((one) => answers[one.key]);
      if (!done.length) throw new Waits("away");
      await took(done.map((piece) => ({ piece, answer: answers[piece.key] })));
    }
    return "";
  }

  /* What is tapped while one is under way is sent by that one, or by another right after it. */
  async function run() {
    let why = "";
    while (wanted) {
      wanted = false;
      why = await alone(attempt).catch((error) => (error instanceof Waits ? error.message : "away"));
    }
    running = null;
    if (why) timer = setTimeout(send, AGAIN);
    tell(why);
  }

  function send() {
    clearTimeout(timer);
    wanted = true;
    running ??= run();
    return running;
  }

  window.addEventListener("online", send);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
  return send;
}
