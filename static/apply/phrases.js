// What only a few need to be told stands on the page of one's own applications, in both languages; it is fetched when it is needed.
let page;

async function fetched() {
  const answer = await fetch(`${location.pathname}/mine?lang=${document.documentElement.lang.slice(0, 2)}`);
  if (!answer.ok) throw new Error(answer.status);
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

export async function phrase(id) {
  const here = document.getElementById(id);
  page ??= here ? Promise.resolve(document) : fetched();
  return document.importNode((await page).getElementById(id).content, true);
}
