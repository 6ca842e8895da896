// Days, years and spans as typed; mirrors domain/dates.py. A day is { year, month, day }.
import { fill, fold, wrong } from "./text.js";

const SHAPES = [
  /^([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})$/,
  /^([0-9]{4})()([0-9]{2})([0-9]{2})$/,
  /^([0-9]{4})(年)([0-9]{1,2})月([0-9]{1,2})[日号]$/,
];
const EXAMPLE = { example: "2026-11-20" };
const tight = (text) => fold(text).replaceAll(" ", "");

export function day(year, month, date) {
  const made = new Date(Date.UTC(2000, month - 1, date));
  made.setUTCFullYear(year, month - 1, date);
  const real = made.getUTCFullYear() === year && made.getUTCMonth() === month - 1 && made.getUTCDate() === date;
  return real ? { year, month, day: date } : null;
}

export function parseDate(text) {
  const found = SHAPES.map((shape) => shape.exec(tight(text))).find(Boolean);
  if (!found) return wrong("date_shape", EXAMPLE);
  const value = Number(found[1]) > 0 && day(Number(found[1]), Number(found[3]), Number(found[4]));
  if (!value) return wrong("date_unreal", EXAMPLE);
  if (value.year < 1900 || value.year > 2200) return wrong("date_year", { low: "1900", high: "2200" });
  return { value };
}

export function parseYear(text) {
  const found = /^([0-9]{4})年?$/.exec(tight(text));
  if (!found) return wrong("year_shape", { example: "2026" });
  const value = Number(found[1]);
  return value < 1950 || value > 2200 ? wrong("year_range", { low: "1950", high: "2200" }) : { value };
}

export function parseDays(text, { low, high }) {
  const found = /^([0-9]+)[天日]?$/.exec(tight(text));
  if (!found) return wrong("days_shape");
  const value = Number(found[1]);
  return found[1].length > 6 || value < Number(low) || value > Number(high) ? wrong("days_range", { low, high }) : { value };
}

export function later({ year, month, day: date }, days) {
  const moved = new Date(Date.UTC(year, month - 1, date + days));
  return { year: moved.getUTCFullYear(), month: moved.getUTCMonth() + 1, day: moved.getUTCDate() };
}

export const iso = ({ year, month, day: date }) =>
  `${year}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;

export const written = (pattern, value) => fill(pattern, value);
