// What an answer means for the record it was given to. Only our own signed receipt is success; a stranger's page is nothing.
import { masked } from "./masked.js";
import { keep, unseal } from "./sealed.js";
import { fits, verified } from "./signature.js";
import { change, read } from "./store.js";

const BUSY = [429, 503];
const REFUSED = [409, 413, 422];
const MINUTE = 60;

// What stays on the phone afterwards: enough to ask how it stands, nothing about anybody.
function summary({ id, page, answers }, { reference, code, received_at, point }) {
  const given = new URLSearchParams(answers);
  const buyers = [...given].filter(([name]) => /^buyers-\d+-name$/.test(name)).map(([, name]) => masked(name));
  return { id, page, reference, code, received_at, point, who: masked(given.get("policyholder-name")), buyers };
}

// Other tabs show how it stands too.
function announce(outcome) {
  const channel = globalThis.BroadcastChannel && new BroadcastChannel("tsheg");
  channel?.postMessage(outcome);
  channel?.close();
  return { outcome };
}

async function receive(record, receipt) {
  await change(["receipts", "queue", "aside"], (receipts, ...others) => {
    receipts.put(summary(record, receipt), record.id);
    for (const other of others) other.delete(record.id);
  });
  return announce("received");
}

// What was refused stays, with the reasons, until it is corrected or put aside.
async function refuse({ text, answers, ...open }, problems) {
  await keep("put", "queue", { ...open, state: "refused" }, { text, answers, problems });
  return announce("refused");
}

// { outcome } when it is settled, { pause } in milliseconds when everything is to wait, {} when it is to be offered again.
export async function judge(record, { status, said, later }, again) {
  if (said.challenge && again) {
    const { solve } = await import("./work.js");
    const answer = await again(record, { "X-Work": await solve(said.challenge) });
    return answer ? judge(record, answer) : {};
  }
  const receipt = await verified(said, record.key);
  if (receipt && (await fits(receipt, record))) return receive(record, receipt);
  const problems = said.problems ?? (said.problem && [{ text: said.problem, reference: receipt?.reference }]);
  if (problems && REFUSED.includes(status)) return refuse(record, problems);
  return BUSY.includes(status) ? { pause: (Number(later) || MINUTE) * 1000 } : {};
}

// A receipt that came by QR code: the record it is for, when this phone has it, is received.
export async function accept(answer, key) {
  const receipt = await verified(answer, key);
  const id = receipt?.id.replaceAll("-", "");
  const sealed = id && ((await read("queue", id)) ?? (await read("aside", id)));
  const record = sealed && (await unseal(sealed));
  return Boolean(record && (await fits(receipt, record)) && (await receive(record, receipt)));
}
