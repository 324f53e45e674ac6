/** Times as people here write them. */

import type { Language } from "../core/protocol";

const LOCALES: Record<Language, string> = { fr: "fr-CA", en: "en-CA" };

/** "14 h 05", "2:05 p.m." */
export function timeOf(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(LOCALES[language], { hour: "numeric", minute: "2-digit" }).format(new Date(iso));
}

/** "lundi 23 novembre", "Monday, November 23" */
export function dayOf(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(LOCALES[language], { weekday: "long", day: "numeric", month: "long" }).format(
    new Date(iso),
  );
}

/** Whole days between the day of `iso` and today; 0 is today, 1 yesterday. */
export function daysAgo(iso: string, now: Date = new Date()): number {
  const midnight = (date: Date): number => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  return Math.round((midnight(now) - midnight(new Date(iso))) / 86_400_000);
}
