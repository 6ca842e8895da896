// What is on this phone, as cards: the moon says how far each has come, and one tap does what can be done with it.
import { DOING } from "./doing.js";
import { card } from "./cards.js";
import { drain, keepSending } from "./queue.js";
import { unseal } from "./sealed.js";
import { read } from "./store.js";
import { bringTibetan } from "./tibetan.js";

const main = document.querySelector("main");
const cards = document.getElementById("cards");

async function unsealed(name, state) {
  const records = await Promise.all((await read(name)).map((record) => unseal(record).catch(() => record)));
  return records.map((record) => ({ ...record, state: state ?? record.state }));
}

async function everything() {
  const kept = [unsealed("drafts", "draft"), unsealed("queue"), unsealed("aside", "aside"), unsealed("receipts", "received")];
  return (await Promise.all(kept)).flat().sort((one, other) => (one.id < other.id ? 1 : -1));
}

// A card stays as long as what it says, so that nothing moves under the finger; one that cannot be drawn hides no other.
function shown(record) {
  try {
    return [cards.querySelector(`[data-id="${record.id}"][data-state=${record.state}]`) ?? card(record)];
  } catch {
    return [];
  }
}

async function show() {
  const records = await everything();
  const now = records.flatMap(shown);
  if (now.length !== cards.children.length || now.some((one) => !one.isConnected)) cards.replaceChildren(...now);
  const unsent = records.some(({ state }) => state !== "received");
  const waiting = records.some(({ state }) => state === "waiting" || state === "sent");
  const parts = { nothing: !records.length, send: waiting, wipe: records.length, unsent };
  for (const [id, wanted] of Object.entries(parts)) document.getElementById(id).hidden = !wanted;
  const [persist] = await read("notes");
  if (persist) document.getElementById(persist.granted ? "stays" : "may-go").hidden = false;
}

async function tapped({ target }) {
  const button = target.closest("button");
  if (!button?.value || (button.dataset.confirm && !confirm(button.dataset.confirm))) return;
  button.disabled = true;
  await DOING[button.value](button.closest("[data-id]"), drain.bind(null, show));
  button.disabled = false;
  await show();
}

async function begin() {
  main.addEventListener("click", (event) => tapped(event).catch(unkept));
  if (globalThis.BroadcastChannel) new BroadcastChannel("tsheg").addEventListener("message", show);
  keepSending(show);
  await show();
}

function unkept() {
  document.getElementById("unkept").hidden = false;
}

// Where the browser offers it, one tap puts the pages on the phone's own screen; what is installed is seldom cleared.
addEventListener("beforeinstallprompt", (event) => {
  event.preventDefault();
  DOING.install = () => event.prompt();
  document.getElementById("install").hidden = false;
});
addEventListener("appinstalled", () => (document.getElementById("install").hidden = true));

if (/MicroMessenger/i.test(navigator.userAgent)) document.getElementById("wechat").hidden = false;
bringTibetan(begin().catch(unkept));
