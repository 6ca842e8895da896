// Keeps a step's form on disk while it is typed. "Saved" is shown only when the server said so.
const PAUSE = 1200;
const LONGEST_WAIT = 30_000;

class Autosave {
  constructor(form) {
    this.form = form;
    this.status = form.querySelector(".saved");
    this.changes = 0;
    this.kept = 0;
    this.wait = PAUSE;
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    form.addEventListener("submit", () => (this.leaving = true));
    addEventListener("pageshow", () => (this.leaving = false));
    addEventListener("pagehide", () => this.save());
    addEventListener("online", () => this.save());
    document.addEventListener("visibilitychange", () => document.hidden && this.save());
  }

  changed() {
    this.changes += 1;
    this.later(PAUSE);
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  async save() {
    clearTimeout(this.timer);
    if (this.leaving || this.kept === this.changes || (this.busy && !document.hidden)) return;
    this.busy = true;
    const sent = this.changes;
    this.say("saving");
    const saved = await this.send();
    this.busy = false;
    this.wait = saved ? PAUSE : Math.min(this.wait * 2, LONGEST_WAIT);
    if (saved) this.kept = sent;
    this.say(saved ? "saved" : "unsaved");
    if (this.kept !== this.changes) this.later(this.wait);
  }

  async send() {
    try {
      const answer = await fetch(this.form.dataset.autosave, {
        method: "POST",
        body: new URLSearchParams(new FormData(this.form)),
        headers: { "X-CSRFToken": document.querySelector("meta[name=csrf-token]").content, Accept: "application/json" },
        keepalive: true,
        redirect: "error",
      });
      return answer.ok && (await answer.json()).saved === true;
    } catch {
      return false;
    }
  }

  say(state) {
    if (!this.status) return;
    this.status.dataset.state = state;
    this.status.textContent = this.status.dataset[state];
  }
}

export function start() {
  for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);
}
