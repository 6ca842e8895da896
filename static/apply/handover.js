// A finished application as square codes on the screen, for a counter that has no network; docs/slip.md.
import { encode } from "../vendor/uqr@0.1.3/index.mjs";
import { frames } from "./digits.js";

const SVG = "http://www.w3.org/2000/svg";
const BORDER = 4;
const LARGER = 3;

const made = (name, properties, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};
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
function lit(element) {
  const ask = async () => {
    if (!element.isConnected) return document.removeEventListener("visibilitychange", ask);
    if (document.visibilityState === "visible") await navigator.wakeLock?.request("screen").catch(() => {});
  };
  document.addEventListener("visibilitychange", ask);
  return ask();
}

// `words`: label, part ("%(part)s … %(parts)s"), next, larger.
export function draw(element, slipBytes, words) {
  let codes = frames(slipBytes);
  let place = 0;
  const holder = made("div", { className: "code" });
  const said = made("p", { className: "part" });
  said.setAttribute("role", "status");
  const next = made("button", { type: "button", className: "main", textContent: words.next });
  const larger = made("button", { type: "button", className: "plain", textContent: words.larger });
  const show = () => {
    const part = filled(words.part, { part: place + 1, parts: codes.length });
    holder.replaceChildren(code(codes[place], `${words.label} ${part}`));
    fit(holder.firstChild, element.clientWidth);
    said.textContent = part;
    next.hidden = codes.length === 1;
  };
  const step = () => {
    place = (place + 1) % codes.length;
    show();
  };
  next.addEventListener("click", step);
  holder.addEventListener("click", step);
  larger.addEventListener("click", () => {
    codes = frames(slipBytes, codes.length === 1 ? LARGER : 1);
    place = 0;
    show();
  });
  element.replaceChildren(holder, said, made("div", { className: "actions" }, next, larger));
  show();
  new ResizeObserver(() => fit(holder.firstChild, element.clientWidth)).observe(element);
  lit(element);
}
