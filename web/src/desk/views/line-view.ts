/** One line of the transcript as it happened, with what was made of it; and a note, which only the desk reads. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { Entry } from "../../assistant-chat/core/outbox";
import { safeHref, toBlocks } from "../../assistant-chat/text/segments";
import type { Block, Segment } from "../../assistant-chat/text/segments";
import type { App } from "../app";
import type { Thread } from "../core/thread";
import type { Line, NoteOf } from "../core/types";
import { hiddenView, maskedView } from "./hidden-view";
import { receiptTable } from "./receipt-view";

export function lineView(app: App, thread: Thread, line: Line): TemplateResult {
  const isOwn = line.author !== undefined && line.author === app.desk.me.alias;
  return html`<li class="line ${line.sender} ${isOwn ? "own" : ""}" data-seq=${line.seq}>
    <p class="who">${whoOf(app, line)} ${line.createdAt ? timeView(app, line.createdAt) : nothing}</p>
    <div class="bubble" lang=${line.lang}>${wordsView(app, line)} ${linksView(app, line)}</div>
    ${hiddenView(app, thread, line.hidden.filter(({ field }) => field === "text"))} ${offeredView(app, line)} ${cardView(app, thread, line)}
    ${understoodView(app, line)} ${marksView(app, line)}
  </li>`;
}

export function noteView(app: App, note: NoteOf): TemplateResult {
  return html`<li class="line note">
    <p class="who">${app.texts.get("note.by", { name: note.rep.name })} ${timeView(app, note.created_at)}</p>
    <div class="bubble"><p class="plain">${note.text}</p></div>
  </li>`;
}

/** What the rep said and the transcript doesn't have yet. */
export function pendingView(app: App, thread: Thread, entry: Entry): TemplateResult {
  const { texts } = app;
  const isFailed = entry.state === "failed";
  return html`<li class="line rep own pending" data-pending=${entry.id}>
    <p class="who">${texts.get("sender.you")}</p>
    <div class="bubble"><p class="plain">${entry.text}</p></div>
    ${isFailed
      ? html`<p class="mark wrong">
          <span>${texts.get("line.failed")} ${texts.find(`error.${entry.failure ?? ""}`) ?? ""}</span>
          <button type="button" class="small" @click=${() => thread.retry(entry.id)}>${texts.get("retry")}</button>
          <button type="button" class="small" @click=${() => thread.discard(entry.id)}>${texts.get("discard")}</button>
        </p>`
      : html`<p class="mark">${texts.get("line.sending")}</p>`}
  </li>`;
}

export function whoOf({ texts, desk }: App, line: Line): string {
  if (line.sender !== "rep") return texts.get(`sender.${line.sender}`);
  return line.author === desk.me.alias ? texts.get("sender.you") : (line.author ?? texts.get("sender.rep"));
}

function timeView({ texts }: App, iso: string): TemplateResult {
  return html`<time datetime=${iso} title=${texts.moment(iso)}>${texts.time(iso)}</time>`;
}

/** People's words stay as they were typed; the assistant's have light markup. */
function wordsView(app: App, line: Line): TemplateResult | TemplateResult[] {
  if (line.sender === "customer" || line.sender === "rep") return html`<p class="plain">${line.text}</p>`;
  return toBlocks(line.text, app.site).map((block) => blockView(block));
}

function blockView(block: Block): TemplateResult {
  const rows = block.rows.map((row) => row.map(segmentView));
  if (block.kind === "paragraph") return html`<p>${rows[0]}</p>`;
  const items = rows.map((row) => html`<li>${row}</li>`);
  return block.kind === "list" ? html`<ul>${items}</ul>` : html`<ol>${items}</ol>`;
}

function segmentView(segment: Segment): TemplateResult | string {
  if (segment.kind === "strong") return html`<strong>${segment.text}</strong>`;
  if (segment.kind !== "link") return segment.text;
  return html`<a href=${segment.href} target="_blank" rel="noopener noreferrer">${segment.text}</a>`;
}

function linksView(app: App, line: Line): TemplateResult | typeof nothing {
  const links = line.links.map((link) => ({ title: link.title, href: safeHref(link.url, app.site) }));
  const safe = links.filter((link): link is { title: string; href: string } => link.href !== undefined);
  if (!safe.length) return nothing;
  return html`<ul class="links" role="list">
    ${safe.map(({ title, href }) => html`<li><a href=${href} target="_blank" rel="noopener noreferrer">${title}</a></li>`)}
  </ul>`;
}

function offeredView({ texts }: App, line: Line): TemplateResult | typeof nothing {
  if (!line.titles.length) return nothing;
  return html`<p class="offered">
    ${texts.get("line.offered")} ${line.titles.map((title) => html`<span class="tag" lang=${line.lang}>${title}</span> `)}
  </p>`;
}

function cardView(app: App, thread: Thread, line: Line): TemplateResult | typeof nothing {
  const { card } = line;
  if (!card) return nothing;
  if (card.kind !== "receipt") return html`<p class="mark">${app.texts.get(`card.${card.kind}`)}</p>`;
  return html`<div class="receipt" lang=${line.lang}>
    <p class="receipt-title">
      <strong>${card.title}</strong> <span class="number">${grouped(card.number)}</span>
    </p>
    ${receiptTable(card, line.lang, (field, shown, name) => {
      const hidden = line.hidden.filter((one) => one.field === `card.${field}`);
      return maskedView(app, thread, shown, hidden, name);
    })}
  </div>`;
}

export function grouped(number: string): string {
  return number.replace(/(?<=^(?:\d{4})+)(?=\d)/gu, "\u00a0");
}

function understoodView({ texts }: App, { understood }: Line): TemplateResult | typeof nothing {
  if (!understood) return nothing;
  const { label, confidence, ranking } = understood;
  const isUnsure = confidence < 0.6;
  const words = texts.get("line.understood", { label, share: texts.percent(confidence) });
  if (ranking.length < 2) return html`<p class="mark ${isUnsure ? "unsure" : ""}">${words}</p>`;
  return html`<details class="mark ${isUnsure ? "unsure" : ""}">
    <summary>${words}</summary>
    <ol>
      ${ranking.map((guess) => html`<li>${guess.label} <span class="number">${texts.percent(guess.confidence)}</span></li>`)}
    </ol>
  </details>`;
}

function marksView({ texts }: App, line: Line): TemplateResult | typeof nothing {
  const marks = [
    line.failure ? texts.get("line.failure", { code: line.failure }) : "",
    line.handoff ? texts.get("line.handoff", { reason: texts.name("reason", line.handoff) }) : "",
    line.useful === undefined ? "" : texts.get(line.useful ? "line.useful" : "line.useless"),
  ].filter(Boolean);
  if (!marks.length) return nothing;
  const isWrong = line.failure !== undefined || line.useful === false;
  return html`<p class="mark ${isWrong ? "wrong" : ""}">${marks.join(" · ")}</p>`;
}
