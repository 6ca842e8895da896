import { sayBusy } from "./busy.js";

// Sends photographs one by one as soon as they are chosen, so that one that cannot be taken holds up no other.
class Photographs {
  constructor(form) {
    this.form = form;
    this.busy = form.querySelector(".busy");
    form.dataset.photographs = "live";
    for (const input of this.inputs()) input.addEventListener("change", () => input.files.length && this.send(input));
  }

  inputs() {
    return this.form.querySelectorAll("input[type=file]");
  }

  async send(input) {
    const files = [...input.files];
    const wrong = [];
    for (const [index, file] of files.entries()) {
      sayBusy(this.busy, index + 1, files.length);
      const error = await this.one(file);
      if (error === null) return this.form.submit();
      if (error) wrong.push(error);
    }
    if (!wrong.length) return location.assign(this.next);
    input.value = "";
    this.busy.hidden = true;
    const errors = document.getElementById(`${input.id}-error`);
    errors.replaceChildren(...wrong.map((error) => Object.assign(document.createElement("p"), { className: "error", textContent: error })));
    errors.scrollIntoView({ block: "center" });
  }

  // What was wrong, nothing when it was taken, null when the page itself has to be asked.
  async one(file) {
    const body = new FormData(this.form);
    body.delete("photos");
    body.append("photos", file);
    try {
      const answer = await fetch(this.form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      if (answer.ok) {
        this.next = (await answer.json()).next;
        return "";
      }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      return (page.querySelector(".errors .error") ?? page.querySelector(".field .error:not([hidden])"))?.textContent ?? null;
    } catch {
      return null;
    }
  }
}

export function start() {
  for (const form of document.querySelectorAll("form[data-photographs]")) new Photographs(form);
}
