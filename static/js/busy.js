// Says in the line *busy* which of *total* files is on its way: the text in the page's language waits in data-busy.
export function sayBusy(busy, number, total) {
  busy.hidden = false;
  const progress = busy.querySelector("progress");
  progress.max = total;
  progress.value = number - 1;
  const said = busy.querySelector("span");
  said.textContent = said.dataset.busy.replace("%(number)s", number).replace("%(total)s", total);
}
