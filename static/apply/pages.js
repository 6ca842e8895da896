// The pages are kept for when there is no line; a newer version waits until nobody has anything half filled in.
function offer(registration, isEmpty) {
  if (isEmpty()) registration.waiting?.postMessage("take over");
}

// Not in the page itself: its first visit is paid for by the byte.
function describe() {
  const link = Object.assign(document.createElement("link"), { rel: "manifest" });
  link.href = `${location.pathname}/manifest.webmanifest?lang=${document.documentElement.lang.slice(0, 2)}`;
  document.head.append(link);
}

export async function keepPages(isEmpty) {
  describe();
  const { controller } = navigator.serviceWorker;
  navigator.serviceWorker.addEventListener("controllerchange", () => controller && isEmpty() && location.reload());
  const registration = await navigator.serviceWorker.register(`${location.pathname}/worker.js`, { scope: location.pathname, updateViaCache: "none" });
  registration.addEventListener("updatefound", () => {
    registration.installing.addEventListener("statechange", () => offer(registration, isEmpty));
  });
  offer(registration, isEmpty);
}
