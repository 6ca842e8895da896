// A slip as digits only: what any scanner gun types undamaged; mirrors slip/digits.py.
const MARK = "87434";
const VERSION = "1";
const GROUP = 6;
const WIDTHS = [0, 3, 5, 8, 10, 13, 15];
const MOST_BYTES = 2088;
const MOST_PARTS = 9;

function sum(bytes) {
  let rest = ~0;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit += 1) rest = (rest >>> 1) ^ (rest & 1 ? 0xedb88320 : 0);
  }
  return String(~rest >>> 0).padStart(10, "0");
}

const checked = (digits) => digits + sum(new TextEncoder().encode(digits));

function digitsOf(bytes) {
  let digits = "";
  for (let at = 0; at < bytes.length; at += GROUP) {
    const group = bytes.subarray(at, at + GROUP);
    digits += String(group.reduce((number, byte) => number * 256 + byte, 0)).padStart(WIDTHS[group.length], "0");
  }
  return digits;
}

// As few frames as a screen of 720 pixels allows, but `least`.
export function frames(bytes, least = 1) {
  const wanted = Math.max(least, Math.ceil(bytes.length / MOST_BYTES));
  const share = Math.ceil(Math.ceil(bytes.length / wanted) / GROUP) * GROUP;
  const count = Math.ceil(bytes.length / share);
  if (count > MOST_PARTS) throw new RangeError("a slip has nine parts at most");
  const tag = sum(bytes);
  return Array.from({ length: count }, (_, place) =>
    checked(`${MARK}${VERSION}${place + 1}${count}${tag}${digitsOf(bytes.subarray(place * share, (place + 1) * share))}`),
  );
}
