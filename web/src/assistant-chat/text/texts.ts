/** The widget's own words, from the content files: one key, two languages. */

import en from "../../content/en.json";
import fr from "../../content/fr.json";
import type { Language } from "../core/protocol";

type Key = keyof typeof fr & keyof typeof en;
type Plural<K> = K extends `${infer Stem}.one` ? Stem : never;
export type TextKey = Key;
export type PluralKey = Plural<Key>;
type Values = Readonly<Record<string, string | number>>;

const TEXTS: Record<Language, Readonly<Record<string, string>>> = { fr, en };
const RULES = { fr: new Intl.PluralRules("fr-CA"), en: new Intl.PluralRules("en-CA") };

/** Speaks one language. */
export class Texts {
  constructor(readonly language: Language) {}

  get(key: TextKey, values: Values = {}): string {
    return fill(TEXTS[this.language][key] ?? key, values);
  }

  /** The singular or plural sentence that fits `count`. */
  count(key: PluralKey, count: number, values: Values = {}): string {
    const form = RULES[this.language].select(count) === "one" ? "one" : "other";
    return fill(TEXTS[this.language][`${key}.${form}`] ?? key, { ...values, count });
  }

  /** What to say about a failure; codes without a sentence of their own get the general one. */
  failure(code: string | undefined): string {
    const sentence = TEXTS[this.language][`error.${code ?? "generic"}`];
    return sentence ?? this.get("error.generic");
  }
}

function fill(sentence: string, values: Values): string {
  return sentence.replace(/\{(\w+)\}/gu, (whole, name: string) => String(values[name] ?? whole));
}
