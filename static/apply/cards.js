// One card for one record, cloned from the page's own template for its state; words and marks stand there.
import { masked } from "./masked.js";

function names({ answers, who, buyers }) {
  if (who !== undefined) return { who, buyers };
  const given = [...new URLSearchParams(answers)];
  return {
    who: masked(given.find(([name]) => name === "policyholder-name")?.[1]),
    buyers: given.filter(([name]) => /^buyers-\d+-name$/.test(name)).map(([, name]) => masked(name)),
  };
}

const CHINA = 8 * 3_600_000;

function day(moment, pattern) {
  const here = new Date(Date.parse(moment) + CHINA).toISOString();
  const [year, month, date] = here.slice(0, 10).split("-").map(Number);
  return pattern.replace("%(year)s", year).replace("%(month)s", month).replace("%(day)s", date);
}

function fill(whole, what, text) {
  const place = whole.querySelector(`[data-${what}]`);
  if (!place) return;
  if (text) place.textContent = text;
  else (place.closest("p") ?? place).hidden = true;
}

export function card(record) {
  const whole = document.getElementById(`card-${record.state}`).content.cloneNode(true).firstElementChild;
  const { who, buyers } = names(record);
  Object.assign(whole.dataset, { id: record.id, state: record.state });
  fill(whole, "who", who);
  fill(whole, "buyers", buyers.filter(Boolean).join("、"));
  fill(whole, "reference", record.reference);
  const when = whole.querySelector("[data-when]");
  if (when) when.textContent = day(record.received_at, when.dataset.when);
  const status = whole.querySelector("a[data-status]");
  if (status) status.href = `${status.pathname}${status.search}#${record.reference}.${record.code}`;
  for (const { text } of record.problems ?? []) {
    whole.querySelector("[data-problems]")?.append(Object.assign(document.createElement("li"), { textContent: text }));
  }
  return whole;
}
