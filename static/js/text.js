// The twins that typing mixes up, as in domain/characters.py: full-width and Tibetan digits become ASCII.
export const fold = (text) =>
  text.replace(/\s+/g, " ").trim().replace(/[\uFF01-\uFF5E\uFFE5\u0F20-\u0F29]/g, (character) => {
    if (character === "\uFFE5") return "\u00A5";
    const code = character.charCodeAt(0);
    return String.fromCharCode(code < 0x1000 ? code - 0x0f20 + 0x30 : code - 0xfee0);
  });

export const compact = (text) => fold(text).replace(/[\s\-‐‑‒–—−]/g, "").toUpperCase();

export const grouped = (text, ...sizes) => {
  let from = 0;
  return sizes.map((size) => text.slice(from, (from += size))).join(" ");
};

export const fill = (template, values) => template.replace(/%\((\w+)\)s/g, (_, name) => values[name] ?? "");

export const length = (text) => [...text].length;

export const wrong = (code, values = {}) => ({ code, values });
