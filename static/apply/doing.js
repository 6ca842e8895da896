// What the buttons of a card do, by their value. Nothing is deleted that could not be brought back, but by "forget" and "wipe".
import { newId } from "./drafts.js";
import { keep, unseal } from "./sealed.js";
import { pack } from "./slip.js";
import { change, read } from "./store.js";

const find = async ({ dataset: { id } }) => (await read("queue", id)) ?? (await read("aside", id)) ?? read("drafts", id);

function open({ id, page, language }) {
  sessionStorage.tsheg = id;
  location.assign(language ? `${page}?lang=${language}` : page);
}

// Nothing was taken in under the id of what was refused, so it keeps its id; only where another has the id it gets a new one.
async function correct(card) {
  const { text, problems, state, key, answers, ...old } = await unseal(await find(card));
  const taken = problems?.some(({ reference }) => reference);
  const id = taken ? newId() : old.id;
  const typed = new URLSearchParams(answers);
  typed.set("id", id);
  await keep("put", "drafts", { ...old, id }, { answers: typed.toString(), problems }, "queue");
  if (taken) await change(["queue"], (queue) => queue.delete(old.id));
  open({ ...old, id });
}

async function move(card, from, to, state) {
  const record = await read(from, card.dataset.id);
  await change([from, to], (left, right) => {
    right.put({ ...record, state }, record.id);
    left.delete(record.id);
  });
}

async function code(card) {
  const { text } = await unseal(await find(card));
  const { draw } = await import("./handover.js");
  draw(card.querySelector("[data-code]"), await pack(text));
}

// Takes everything off the phone: what was filled in, its key, the pages kept for when there is no line.
async function wipe() {
  const question = document.getElementById("unsent");
  if (!question.hidden && !confirm(question.textContent.trim())) return;
  const registrations = (await navigator.serviceWorker?.getRegistrations()) ?? [];
  await Promise.all(registrations.map((registration) => registration.unregister()));
  const names = (await globalThis.caches?.keys()) ?? [];
  await Promise.all(names.map((name) => caches.delete(name)));
  sessionStorage.clear();
  await new Promise((done) => {
    indexedDB.deleteDatabase("tsheg").onsuccess = done;
  });
  location.replace(location.href);
  return new Promise(() => {});
}

export const DOING = {
  open: async (card) => open(await find(card)),
  correct,
  aside: (card) => move(card, "queue", "aside", "waiting"),
  again: (card, send) => move(card, "aside", "queue", "waiting").then(() => send()),
  forget: (card) => change(["drafts", "aside", "receipts"], (...stores) => stores.forEach((store) => store.delete(card.dataset.id))),
  code,
  send: (_card, send) => send(),
  wipe,
};
