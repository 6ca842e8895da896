// Whether a receipt is the point's own: its signature, and the very record it was given for.
import { digest } from "./slip.js";

const CONTEXT = "tsheg-receipt-v1\n";
const encoded = (text) => new TextEncoder().encode(text);

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}

// Phones from before 2025 cannot do it by themselves.
async function genuine(key, signature, message) {
  try {
    const known = await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
    return await crypto.subtle.verify("Ed25519", known, signature, message);
  } catch {
    const { verifyAsync } = await import("../vendor/ed25519@3.2.0/ed25519.js");
    return verifyAsync(signature, message, key, { zip215: false });
  }
}

// The receipt in an answer or a QR code, or null when whoever holds `key` has not signed it.
export async function verified({ signed, signature }, key) {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes(signed));
    return (await genuine(bytes(key), bytes(signature), encoded(CONTEXT + text))) ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

export const fits = async (receipt, { id, text }) =>
  receipt.id.replaceAll("-", "") === id && receipt.digest === (await digest(text));
