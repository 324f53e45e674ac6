/** Draws an answer's blocks as elements; text only ever becomes text nodes. */

import { html } from "lit";
import type { TemplateResult } from "lit";
import { toBlocks } from "../text/segments";
import type { Block, Segment } from "../text/segments";
import { awayIcon } from "./icons";
import type { Ui } from "./ui";

export function textView(ui: Ui, text: string): TemplateResult[] {
  return toBlocks(text, ui.site).map((block) => blockView(ui, block));
}

/** A link; one that leaves the site says that it opens a new tab. */
export function linkView(ui: Ui, text: string, href: string, isOutside: boolean): TemplateResult {
  if (!isOutside) return html`<a href=${href} @click=${ui.actions.followLink}>${text}</a>`;
  return html`<a href=${href} target="_blank" rel="noopener noreferrer" @click=${ui.actions.leaveForLink}
    >${text}<span class="sr-only" lang=${ui.texts.language}>&nbsp;${ui.texts.get("message.newTab")}</span>${awayIcon}</a
  >`;
}

function blockView(ui: Ui, block: Block): TemplateResult {
  const rows = block.rows.map((row) => row.map((segment) => segmentView(ui, segment)));
  if (block.kind === "paragraph") return html`<p>${rows[0]}</p>`;
  const items = rows.map((row) => html`<li>${row}</li>`);
  return block.kind === "list" ? html`<ul>${items}</ul>` : html`<ol>${items}</ol>`;
}

function segmentView(ui: Ui, segment: Segment): TemplateResult | string {
  if (segment.kind === "strong") return html`<strong>${segment.text}</strong>`;
  if (segment.kind === "link") return linkView(ui, segment.text, segment.href, segment.isOutside);
  return segment.text;
}
