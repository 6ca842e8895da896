// Yuan as typed → fen, and back as people read it; mirrors domain/money.py.
import { fold, wrong } from "./text.js";

const HIGHEST = 999_999_999_999;
const AMOUNT = /^¥?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]+))?元?$/;
const DIGITS = "零壹贰叁肆伍陆柒捌玖";
const PLACES = ["仟", "佰", "拾", ""];
const SECTIONS = ["亿", "万", ""];

export function formatYuan(fen) {
  return `${Math.floor(fen / 100).toLocaleString("en-US")}.${String(fen % 100).padStart(2, "0")}`;
}

export function parseYuan(text) {
  const typed = fold(text).replaceAll(" ", "");
  if (/^¥?[-−–—]/.test(typed)) return wrong("amount_negative");
  const found = AMOUNT.exec(typed);
  if (!found) return wrong("amount_shape");
  const yuan = found[1].replaceAll(",", "").replace(/^0+/, "");
  const places = found[2] ?? "";
  if (places.length > 2) return wrong("amount_places");
  if (yuan.length > 10) return wrong("amount_too_large", { highest: formatYuan(HIGHEST) });
  return { value: Number(yuan + places.padEnd(2, "0")) };
}

function section(number) {
  const digits = [...String(number).padStart(4, "0")];
  const words = digits.map((digit, index) => (digit === "0" ? "零" : DIGITS[digit] + PLACES[index])).join("");
  return words.replace(/零+/g, "零").replace(/^零|零$/g, "");
}

function whole(yuan) {
  let words = "";
  let gap = false;
  SECTIONS.forEach((name, index) => {
    const part = Math.floor(yuan / 10_000 ** (2 - index)) % 10_000;
    if (part) words += (words && (gap || part < 1000) ? "零" : "") + section(part) + name;
    gap = !part;
  });
  return words || "零";
}

export function inWords(fen) {
  const yuan = Math.floor(fen / 100);
  const jiao = Math.floor((fen % 100) / 10);
  const rest = fen % 10;
  let words = yuan || !fen ? `${whole(yuan)}元` : "";
  if (yuan && fen % 100 && (!jiao || yuan % 10 === 0)) words += "零";
  if (jiao) words += `${DIGITS[jiao]}角`;
  if (rest) words += `${DIGITS[rest]}分`;
  return `人民币${words}${fen % 100 ? "" : "整"}`;
}
