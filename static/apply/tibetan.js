// A phone without Tibetan letters fetches a font, once, when everything else is there; its own font always comes first.
// The address stays from version to version, and so does what the worker keeps of it.
const FONT = "../../../fonts/noto-serif-tibetan-phone.woff2";

// Letters that no font has are all drawn as the same empty box.
function isLacking() {
  const pen = document.createElement("canvas").getContext("2d");
  const box = pen.measureText("\u0fff").width;
  return [..."ཀཅཚ"].every((letter) => pen.measureText(letter).width === box);
}

export async function bringTibetan() {
  if (document.documentElement.lang !== "bo" || navigator.connection?.saveData || !isLacking()) return;
  const font = new FontFace("Tsheg Tibetan", `url(${new URL(FONT, import.meta.url)})`, { unicodeRange: "U+F00-FFF" });
  document.fonts.add(await font.load());
}
