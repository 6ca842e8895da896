// What each kind of field understands: { value } or { code, values }. The server checks everything again.
import { parseDate, parseDays, parseYear } from "./dates.js";
import { creditCode, mobile, oldLicence, residentId } from "./identity.js";
import { parseYuan } from "./money.js";

export const CHECKS = {
  money: parseYuan,
  date: parseDate,
  year: parseYear,
  days: parseDays,
  mobile,
  credit_code: creditCode,
  resident_id: residentId,
  old_licence: oldLicence,
};

export function kindOf(input) {
  const kind = input.dataset.check;
  if (kind !== "id_number") return kind;
  const beside = input.form?.elements.namedItem(input.name.replace("id_number", "id_kind"));
  return beside?.value || "";
}

export function check(input) {
  return CHECKS[kindOf(input)]?.(input.value, input.dataset) ?? { value: input.value };
}
