// A phone without Tibetan letters fetches a font, once, when everything else is there; its own font always comes first.
// The page keeps it, under an address that stays from version to version: from then on the letters are there at once.
const FONT = new URL("../../../fonts/noto-serif-tibetan-phone.woff2", import.meta.url).href;
const SHELF = "tsheg-fonts";

// Letters that no font has are all drawn as the same empty box.
function isLacking() {
  const pen = document.createElement("canvas").getContext("2d");
  const box = pen.measureText("\u0fff").width;
  return [..."ཀཅཚ"].every((letter) => pen.measureText(letter).width === box);
}

async function download() {
  const answer = await fetch(FONT);
  if (!answer.ok) throw new Error(answer.status);
  const copy = answer.clone();
  await globalThis.caches?.open(SHELF).then((fonts) => fonts.put(FONT, copy)).catch(() => {});
  return answer;
}

async function bring(others) {
  if (document.documentElement.lang !== "bo" || document.fonts.size) return;
  let answer = await globalThis.caches?.match(FONT);
  if (!answer) {
    await others;
    if (navigator.connection?.saveData || !isLacking()) return;
    answer = await download();
  }
  const font = new FontFace("Tsheg Tibetan", await answer.arrayBuffer(), { unicodeRange: "U+F00-FFF" });
  document.fonts.add(await font.load());
}

// Whether it comes or not, the page works.
export const bringTibetan = (others) => bring(others).catch(() => {});
