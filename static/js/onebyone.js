import { sayBusy } from "./busy.js";

// Sends the chosen files one after the other, so that each shows what came of it as soon as it is known.
class OneByOne {
  constructor(form) {
    this.form = form;
    this.input = form.querySelector("input[type=file]");
    this.busy = form.querySelector(".busy");
    form.addEventListener("submit", (event) => {
      if (this.input.files.length < 2) return;
      event.preventDefault();
      this.send([...this.input.files]);
    });
  }

  async send(files) {
    const errors = document.getElementById(`${this.input.id}-error`);
    errors.replaceChildren();
    for (const [index, file] of files.entries()) {
      sayBusy(this.busy, index + 1, files.length);
      const page = await this.one(file);
      if (!page) return this.form.submit();
      document.getElementById("found").append(...page.getElementById("found").children);
      document.getElementById("waiting").replaceWith(page.getElementById("waiting"));
      errors.append(...[...page.querySelectorAll(`#${errors.id} .error`)].map((error) => this.named(error, file)));
    }
    this.input.value = "";
    this.busy.hidden = true;
  }

  // The page that answers, nothing where the form has to be sent as it is.
  async one(file) {
    const body = new FormData(this.form);
    body.delete(this.input.name);
    body.append(this.input.name, file);
    try {
      const answer = await fetch(this.form.action, { method: "POST", body });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      return page.getElementById("waiting") ? page : null;
    } catch {
      return null;
    }
  }

  named(error, file) {
    error.prepend(`${file.name} · `);
    return error;
  }
}

export function start() {
  for (const form of document.querySelectorAll("form[data-one-by-one]")) new OneByOne(form);
}
