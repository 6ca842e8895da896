// The form on a phone that can keep it: script takes over the buttons, nothing else of the page changes.
import { answers, keepDraft, newId } from "./drafts.js";
import { drain, freeze, keepSending } from "./queue.js";
import { text } from "./slip.js";
import { complete, neighbour, reveal, show, tell } from "./steps.js";
import { read } from "./store.js";

const form = document.getElementById("form");
const { id, at } = form.elements;
const status = document.getElementById("state");
const words = JSON.parse(form.dataset.words);
const language = document.documentElement.lang.slice(0, 2);
const buyers = (act) => import("./buyers.one.js").then((module) => module[act](form)).then(save);
let filling;
let leaving;

function say(state) {
  status.dataset.state = state;
  status.textContent = words[state];
}

const save = () => keepDraft(form).then(say);

// As long as something is half filled in, no newer version takes over.
function hold() {
  filling ??= navigator.locks?.request("tsheg-filling", { mode: "shared" }, () => new Promise(() => {})) ?? true;
}

function changed({ target }) {
  hold();
  sessionStorage.tsheg = id.value;
  tell(target.name, target.dataset.refer ?? "");
  reveal(form);
  save();
}

async function submit() {
  const open = { id: id.value, page: location.pathname, key: form.dataset.key, language };
  await freeze(open, { text: text(form, open.id, language), answers: answers(form) });
  form.hidden = true;
  form.before(status);
  say("queued");
  drain(report);
}

function report(record, outcome) {
  if (outcome && record === id.value) say(outcome);
}

const DO = {
  next: () => complete(form, words.required) && show(form, neighbour(form, 1)),
  back: () => show(form, neighbour(form, -1)),
  submit: () => (leaving ??= submit().catch(() => (leaving = say("unsaved")))),
  another: buyers,
  remove: buyers,
};

async function speak(other) {
  sessionStorage.tsheg = id.value;
  await save();
  location.search = `lang=${other}`;
}

// What the phone could not keep goes to the point as it would without script.
function taken(event) {
  const { value } = event.submitter;
  const act = DO[value] ?? speak;
  if (status.dataset.state === "unsaved" && (value === "submit" || act === speak)) return;
  event.preventDefault();
  act(value);
}

async function begin() {
  // The page leaves out the names of errors nobody made yet: they would be a thirtieth of it.
  for (const error of form.querySelectorAll(".error")) error.id = `${error.closest(".field").querySelector("[name]").name}-error`;
  const drafts = await read("drafts");
  if (!id.value && drafts.length) {
    form.hidden = true;
    await import("./restore.one.js").then(({ restore }) => restore(form, drafts)).then((back) => back && hold()).catch(() => {});
    form.hidden = false;
  }
  form.addEventListener("input", changed);
  form.addEventListener("submit", taken);
  reveal(form);
  show(form, at.value);
  id.value ||= newId();
  keepSending(report);
  import("./afterwards.one.js").then(({ attend }) => attend(form, status, () => !filling));
}

begin().catch(() => import("./afterwards.one.js").then(({ unkept }) => unkept(form)));
