// One finished application as text, one value a line; docs/slip.md. Order and words are the page's own.
const FIELD = /^(?:start|policyholder|buyers-\d+|business|cover|declarations|review)-/;
const YES_NO = { yes: "1", no: "0" };
const AS_IT_IS = "cover-tier";

const oneLine = (typed) => typed.replace(/[\r\n]/g, " ").trim();

function byName(form) {
  const found = new Map();
  for (const control of form.elements) {
    if (!FIELD.test(control.name) || control.type === "hidden") continue;
    found.set(control.name, [...(found.get(control.name) ?? []), control]);
  }
  return found;
}

function said([first, ...others], name) {
  const all = [first, ...others];
  const chosen = all.flatMap((control, place) => (control.checked ? [place] : []));
  if (first.type === "checkbox") return others.length ? chosen.join(",") : first.checked ? "1" : "";
  if (first.type !== "radio") return oneLine(first.value);
  if (!chosen.length) return "";
  const { value } = all[chosen[0]];
  return name === AS_IT_IS ? value : (YES_NO[value] ?? String(chosen[0]));
}

export function text(form, id, language) {
  const fields = byName(form);
  const buyers = new Set([...fields.keys()].flatMap((name) => /^buyers-\d+/.exec(name) ?? []));
  const lines = ["1", id.replaceAll("-", ""), language, form.dataset.product, String(buyers.size)];
  fields.forEach((controls, name) => lines.push(said(controls, name)));
  return lines.join("\n").replace(/\n+$/, "");
}

// Raw deflate where the browser can, cut out of zlib's where it only knows that, else the text itself.
const DEFLATES = [["deflate-raw", 0], ["deflate", 2, -4]];

export async function pack(text) {
  const plain = new TextEncoder().encode(text);
  for (const [format, ...cut] of DEFLATES) {
    try {
      const packed = new Blob([plain]).stream().pipeThrough(new CompressionStream(format));
      return new Uint8Array(await new Response(packed).arrayBuffer()).slice(...cut);
    } catch {
      continue;
    }
  }
  return plain;
}

// SHA-256 as hex; rejects where the page did not come over HTTPS.
export async function digest(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
