// Where the eye should go first after an answer, and a question before what cannot be taken back.
export function start() {
  const first = document.querySelector(".summary-of-errors, [aria-invalid]");
  if (first) first.focus();
  addEventListener("submit", (event) => {
    const question = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
    if (question && !confirm(question)) event.preventDefault();
  });
}
