/** Which entries hold all the words somebody looks for, however they are accented or capitalised. */

/** The words of a text without case, accents, ligatures and punctuation. */
export function fold(text: string): string {
  return text
    .replace(/œ/giu, "oe")
    .replace(/æ/giu, "ae")
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** Whether every word of `query` begins a word of `text`, both folded. */
export function matches(text: string, query: string): boolean {
  const padded = ` ${text}`;
  return query.split(" ").every((word) => padded.includes(` ${word}`));
}
