// One group of questions at a time, as the server shows them to whoever has no script.
export function show(form, id) {
  for (const group of form.querySelectorAll(".group")) group.hidden = group.id !== id;
  form.elements.at.value = id;
  const last = id === "review";
  for (const { value } of form.querySelectorAll(".bar button")) {
    form.querySelector(`.bar [value=${value}]`).hidden = { back: id === "start", next: last, submit: !last }[value];
  }
  if (last) summarise(form);
  scrollTo(0, 0);
}

export function neighbour(form, by) {
  const all = [...form.querySelectorAll(".group")];
  return all[all.findIndex((group) => !group.hidden) + by].id;
}

export function tell(name, text) {
  const error = document.getElementById(`${name}-error`);
  if (!error) return;
  error.textContent = text;
  error.hidden = !text;
}

// Says at each question in sight that must be answered and is not what is missing; true when nothing is.
export function complete(form, text) {
  const group = document.getElementById(form.elements.at.value);
  const asked = [...group.querySelectorAll(":required")].filter((control) => !control.closest("[data-when][hidden]"));
  const open = asked.filter((control) => control.validity.valueMissing);
  for (const { name } of open) tell(name, text);
  const first = group.querySelector("[aria-invalid]") ?? open[0];
  first?.focus();
  return !first;
}

export function reveal(form) {
  const said = new FormData(form);
  for (const part of form.querySelectorAll("[data-when]")) {
    const [name, words] = part.dataset.when.split("=");
    part.hidden = !words.split("|").includes(said.get(name));
  }
}

function answer(control) {
  if (control.options) return control.value && control.selectedOptions[0].text;
  return /radio|checkbox/.test(control.type) ? control.checked && control.labels[0].textContent : control.value;
}

function summarise(form) {
  const list = form.querySelector("#review dl");
  list.replaceChildren();
  for (const field of form.querySelectorAll(".field:not([hidden])")) {
    const said = [...field.querySelectorAll("[name]")].map(answer).filter(Boolean);
    if (!said.length) continue;
    list.append(document.createElement("dt"), document.createElement("dd"));
    const [term, words] = [...list.children].slice(-2);
    term.textContent = field.querySelector("label,legend").textContent;
    words.textContent = said.join("；");
  }
}
