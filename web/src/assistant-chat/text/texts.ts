/** The widget's own words, from the content files: one key, two languages. */

import en from "../../content/en.json";
import fr from "../../content/fr.json";
import type { Language } from "../core/protocol";
import { Words } from "./words";

export type TextKey = keyof typeof fr & keyof typeof en;
const TEXTS = { fr, en };

/** Speaks one language. */
export class Texts extends Words<TextKey> {
  constructor(language: Language) {
    super(language, TEXTS[language]);
  }

  /** What to say about a failure; codes without a sentence of their own get the general one. */
  failure(code: string | undefined): string {
    return this.find(`error.${code ?? "generic"}`) ?? this.get("error.generic");
  }
}
