// A name as strangers may see it: its first character or syllable.
export function masked(name) {
  const first = /^(?:[^\u0F00-\u0FFF]|[^་]+)/u.exec((name ?? "").trim());
  return first ? `${first[0]}＊＊` : "";
}
