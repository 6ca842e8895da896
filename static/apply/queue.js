// Finished applications on their way: frozen here, gone from here only for a receipt that fits.
import { keep, unseal } from "./sealed.js";
import { pack } from "./slip.js";
import { change, read } from "./store.js";

const FIRST_WAIT = 5000;
const LONGEST_WAIT = 900_000;
const PATIENCE = 90_000;

let wait = FIRST_WAIT;
let notBefore = 0;
let timer;

export const freeze = (open, secret) => keep("add", "queue", { ...open, state: "waiting" }, secret, "drafts");

// Only what is still here: meanwhile it may have been put aside.
const put = (record) =>
  change(["queue"], (queue) => {
    queue.getKey(record.id).onsuccess = ({ target }) => target.result && queue.put(record, record.id);
  });

// What came back, from whomever; status 0 when nothing came in time, nothing when there was no line.
async function post({ page, text }, headers) {
  const stop = new AbortController();
  const clock = setTimeout(() => stop.abort(), PATIENCE);
  const body = new Blob([await pack(text)]);
  const options = { method: "POST", body, headers, credentials: "omit", referrerPolicy: "no-referrer", signal: stop.signal };
  try {
    const answer = await fetch(`${page}/submissions`, options);
    const said = await answer.json().catch(() => ({}));
    return { said, status: answer.status, later: answer.headers.get("Retry-After") };
  } catch {
    return stop.signal.aborted && { said: {}, status: 0 };
  } finally {
    clearTimeout(clock);
  }
}

// On disk as sent before the first byte leaves; only without a line it is here alone again.
async function offer(record) {
  await put({ ...record, state: "sent" });
  const whole = await unseal(record);
  const answer = await post(whole);
  if (!answer) return put(record);
  const { outcome, pause } = await (await import("./receipt.one.js")).judge(whole, answer, post);
  if (pause) notBefore = performance.now() + pause;
  return outcome;
}

async function pass(say) {
  let left = false;
  for (const record of await read("queue")) {
    if (record.state === "refused") continue;
    const outcome = performance.now() > notBefore && (await offer(record).catch(() => {}));
    left ||= !outcome;
    say(record.id, outcome);
  }
  return left;
}

// One tab sends at a time. Whether there is a line only the answer tells; until then it waits longer and longer.
export async function drain(say) {
  clearTimeout(timer);
  const left = await (navigator.locks?.request("tsheg-queue", () => pass(say)) ?? pass(say));
  wait = left ? Math.min(wait * 2, LONGEST_WAIT) : FIRST_WAIT;
  if (left) timer = setTimeout(drain, Math.max(wait, notBefore - performance.now()) * (1 + Math.random() / 4), say);
}

export function keepSending(say) {
  const again = () => document.hidden || drain(say);
  addEventListener("online", again);
  addEventListener("visibilitychange", again);
  again();
}
