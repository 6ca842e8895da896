// What can wait until the form can be used.
import { live } from "./live.js";
import { keepPages } from "./pages.js";
import { phrase } from "./phrases.js";
import { change } from "./store.js";
import { bringTibetan } from "./tibetan.js";

const IN_WECHAT = /MicroMessenger/i.test(navigator.userAgent);

const note = async (form, id) => form.before(await phrase(id));

// Without a worker there is no form without a line: that is said plainly.
function pages(form, isEmpty) {
  if (IN_WECHAT) return note(form, "in-wechat");
  return navigator.serviceWorker ? keepPages(isEmpty) : note(form, "online-only");
}

// Private windows keep nothing: then the buttons stay the server's, and whoever fills it in should know.
export const unkept = (form) => note(form, "keeps-nothing");

// Asked once something is worth keeping; the answer is shown on the page of one's own applications.
async function askToStay() {
  const granted = Boolean(await navigator.storage?.persist?.());
  await change(["notes"], (notes) => notes.put({ id: "persist", granted }, "persist"));
}

function whenSaved(state, act) {
  const watch = new MutationObserver(() => {
    if (state.dataset.state !== "saved") return;
    watch.disconnect();
    act();
  });
  watch.observe(state, { attributeFilter: ["data-state"] });
}

// Whoever taps at once is answered first.
const idle = () => new Promise((done) => (globalThis.requestIdleCallback ? requestIdleCallback(done, { timeout: 1000 }) : setTimeout(done)));

export async function attend(form, state, isEmpty) {
  whenSaved(state, askToStay);
  await idle();
  return bringTibetan(Promise.allSettled([live(form), pages(form, isEmpty)]));
}
