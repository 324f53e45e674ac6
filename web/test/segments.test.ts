import { describe, expect, it } from "vitest";
import { render } from "lit";
import { Texts } from "../src/assistant-chat/text/texts";
import { safeHref, toBlocks, toPlain, toSegments } from "../src/assistant-chat/text/segments";
import { textView } from "../src/assistant-chat/views/text-view";
import type { Ui } from "../src/assistant-chat/views/ui";

const SITE = "https://aide.example.ca";
const ui = { site: SITE, texts: new Texts("fr"), actions: { followLink: () => undefined } } as unknown as Ui;

function draw(text: string): HTMLElement {
  const area = document.createElement("div");
  render(textView(ui, text), area);
  return area;
}

describe("light markup", () => {
  it("becomes paragraphs, lists, steps, links and strong words", () => {
    const blocks = toBlocks("Un **deux**.\nsuite\n\n- [trois](/fr/)\n- quatre\n  suite\n\n1. cinq\n2. six", SITE);
    expect(blocks.map((block) => [block.kind, block.rows.length])).toEqual([
      ["paragraph", 1],
      ["list", 2],
      ["steps", 2],
    ]);
    expect(toPlain("Un **deux**.\n\n- [trois](/fr/)\n- quatre", SITE)).toBe("Un deux. trois. quatre");
  });

  it("leads our own paths to the gateway's site, whatever page the widget is on", () => {
    expect(toSegments("[ici](/fr/#cost)", SITE)).toEqual([
      { kind: "link", text: "ici", href: "https://aide.example.ca/fr/#cost", isOutside: false },
    ]);
  });

  it("recognises addresses that stand alone, without the full stop after them", () => {
    expect(toSegments("Voir https://a.ca/b. Écrire à x@y.ca.", SITE).filter((segment) => segment.kind === "link")).toEqual([
      { kind: "link", text: "https://a.ca/b", href: "https://a.ca/b", isOutside: true },
      { kind: "link", text: "x@y.ca", href: "mailto:x@y.ca", isOutside: false },
    ]);
  });

  it.each(["2 * 3 * 4", "a [b] (c)", "**", "[](x)", "- ", "1.5 Go", "50 % - 60 %", "l’été"])("leaves %j as it is", (text) => {
    expect(toSegments(text, SITE)).toEqual([{ kind: "text", text }]);
  });
});

describe("a link", () => {
  it.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\u0000script:alert(1)",
    "java\tscript:alert(1)",
    "\u0001javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//evil.example",
    "/\\evil.example",
    "http://evil.example",
    "blob:https://a.ca/1",
    "https://",
  ])("may not lead to %j", (target) => {
    expect(safeHref(target, SITE)).toBeUndefined();
  });

  it.each(["https://a.ca/", "mailto:a@b.ca", "tel:+18003404920", "/fr/", "#cost"])("may lead to %j", (target) => {
    expect(safeHref(target, SITE)).toBeDefined();
  });

  it("that leaves the site opens apart, says so, and tells nobody where it came from", () => {
    const link = draw("[a](https://a.ca/)").querySelector("a");
    expect(link?.target).toBe("_blank");
    expect(link?.rel).toBe("noopener noreferrer");
    expect(link?.textContent).toContain("(nouvel onglet)");
  });
});

describe("hostile text", () => {
  it.each([
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    '[x](https://a.ca/"onmouseover="alert(1))',
    "**<b onclick=alert(1)>**",
    "- <iframe src=//evil.example>",
    "[<svg/onload=alert(1)>](https://a.ca/)",
  ])("stays text: %j", (text) => {
    const area = draw(text);
    expect(area.querySelector("script, img, iframe, svg:not(.icon), b, [onclick], [onmouseover], [onerror]")).toBeNull();
    for (const link of area.querySelectorAll("a")) expect(link.protocol).toBe("https:");
  });
});
