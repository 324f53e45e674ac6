/** Sentences from a content file in one language: filled in, in the singular or the plural. */

import type { Language } from "../core/protocol";

type Plural<K> = K extends `${infer Stem}.one` ? Stem : never;
export type Values = Readonly<Record<string, string | number>>;

const RULES = { fr: new Intl.PluralRules("fr-CA"), en: new Intl.PluralRules("en-CA") };

export class Words<K extends string> {
  constructor(
    readonly language: Language,
    private readonly sentences: Readonly<Record<string, string>>,
  ) {}

  get(key: K, values: Values = {}): string {
    return fill(this.sentences[key] ?? key, values);
  }

  /** The singular or plural sentence that fits `count`. */
  count(key: Plural<K>, count: number, values: Values = {}): string {
    const form = RULES[this.language].select(count) === "one" ? "one" : "other";
    return fill(this.sentences[`${key}.${form}`] ?? key, { ...values, count });
  }

  /** The sentence of a name made from data, if there is one. */
  find(key: string): string | undefined {
    return this.sentences[key];
  }
}

function fill(sentence: string, values: Values): string {
  return sentence.replace(/\{(\w+)\}/gu, (whole, name: string) => String(values[name] ?? whole));
}
