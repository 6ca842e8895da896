// A finished application as square codes on the screen, for a counter that has no network; docs/slip.md.
import { encode } from "../vendor/uqr@0.1.3/index.mjs";
import { frames } from "./digits.js";

const SVG = "http://www.w3.org/2000/svg";
const BORDER = 4;
const LARGER = 3;
const EDGE = 16;

const made = (name, className, textContent = "") => Object.assign(document.createElement(name), { className, textContent });
const filled = (words, values) => words.replace(/%\((\w+)\)s/g, (_, name) => values[name]);

function drawn(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

function code(digits, label) {
  const { data, size } = encode(digits, { ecc: "L", boostEcc: true, border: BORDER });
  const dark = data.flatMap((row, y) => row.flatMap((on, x) => (on ? `M${x} ${y}h1v1h-1z` : []))).join("");
  const image = drawn("svg", { viewBox: `0 0 ${size} ${size}`, "shape-rendering": "crispEdges", role: "img", "aria-label": label });
  image.append(drawn("rect", { width: size, height: size, fill: "#fff" }), drawn("path", { d: dark, fill: "#000" }));
  image.dataset.modules = size;
  return image;
}

// Whole pixels of the screen for every module: a gun forgives small ones sooner than uneven ones.
function fit(image, width) {
  const modules = Number(image.dataset.modules);
  const ratio = window.devicePixelRatio;
  const side = (Math.max(1, Math.floor((width * ratio) / modules)) * modules) / ratio;
  for (const name of ["width", "height"]) image.setAttribute(name, side);
}

// The screen stays lit while the code is shown; where the browser cannot, nothing is lost.
function lit(dialog) {
  const ask = async () => {
    if (!dialog.isConnected) return document.removeEventListener("visibilitychange", ask);
    if (document.visibilityState === "visible") await navigator.wakeLock?.request("screen").catch(() => {});
  };
  document.addEventListener("visibilitychange", ask);
  ask();
}

const button = (className, textContent, tapped) => {
  const made = Object.assign(document.createElement("button"), { type: "button", className, textContent });
  made.addEventListener("click", tapped);
  return made;
};

// The codes of one slip in a dialog over the whole screen. `words`: label, hint, part, next, larger, close.
class Codes {
  constructor(slipBytes, words) {
    this.bytes = slipBytes;
    this.words = words;
    this.dialog = made("dialog", "codes");
    this.holder = made("div", "code");
    this.part = made("p", "part");
    this.part.setAttribute("role", "status");
    this.next = button("main", words.next, () => this.show(this.place + 1));
    const larger = button("plain", words.larger, () => this.share(this.codes.length === 1 ? LARGER : 1));
    const close = button("plain", words.close, () => this.dialog.close());
    this.dialog.append(made("p", "hint", words.hint), this.holder, this.part, this.next, larger, close);
    this.holder.addEventListener("click", () => this.show(this.place + 1));
    this.dialog.addEventListener("close", () => this.dialog.remove());
  }

  open() {
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.share(1);
    new ResizeObserver(() => this.fit()).observe(this.holder);
    lit(this.dialog);
  }

  share(least) {
    this.codes = frames(this.bytes, least);
    this.show(0);
  }

  show(place) {
    this.place = place % this.codes.length;
    this.part.textContent = filled(this.words.part, { part: this.place + 1, parts: this.codes.length });
    this.holder.replaceChildren(code(this.codes[this.place], `${this.words.label} ${this.part.textContent}`));
    this.next.hidden = this.codes.length === 1;
    this.fit();
  }

  fit() {
    fit(this.holder.firstChild, Math.min(this.holder.clientWidth, window.innerHeight - 2 * EDGE));
  }
}

// Shows the slip over the whole screen, whatever becomes of `element`, whose data-words are the words unless given.
export function draw(element, slipBytes, words = JSON.parse(element.dataset.words)) {
  new Codes(slipBytes, words).open();
}
