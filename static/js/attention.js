// Where the eye should go first: to what is wrong, else where a form taken over from an earlier one is still empty; and a question before what cannot be taken back.
export function start() {
  const empty = [...document.querySelectorAll("[data-resume] input[aria-required]")].find((input) => !input.value);
  const first = document.querySelector(".summary-of-errors, [aria-invalid]") ?? empty;
  if (first) first.focus();
  addEventListener("submit", (event) => {
    const question = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
    if (question && !confirm(question)) event.preventDefault();
  });
}
