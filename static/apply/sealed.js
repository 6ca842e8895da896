// People's answers lie on the phone encrypted; their key stays in this browser and cannot be taken out.
import { change, read } from "./store.js";

const AES = { name: "AES-GCM", length: 256 };

async function ownKey() {
  const key = await read("keys", "own");
  if (key) return key;
  const made = await crypto.subtle.generateKey(AES, false, ["encrypt", "decrypt"]);
  await change(["keys"], (keys) => keys.add(made, "own")).catch(() => {});
  return read("keys", "own");
}

export async function unseal({ iv, data, ...open }) {
  if (!iv) return open;
  const plain = await crypto.subtle.decrypt({ ...AES, iv }, await read("keys", "own"), data);
  return { ...open, ...JSON.parse(new TextDecoder().decode(plain)) };
}

// Writes `open` as it is and `secret` sealed, takes the same id out of `from`, and looks whether it is really there.
export async function keep(how, name, open, secret, ...from) {
  const plain = new TextEncoder().encode(JSON.stringify(secret));
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ ...AES, iv }, await ownKey(), plain);
  await change([name, ...from], (to, ...others) => {
    to[how]({ ...open, iv, data }, open.id);
    for (const other of others) other.delete(open.id);
  });
  const kept = await unseal(await read(name, open.id));
  if (JSON.stringify(kept) !== JSON.stringify({ ...open, ...secret })) throw new Error(name);
}
