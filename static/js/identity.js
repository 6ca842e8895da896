// Identity numbers, checked as their standards say; mirrors domain/identity.py.
import { day, iso } from "./dates.js";
import { compact, length, wrong } from "./text.js";

const ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const CREDIT_CODE = { example: "91540234MA6T0A1B8M" };
const RESIDENT_ID = { example: "540234199001010018" };
const OLD_LICENCE = { example: "540000200001234" };
const MOBILE = { example: "13800001234" };
const digits = (text) => /^[0-9]+$/.test(text);

export function creditCode(text) {
  const code = compact(text);
  if (length(code) !== 18) return wrong("credit_code_length", { length: String(length(code)), ...CREDIT_CODE });
  const strange = [...code].filter((character) => !ALPHABET.includes(character)).sort();
  if (strange.length) return wrong("credit_code_alphabet", { character: strange[0], ...CREDIT_CODE });
  if (!/^[1-9][0-9]{5}$/.test(code.slice(2, 8))) return wrong("credit_code_area", CREDIT_CODE);
  const sum = [...code.slice(0, 17)].reduce((total, character, place) => total + ALPHABET.indexOf(character) * (3 ** place % 31), 0);
  return code[17] === ALPHABET[(31 - (sum % 31)) % 31] ? { value: code } : wrong("credit_code_check", CREDIT_CODE);
}

export function residentId(text) {
  const number = compact(text);
  if (length(number) !== 18) return wrong("resident_id_length", { length: String(length(number)), ...RESIDENT_ID });
  if (!/^[0-9]{17}[0-9X]$/.test(number)) return wrong("resident_id_alphabet", RESIDENT_ID);
  const born = day(Number(number.slice(6, 10)), Number(number.slice(10, 12)), Number(number.slice(12, 14)));
  if (!born || born.year < 1900) return wrong("resident_id_birth_date", RESIDENT_ID);
  if (iso(born) > new Date().toISOString().slice(0, 10)) return wrong("resident_id_future", RESIDENT_ID);
  const sum = [...number.slice(0, 17)].reduce((total, digit, place) => total + Number(digit) * (2 ** (17 - place) % 11), 0);
  return number[17] === "10X98765432"[sum % 11] ? { value: number } : wrong("resident_id_check", RESIDENT_ID);
}

export function oldLicence(text) {
  const number = compact(text);
  if (!digits(number)) return wrong("old_licence_digits", OLD_LICENCE);
  return number.length === 15 ? { value: number } : wrong("old_licence_length", { length: String(number.length), ...OLD_LICENCE });
}

export function mobile(text) {
  const number = compact(text).replace(/[()]/g, "").replace(/^(?:\+|00)?86(?=.{11}$)/, "");
  if (!digits(number)) return wrong("mobile_digits", MOBILE);
  if (number.length !== 11) return wrong("mobile_length", { length: String(number.length), ...MOBILE });
  return /^1[3-9]/.test(number) ? { value: number } : wrong("mobile_prefix", MOBILE);
}
