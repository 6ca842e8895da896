// A link on paper or on the clerk's screen brings reference and code behind its #, which is sent to nobody.
const form = document.getElementById("form");
const main = () => document.querySelector("main");

function note(text) {
  const line = document.createElement("p");
  line.className = "note";
  line.setAttribute("role", "status");
  line.textContent = text;
  main().before(line);
}

// Where nothing answers, or something that is not ours, the page stays and says so.
async function ask() {
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!page.querySelector("main #form")) throw new TypeError("not our page");
    main().replaceWith(page.querySelector("main"));
    main().tabIndex = -1;
    main().focus();
  } catch {
    note(form.dataset.offline);
  }
}

// The clerk's screen also brings the point's signed receipt, which the phone believes without any network.
async function receive(signed, signature) {
  const { accept } = await import("./receipt.js");
  return accept({ signed, signature }, form.dataset.key);
}

async function open() {
  const [reference, code, signed, signature] = location.hash.slice(1).split(".");
  if (!code) return;
  history.replaceState(null, "", location.pathname + location.search);
  form.elements.reference.value = reference;
  form.elements.code.value = code;
  if (signature && (await receive(signed, signature).catch(() => false))) note(form.dataset.received);
  await ask();
}

addEventListener("hashchange", () => location.reload());
open();
