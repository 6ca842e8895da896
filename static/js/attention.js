// Where the eye should go first after an answer, and a question before what cannot be taken back.
export function start() {
  const first = document.querySelector(".summary-of-errors, [aria-invalid]");
  if (first) first.focus();
  addEventListener("click", (event) => {
    const asking = event.target.closest("[data-confirm]");
    if (asking && !confirm(asking.dataset.confirm)) event.preventDefault();
  });
}
