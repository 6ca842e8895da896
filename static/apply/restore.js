// A draft of this page comes back: at once where it was left a moment ago, else only when asked for by whoever holds the phone now.
import { setBuyers } from "./buyers.js";
import { masked } from "./masked.js";
import { phrase } from "./phrases.js";
import { unseal } from "./sealed.js";
import { change } from "./store.js";
import { tell } from "./steps.js";
import { bringTibetan } from "./tibetan.js";

function refill(form, kept) {
  const values = new URLSearchParams(kept);
  for (const control of form.elements) {
    if (!control.name || control.type === "submit") continue;
    if (/radio|checkbox/.test(control.type)) control.checked = values.getAll(control.name).includes(control.value);
    else control.value = values.get(control.name) ?? "";
  }
}

// Named by a masked name: the next user of this phone may be somebody else.
async function asked(form, { answers }) {
  const card = (await phrase("returning")).firstElementChild;
  const who = masked(new URLSearchParams(answers).get("policyholder-name"));
  if (who) card.querySelector("[data-who]").textContent = who;
  form.before(card);
  bringTibetan();
  const choice = await new Promise((chosen) => {
    card.addEventListener("click", ({ target }) => target.value && chosen(target.value));
  });
  card.remove();
  return choice;
}

// What the point would not take: said at its questions, the first one's group shown.
function showProblems(form, problems) {
  for (const { field, text } of problems) tell(field, text);
  const first = problems.map(({ field }) => document.getElementById(`${field}-error`)).find(Boolean);
  if (first) form.elements.at.value = first.closest(".group").id;
}

export async function restore(form, drafts) {
  const sealed = drafts.filter(({ page }) => page === location.pathname);
  const last = sealed.find(({ id }) => id === sessionStorage.tsheg) ?? sealed.pop();
  if (!last) return;
  const draft = await unseal(last);
  const choice = last.id === sessionStorage.tsheg ? "continue" : await asked(form, draft);
  if (choice === "wipe") await change(["drafts"], (kept) => kept.delete(last.id));
  if (choice !== "continue") return;
  sessionStorage.tsheg = last.id;
  await setBuyers(form, draft.answers);
  refill(form, draft.answers);
  showProblems(form, draft.problems ?? []);
}
