/** The desk's own words, amounts and moments, in the rep's language. */

import type { Language } from "../assistant-chat/core/protocol";
import { inWords } from "../assistant-chat/text/dates";
import { Words } from "../assistant-chat/text/words";
import en from "../content/desk.en.json";
import fr from "../content/desk.fr.json";

export type DeskKey = keyof typeof fr & keyof typeof en;
const TEXTS = { fr, en };
const LOCALES = { fr: "fr-CA", en: "en-CA" };

export class DeskTexts extends Words<DeskKey> {
  constructor(language: Language) {
    super(language, TEXTS[language]);
  }

  /** The name of something that has one in the content; else what the program calls it. */
  name(group: string, id: string): string {
    return this.find(`${group}.${id}`) ?? id;
  }

  /** "52,30 $", "$52.30" */
  money(cents: number): string {
    return new Intl.NumberFormat(LOCALES[this.language], { style: "currency", currency: "CAD" }).format(cents / 100);
  }

  percent(share: number): string {
    return new Intl.NumberFormat(LOCALES[this.language], { style: "percent" }).format(share);
  }

  /** A day that is written as a date: "23 nov. 2026". */
  day(iso: string): string {
    return this.#moment(`${iso.slice(0, 10)}T12:00:00`, { dateStyle: "medium" });
  }

  moment(iso: string): string {
    return this.#moment(iso, { day: "numeric", month: "short", year: "numeric", hour: "numeric", minute: "2-digit" });
  }

  time(iso: string): string {
    return this.#moment(iso, { hour: "numeric", minute: "2-digit" });
  }

  #moment(iso: string, options: Intl.DateTimeFormatOptions): string {
    const moment = new Date(iso);
    if (Number.isNaN(moment.getTime())) return iso;
    // "8 h 05" and "8:05 a.m." stay in one piece.
    return inWords(moment, this.language, options).replace(/ h /u, "\u00a0h\u00a0").replace(/ (?=[ap]\.m\.)/u, "\u00a0");
  }
}

/** "3:05", or "1:02:00" after an hour. */
export function clock(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), Math.floor(seconds % 60)];
  const two = (number: number): string => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** An amount as people type it, in cents; undefined when it is none. */
export function parseAmount(text: string): number | undefined {
  const cleaned = text.replace(/[\s\u00a0\u202f$]/gu, "").replace(",", ".");
  if (!/^\d{1,7}(?:\.\d{1,2})?$/u.test(cleaned)) return undefined;
  const cents = Math.round(Number(cleaned) * 100);
  return cents > 0 ? cents : undefined;
}
