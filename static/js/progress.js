// How far a long exchange has come; nobody's activity, so the counter still locks in time.
const EVERY = 2000;

async function state(bar) {
  try {
    const answer = await fetch(bar.dataset.progress, { headers: { Accept: "application/json" }, redirect: "error" });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

function say(where, text) {
  const place = document.querySelector(where);
  if (place) place.textContent = text;
}

async function follow(bar) {
  const now = await state(bar);
  if (!now?.total) return location.replace(bar.dataset.after);
  bar.max = now.total;
  bar.value = Math.max(0, now.total - now.waiting);
  say(`output[for="${bar.id}"]`, `${bar.value}/${bar.max}`);
  if (now.left) say("[data-left]", now.left);
  setTimeout(() => follow(bar), EVERY);
}

export function start() {
  for (const bar of document.querySelectorAll("progress[data-progress]")) setTimeout(() => follow(bar), EVERY);
}
