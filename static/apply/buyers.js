// Further buyers: copies of the first one's questions, numbered through.
import { phrase } from "./phrases.js";
import { show } from "./steps.js";

const NUMBERED = ["id", "name", "for", "data-when", "aria-describedby"];
const groups = (form) => [...form.querySelectorAll(".group[id^=buyers-]")];

function renumber(group, number, title) {
  for (const element of [group, ...group.querySelectorAll("*")]) {
    for (const name of NUMBERED) {
      const value = element.getAttribute(name);
      if (value) element.setAttribute(name, value.replace(/buyers-\d/g, `buyers-${number}`));
    }
  }
  if (number) group.querySelector("h1").textContent = title.replace("%(number)s", number + 1);
  group.querySelector("[value=remove]").hidden = !number;
}

function empty(group) {
  for (const control of group.querySelectorAll("input,select,textarea")) {
    if (/radio|checkbox/.test(control.type)) control.checked = false;
    else control.value = "";
    control.removeAttribute("aria-invalid");
  }
  for (const error of group.querySelectorAll(".error")) error.hidden = true;
  for (const output of group.querySelectorAll("output")) output.textContent = "";
}

const title = async () => (await phrase("checks")).firstElementChild.dataset.buyer;

function add(form, named) {
  const all = groups(form);
  const group = all[0].cloneNode(true);
  empty(group);
  renumber(group, all.length, named);
  all.at(-1).after(group);
  return group;
}

// As many as the kept answers tell of.
export async function setBuyers(form, answers) {
  const numbers = [...new URLSearchParams(answers).keys()].map((name) => /^buyers-(\d)-/.exec(name)?.[1] ?? 0);
  const wanted = Math.max(...numbers) + 1;
  const named = wanted > groups(form).length && (await title());
  while (groups(form).length < wanted) add(form, named);
}

export async function another(form) {
  if (groups(form).length < Number(form.dataset.buyers)) show(form, add(form, await title()).id);
}

export async function remove(form) {
  const all = groups(form);
  const at = all.findIndex((group) => !group.hidden);
  const named = await title();
  all[at].remove();
  groups(form).forEach((group, number) => renumber(group, number, named));
  show(form, all[at - 1].id);
}
