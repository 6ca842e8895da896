// Work asked for while very many come at once: a counter that makes SHA-256 of "<nonce>.<counter>" begin with zeros.
const SLICE = 24;

const primes = [];
for (let n = 2; primes.length < 64; n++) if (primes.every((prime) => n % prime)) primes.push(n);
const fraction = (root) => (root - Math.floor(root)) * 2 ** 32;
const K = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
const START = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));

const turn = (word, by) => (word >>> by) | (word << (32 - by));

// The first 32 bits of the SHA-256 of one padded block of 16 words; `w` holds them and room for 48 more.
function beginning(w) {
  for (let i = 16; i < 64; i++) {
    const one = w[i - 15];
    const two = w[i - 2];
    w[i] = (w[i - 16] + (turn(one, 7) ^ turn(one, 18) ^ (one >>> 3)) + w[i - 7] + (turn(two, 17) ^ turn(two, 19) ^ (two >>> 10))) | 0;
  }
  let [a, b, c, d, e, f, g, h] = START;
  for (let i = 0; i < 64; i++) {
    const more = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
    const other = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + more) | 0;
    d = c;
    c = b;
    b = a;
    a = (more + other) | 0;
  }
  return (a + START[0]) | 0;
}

function fill(w, text) {
  w.fill(0, 0, 16);
  for (let i = 0; i < text.length; i++) w[i >> 2] |= text.charCodeAt(i) << (24 - 8 * (i & 3));
  w[text.length >> 2] |= 128 << (24 - 8 * (text.length & 3));
  w[15] = text.length * 8;
}

// Gives the page its turn after every slice of some milliseconds. A nonce of ours fits one block with its counter.
export async function solve({ bits, nonce }) {
  const w = new Int32Array(64);
  for (let counter = 0, until = performance.now() + SLICE; ; counter++) {
    fill(w, `${nonce}.${counter}`);
    if (Math.clz32(beginning(w)) >= bits) return `${nonce}.${counter}`;
    if (counter % 64 === 63 && performance.now() > until) {
      await new Promise((go) => setTimeout(go));
      until = performance.now() + SLICE;
    }
  }
}
