// One group of questions at a time, as the server shows them to whoever has no script.
export function show(form, id) {
  const heading = document.querySelector(`#${id} h1`);
  const turned = heading.closest("[hidden]");
  for (const group of form.querySelectorAll(".group")) group.hidden = group.id !== id;
  form.elements.at.value = id;
  const last = id === "review";
  const hidden = { back: id === "start", next: last, submit: !last };
  for (const button of form.querySelectorAll(".bar button")) button.hidden = hidden[button.value];
  if (last) summarise(form);
  if (turned) {
    heading.tabIndex = -1;
    heading.focus();
  }
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
  const asked = error.closest("fieldset") ?? error.parentElement.querySelector("[name]");
  asked.ariaInvalid = text ? true : null;
  asked.setAttribute("aria-describedby", error.id);
}

const controls = (field) => [...field.querySelectorAll("[name]")];

function answer(control) {
  if (control.options) return control.value && control.selectedOptions[0].text;
  return /radio|checkbox/.test(control.type) ? control.checked && control.labels[0].textContent : control.value;
}

// Says at each question in sight what is missing; true when nothing is and nothing stands there as wrong.
export function complete(form, text) {
  const group = document.getElementById(form.elements.at.value);
  const asked = [...group.querySelectorAll(":scope > .field:not([hidden], [data-free])")];
  const open = asked.map(controls).filter((all) => !all.some(answer)).map(([first]) => first);
  for (const { name } of open) tell(name, text);
  const first = group.querySelector("input[aria-invalid], :checked[data-refer]") ?? open[0];
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

function summarise(form) {
  const list = document.createElement("dl");
  for (const field of form.querySelectorAll(".field:not([hidden])")) {
    const said = controls(field).map(answer).filter(Boolean);
    if (!said.length) continue;
    const [term, words] = ["dt", "dd"].map((name) => list.appendChild(document.createElement(name)));
    term.textContent = field.querySelector("label,legend").firstChild.textContent || "✓";
    words.textContent = said.join("；");
  }
  document.getElementById("summary").replaceChildren(list);
}
