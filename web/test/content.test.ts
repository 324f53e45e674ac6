import { describe, expect, it } from "vitest";
import en from "../src/content/en.json";
import fr from "../src/content/fr.json";
import { Texts } from "../src/assistant-chat/text/texts";

const pairs = Object.entries(fr as Record<string, string>).map(
  ([key, text]) => [key, text, (en as Record<string, string>)[key] ?? ""] as const,
);
const names = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/gu)].map((match) => match[1] ?? "").sort();

describe("the two languages", () => {
  it("have the same keys in the same order", () => {
    expect(Object.keys(fr)).toEqual(Object.keys(en));
  });

  it.each(pairs)("%s says something in both, with the same names to fill in", (_key, french, english) => {
    expect(french.trim()).not.toBe("");
    expect(english.trim()).not.toBe("");
    expect(names(french)).toEqual(names(english));
  });

  it("have a singular for every plural", () => {
    const stems = (form: string): string[] => Object.keys(fr).filter((key) => key.endsWith(form)).map((key) => key.slice(0, -form.length));
    expect(stems(".one")).toEqual(stems(".other"));
  });
});

describe("French", () => {
  it.each(pairs)("%s keeps to its typography", (_key, french) => {
    expect(french).not.toMatch(/'/u); // ’ is the apostrophe
    expect(french).not.toMatch(/[^\u00a0]:/u); // Quebec usage: a no-break space before a colon,
    expect(french).not.toMatch(/[ \u00a0\u202f][;!?]/u); // none before these
    expect(french).not.toMatch(/\.\.\./u);
    expect(french).not.toMatch(/\{\w+\} /u); // numbers stay with what they count
    expect(french).not.toMatch(/«[^\u00a0]|[^\u00a0]»/u);
  });

  it.each(pairs)("%s says vous", (_key, french) => {
    expect(french).not.toMatch(/\b(tu|toi|ton|ta|tes|t’)\b/iu);
  });

  it("counts nothing in the singular, English in the plural", () => {
    expect(new Texts("fr").count("composer.left", 0)).toBe("0\u00a0caractère restant");
    expect(new Texts("en").count("composer.left", 0)).toBe("0 characters left");
    expect(new Texts("fr").count("composer.over", 2, { limit: 1000 })).toContain("1000\u00a0caractères");
  });
});
