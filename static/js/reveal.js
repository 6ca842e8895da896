// Questions that follow from an answer stay out of sight until it is given; without script they are all shown.
function answered(form, name) {
  return [...form.elements]
    .filter((input) => input.name === name && (input.checked || !["radio", "checkbox"].includes(input.type)))
    .map((input) => input.value);
}

export function start() {
  for (const part of document.querySelectorAll("[data-reveal]")) {
    const form = part.closest("form");
    const wanted = part.dataset.values.split(" ");
    const turn = () => (part.hidden = !answered(form, part.dataset.reveal).some((value) => wanted.includes(value)));
    form.addEventListener("change", turn);
    turn();
  }
}
