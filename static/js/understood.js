// Beside each checked field: what was understood while typing, and on leaving it what would be right.
import { check, kindOf } from "./check.js";
import { iso, later, written } from "./dates.js";
import { formatYuan, inWords } from "./money.js";
import { fill, grouped } from "./text.js";

const SHOWN = {
  money: (fen) => `¥${formatYuan(fen)} · ${inWords(fen)}`,
  date: (value, output) => written(output.dataset.pattern, value),
  mobile: (number) => grouped(number, 3, 4, 4),
  credit_code: (code) => grouped(code, 2, 6, 9, 1),
  resident_id: (number) => grouped(number, 6, 8, 4),
};
const beside = (input, what) => document.getElementById(`${input.id}-${what}`);

function show(input) {
  const output = beside(input, "understood");
  const result = check(input);
  if (output) output.textContent = input.value.trim() && !result.code ? (SHOWN[kindOf(input)]?.(result.value, output) ?? "") : "";
  return result;
}

function judge(input) {
  const result = input.value.trim() ? check(input) : {};
  const error = beside(input, "error");
  error.textContent = result.code ? fill(JSON.parse(input.dataset.messages)[result.code], result.values) : "";
  error.hidden = !result.code;
  input.closest(".field").classList.toggle("wrong", Boolean(result.code));
  if (result.code) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
}

function followDue(due) {
  const delivery = document.getElementById(due.dataset.delivery);
  const days = document.getElementById(due.dataset.days);
  const work = () => {
    const from = check(delivery).value;
    const span = check(days).value;
    if (!from?.year || !Number.isInteger(span)) return;
    const end = later(from, span);
    if (!due.value || due.dataset.worked === due.value) due.value = due.dataset.worked = iso(end);
    const output = beside(due, "understood");
    output.textContent = fill(output.dataset.due, { day: written(output.dataset.pattern, end) });
  };
  for (const input of [delivery, days]) input.addEventListener("input", work);
}

export function start(root = document) {
  for (const input of root.querySelectorAll("[data-check]")) {
    input.addEventListener("input", () => {
      const result = show(input);
      if (!result.code && input.hasAttribute("aria-invalid")) judge(input);
    });
    input.addEventListener("change", () => judge(input));
    show(input);
  }
  root.querySelectorAll("[data-delivery]").forEach(followDue);
}
