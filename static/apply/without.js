// The kill switch: takes away what workers before it kept, and itself. What people filled in is not touched.
async function leave() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("tsheg-")).map((name) => caches.delete(name)));
  await registration.unregister();
}

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(leave()));
