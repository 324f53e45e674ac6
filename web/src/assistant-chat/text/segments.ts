/**
 * Turns the light markup of answers into typed pieces, never into HTML: paragraphs, `- ` lists, [links](where), **strong**.
 * A link whose target we don't allow keeps its words only.
 */

export type Segment =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "strong"; readonly text: string }
  | { readonly kind: "link"; readonly text: string; readonly href: string; readonly isOutside: boolean };

export interface Block {
  readonly kind: "paragraph" | "list" | "steps";
  /** One row for a paragraph, one for each item of a list. */
  readonly rows: readonly (readonly Segment[])[];
}

const INLINE = /\[(?<label>[^\]\n]+)\]\((?<target>[^)\s]+)\)|\*\*(?<strong>[^*\n]+)\*\*|(?<address>https:\/\/[^\s<>()"«»]+[^\s<>()"«».,;:!?])|(?<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)/gu;
const ITEM = /^(?:-|(?<number>\d{1,2})[.)])\s+(?<rest>.*)$/u;
// Browsers skip control characters and spaces inside schemes; so must whoever checks them.
const IGNORED = /[\u0000-\u0020\u007f-\u009f\u200b-\u200f\u2028\u2029\ufeff]/gu;

/** The blocks of a text; `site` is where its same-site paths lead. */
export function toBlocks(text: string, site: string): Block[] {
  return text
    .trim()
    .split(/\n\s*\n/u)
    .flatMap((chunk) => toChunkBlocks(chunk, site));
}

/** The pieces of one line. */
export function toSegments(line: string, site: string): Segment[] {
  const segments: Segment[] = [];
  let end = 0;
  for (const match of line.matchAll(INLINE)) {
    push(segments, { kind: "text", text: line.slice(end, match.index) });
    push(segments, toSegment(match, site));
    end = match.index + match[0].length;
  }
  push(segments, { kind: "text", text: line.slice(end) });
  return segments;
}

/** The words alone, as one would read them aloud. */
export function toPlain(text: string, site: string): string {
  return toBlocks(text, site)
    .map((block) => block.rows.map((row) => row.map((segment) => segment.text).join("")).join(". "))
    .join(" ");
}

/** Where a link may lead, or undefined: https, mailto, tel, and paths on our own site. */
export function safeHref(target: string, site: string): string | undefined {
  const cleaned = target.replace(IGNORED, "");
  if (cleaned !== target) return undefined;
  if (/^\/(?![/\\])/u.test(cleaned) || cleaned.startsWith("#")) return resolve(cleaned, site);
  if (/^(?:mailto|tel):/iu.test(cleaned)) return cleaned;
  if (/^https:\/\//iu.test(cleaned)) return resolve(cleaned);
  // A plain http address is only let through to our own machine, which may run without TLS in development.
  const href = /^http:\/\//iu.test(cleaned) ? resolve(cleaned) : undefined;
  return href !== undefined && isSameHost(href, site) ? href : undefined;
}

function isSameHost(href: string, site: string): boolean {
  const [there, here] = [new URL(href), new URL(site)];
  return here.protocol === "http:" && there.hostname === here.hostname;
}

function resolve(target: string, base?: string): string | undefined {
  return URL.canParse(target, base) ? new URL(target, base).href : undefined;
}

function toSegment(match: RegExpMatchArray, site: string): Segment {
  const { label, target, strong, address, mail } = match.groups ?? {};
  if (strong !== undefined) return { kind: "strong", text: strong };
  if (mail !== undefined) return { kind: "link", text: mail, href: `mailto:${mail}`, isOutside: false };
  const text = label ?? address ?? "";
  const href = safeHref(target ?? text, site);
  if (href === undefined) return { kind: "text", text };
  const isOutside = href.startsWith("http") && !href.startsWith(site + "/");
  return { kind: "link", text, href, isOutside };
}

function push(segments: Segment[], segment: Segment): void {
  if (segment.text) segments.push(segment);
}

function toChunkBlocks(chunk: string, site: string): Block[] {
  const blocks: { kind: Block["kind"]; lines: string[] }[] = [];
  for (const line of chunk.split("\n")) {
    const item = ITEM.exec(line);
    const last = blocks.at(-1);
    const kind = item?.groups?.["number"] === undefined ? "list" : "steps";
    if (item && last?.kind === kind) last.lines.push(item.groups?.["rest"] ?? "");
    else if (item) blocks.push({ kind, lines: [item.groups?.["rest"] ?? ""] });
    else if (last) last.lines[last.lines.length - 1] += ` ${line.trim()}`;
    else blocks.push({ kind: "paragraph", lines: [line.trim()] });
  }
  return blocks
    .map(({ kind, lines }) => ({ kind, rows: lines.map((line) => toSegments(line.trim(), site)) }))
    .filter((block) => block.rows.some((row) => row.length));
}
