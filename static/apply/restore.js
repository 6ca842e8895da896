// A draft of this page comes back: at once where it was left a moment ago, else only when asked for by whoever holds the phone now.
import { setBuyers } from "./buyers.js";
import { masked } from "./masked.js";
import { phrase } from "./phrases.js";
import { unseal } from "./sealed.js";
import { change } from "./store.js";
import { tell } from "./steps.js";
import { bringTibetan } from "./tibetan.js";

function refill(form, values, isOutdated) {
  for (const control of form.elements) {
    if (!control.name || control.type === "submit" || control.name === "product") continue;
    if (isOutdated && control.name.startsWith("declarations-")) continue;
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

// The insurer's wording may be another by now: what was agreed to is read and agreed to again.
async function readAgain({ elements: { at } }) {
  document.querySelector("#declarations h1").after(await phrase("read-again"));
  if (at.value === "review") at.value = "declarations";
}

// What the point would not take: said at its questions, the first one's group shown.
function showProblems(form, problems) {
  for (const { field, text } of problems) {
    tell(field, text);
    document.getElementById(`${field}-error`)?.closest(".field").removeAttribute("hidden");
  }
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
  const values = new URLSearchParams(draft.answers);
  const isOutdated = values.get("product") !== form.dataset.product;
  await setBuyers(form, draft.answers);
  refill(form, values, isOutdated);
  if (isOutdated) await readAgain(form);
  showProblems(form, draft.problems ?? []);
  return true;
}
