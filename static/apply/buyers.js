// Further buyers: copies of the first one's questions, numbered through.
import { show } from "./steps.js";

const NUMBERED = ["id", "name", "for", "data-when", "aria-describedby", "list"];
const groups = (form) => [...form.querySelectorAll(".group[id^=buyers-]")];

function renumber(group, number) {
  for (const element of [group, ...group.querySelectorAll("*")]) {
    for (const name of NUMBERED) {
      const value = element.getAttribute(name);
      if (value) element.setAttribute(name, value.replace(/buyers-\d/g, `buyers-${number}`));
    }
  }
  const first = number === 0;
  for (const part of group.querySelectorAll("[data-first]")) part.hidden = !first;
  for (const part of group.querySelectorAll("[data-further]")) part.hidden = first;
  for (const part of group.querySelectorAll("[data-number]")) part.textContent = number + 1;
}

function empty(group) {
  for (const control of group.querySelectorAll("input,select,textarea")) {
    if (/radio|checkbox/.test(control.type)) control.checked = false;
    else control.value = "";
  }
  for (const error of group.querySelectorAll(".error")) error.hidden = true;
  for (const output of group.querySelectorAll("output")) output.textContent = "";
}

function add(form) {
  const all = groups(form);
  const group = all[0].cloneNode(true);
  empty(group);
  renumber(group, all.length);
  all.at(-1).after(group);
  return group;
}

// As many as the kept answers tell of.
export function setBuyers(form, answers) {
  const numbers = [...new URLSearchParams(answers).keys()].map((name) => /^buyers-(\d)-/.exec(name)?.[1] ?? 0);
  while (groups(form).length <= Math.max(...numbers)) add(form);
}

export function another(form) {
  if (groups(form).length < Number(form.dataset.buyers)) show(form, add(form).id);
}

export function remove(form) {
  const all = groups(form);
  const at = all.findIndex((group) => !group.hidden);
  all[at].remove();
  groups(form).forEach(renumber);
  show(form, all[at - 1].id);
}
