import { describe, expect, it } from "vitest";
import deskEn from "../src/content/desk.en.json";
import deskFr from "../src/content/desk.fr.json";
import en from "../src/content/en.json";
import fr from "../src/content/fr.json";
import { Texts } from "../src/assistant-chat/text/texts";

type Content = Readonly<Record<string, string>>;
const files: readonly (readonly [string, Content, Content])[] = [
  ["widget", fr, en],
  ["desk", deskFr, deskEn],
];
const pairs = files.flatMap(([, french, english]) =>
  Object.entries(french).map(([key, text]) => [key, text, english[key] ?? ""] as const),
);
const names = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/gu)].map((match) => match[1] ?? "").sort();

describe("the two languages", () => {
  it.each(files)("of the %s have the same keys in the same order", (_name, french, english) => {
    expect(Object.keys(french)).toEqual(Object.keys(english));
  });

  it.each(pairs)("%s says something in both, with the same names to fill in", (_key, french, english) => {
    expect(french.trim()).not.toBe("");
    expect(english.trim()).not.toBe("");
    expect(names(french)).toEqual(names(english));
  });

  it.each(files)("of the %s have a singular for every plural", (_name, french) => {
    const counted = Object.keys(french).filter((key) => french[key]?.includes("{count}"));
    const stems = (form: string): string[] => counted.filter((key) => key.endsWith(form)).map((key) => key.slice(0, -form.length));
    const ones = Object.keys(french).filter((key) => key.endsWith(".one"));
    expect(stems(".other")).toEqual(ones.map((key) => key.slice(0, -".one".length)));
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
    expect(french).not.toMatch(/(?<!\p{L})(tu|toi|ton|ta|tes|t’)(?!\p{L})/iu);
  });

  it("counts nothing in the singular, English in the plural", () => {
    expect(new Texts("fr").count("composer.left", 0)).toBe("0\u00a0caractère restant");
    expect(new Texts("en").count("composer.left", 0)).toBe("0 characters left");
    expect(new Texts("fr").count("composer.over", 2, { limit: 1000 })).toContain("1000\u00a0caractères");
  });
});
