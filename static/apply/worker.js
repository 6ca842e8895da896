// Keeps the public pages for when there is no line, and does nothing else: answers are kept and sent by the pages.
// Served with VERSION, PAGES (path and language of each page) and FILES in front, see views/apply/offline.py. What is at the
// address of a file never changes, so what the page has brought already is not brought again.
const OURS = "tsheg-";
const CHOICE = `${OURS}choice`;
const KEPT = `${OURS}${VERSION}`;
const STAYING = [KEPT, CHOICE, `${OURS}fonts`];

// One file that does not come makes the whole installation fail, and the version before goes on.
async function install() {
  const cache = await caches.open(KEPT);
  const asked = PAGES.map((address) => new Request(address, { cache: "no-cache", credentials: "omit" }));
  await cache.addAll([...asked, ...FILES]);
}

async function removeOthers() {
  const names = (await caches.keys()).filter((name) => name.startsWith(OURS) && !STAYING.includes(name));
  await Promise.all(names.map((name) => caches.delete(name)));
  await clients.claim();
}

// A page without a language in its address is given in the one chosen last, at first in the phone's own.
async function language(url) {
  const choices = await caches.open(CHOICE);
  const chosen = /^(bo|zh)$/.exec(url.searchParams.get("lang"))?.[0];
  if (chosen) await choices.put("/lang", new Response(chosen));
  const own = navigator.languages.map((name) => name.slice(0, 2)).find((name) => name === "bo" || name === "zh");
  return chosen ?? (await (await choices.match("/lang"))?.text()) ?? own ?? "zh";
}

async function page(request) {
  const url = new URL(request.url);
  const [cache, chosen] = await Promise.all([caches.open(KEPT), language(url)]);
  return (await cache.match(`${url.pathname}?lang=${chosen}`)) ?? fetch(request);
}

// Newer Chromiums else ask the line beside the worker, for what is kept already.
const ONLY_HERE = { condition: { requestMethod: "GET" }, source: "fetch-event" };

addEventListener("install", (event) => {
  event.addRoutes?.(ONLY_HERE);
  event.waitUntil(install());
});
addEventListener("activate", (event) => event.waitUntil(removeOthers()));

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else event.respondWith(caches.match(request, { ignoreVary: true }).then((kept) => kept ?? fetch(request)));
});

// A page that is empty asks for the new version; as long as any other is half filled (it holds the lock) nothing changes.
addEventListener("message", (event) => {
  if (event.data !== "take over" || !navigator.locks) return;
  const free = { mode: "exclusive", ifAvailable: true };
  event.waitUntil(navigator.locks.request("tsheg-filling", free, (lock) => lock && skipWaiting()));
});
