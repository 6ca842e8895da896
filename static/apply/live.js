// The counter's live checks on the phone: what was understood under each field, and what would be right.
import { start } from "../js/understood.js";
import { phrase } from "./phrases.js";

const UNDERSTOOD = ["money", "date", "mobile", "credit_code", "id_number"];

function prepare(input, kind, { messages, pattern }) {
  Object.assign(input.dataset, { check: kind, messages });
  if (!UNDERSTOOD.includes(kind) || document.getElementById(`${input.id}-understood`)) return;
  const output = document.createElement("output");
  output.id = `${input.id}-understood`;
  output.dataset.pattern = pattern;
  input.after(output);
}

// A person has one paper, and is not asked which.
function followKind(form) {
  const number = form.elements["policyholder-id_number"];
  const person = new FormData(form).get("start-kind") === "natural_person";
  number.dataset.check = person ? "resident_id" : "id_number";
}

export async function live(form) {
  const said = (await phrase("checks")).firstElementChild.dataset;
  for (const field of form.querySelectorAll(".field[data-kind]")) {
    const input = field.querySelector("input:not([type]),textarea");
    if (input) prepare(input, field.dataset.kind, said);
  }
  followKind(form);
  form.addEventListener("change", () => followKind(form));
  start(form);
  const grown = (changes) => changes.flatMap(({ addedNodes }) => [...addedNodes]).forEach((group) => group.querySelectorAll && start(group));
  new MutationObserver(grown).observe(form, { childList: true });
}
