/** Times as people here write them. */

import type { Language } from "../core/protocol";

const LOCALES: Record<Language, string> = { fr: "fr-CA", en: "en-CA" };

/** A moment in words; in French the first day of a month is "1er". */
export function inWords(moment: Date, language: Language, options: Intl.DateTimeFormatOptions): string {
  const parts = new Intl.DateTimeFormat(LOCALES[language], options).formatToParts(moment);
  const isFirst = (part: Intl.DateTimeFormatPart): boolean => language === "fr" && part.type === "day" && part.value === "1";
  return parts.map((part) => (isFirst(part) ? "1er" : part.value)).join("");
}

/** "14 h 05", "2:05 p.m." */
export function timeOf(iso: string, language: Language): string {
  return inWords(new Date(iso), language, { hour: "numeric", minute: "2-digit" });
}

/** "lundi 23 novembre", "Monday, November 23" */
export function dayOf(iso: string, language: Language): string {
  return inWords(new Date(iso), language, { weekday: "long", day: "numeric", month: "long" });
}

/** Whole days between the day of `iso` and today; 0 is today, 1 yesterday. */
export function daysAgo(iso: string, now: Date = new Date()): number {
  const midnight = (date: Date): number => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  return Math.round((midnight(now) - midnight(new Date(iso))) / 86_400_000);
}
