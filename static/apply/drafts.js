// The form as it is being filled in, kept at every change.
import { keep } from "./sealed.js";

const hex = (number, digits) => number.toString(16).padStart(digits, "0");

// UUIDv7 in 32 digits: the moment, then chance.
export function newId() {
  const chance = [...crypto.getRandomValues(new Uint8Array(10))].map((byte) => hex(byte, 2)).join("");
  return `${hex(Date.now(), 12)}7${chance.slice(0, 3)}${hex(8 + (chance.charCodeAt(3) % 4), 1)}${chance.slice(4, 19)}`;
}

export const answers = (form) => new URLSearchParams(new FormData(form)).toString();

let busy = Promise.resolve();
let next;

// "saved" or "unsaved". Changes that come while one is being written share the next writing.
export function keepDraft(form) {
  next ??= busy = busy.then(async () => {
    next = null;
    const open = { id: form.elements.id.value, page: location.pathname };
    return keep("put", "drafts", open, { answers: answers(form) }).then(() => "saved", () => "unsaved");
  });
  return busy;
}
