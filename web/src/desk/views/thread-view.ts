/** A conversation: its heading and what can be done with it, the transcript with the notes in it, and where one writes. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { arrowDownIcon } from "../../assistant-chat/views/icons";
import type { Act, App } from "../app";
import type { Thread } from "../core/thread";
import type { Item, Line, NoteOf } from "../core/types";
import { ariaKey } from "../shortcuts";
import type { Shortcut } from "../shortcuts";
import { composerView } from "./composer-view";
import { lineView, noteView, pendingView } from "./line-view";
import { tagsView, topicOf, waitedSeconds } from "./queue-view";
import { clock } from "../texts";

type Action = Act | "operate";
const MINE: readonly (readonly [Action, Shortcut | undefined])[] = [
  ["operate", "operate"],
  ["transfer", "transfer"],
  ["handBack", "handBack"],
  ["release", undefined],
  ["close", "close"],
];

export function threadView(app: App, thread: Thread): TemplateResult {
  const { texts } = app;
  const { item } = thread;
  if (thread.isGone) return html`<section class="thread empty"><h1 tabindex="-1">${texts.get("thread.gone")}</h1></section>`;
  if (!item) return html`<section class="thread empty" aria-busy="true"><p class="hint">${texts.get("loading")}</p></section>`;
  return html`<section class="thread" aria-labelledby="topic">
    ${headView(app, thread, item)}
    <div class="transcript-frame">
      <div class="transcript" role="region" tabindex="0" aria-label=${texts.get("thread.transcript")} @scroll=${app.scrolled}>
        <ol class="lines" role="list">
          ${repeat(mixed(thread), ([key]) => key, ([, line, note]) => (line ? lineView(app, thread, line) : noteView(app, note as NoteOf)))}
          ${repeat(thread.pending, (entry) => entry.id, (entry) => pendingView(app, thread, entry))}
        </ol>
        ${thread.typing ? html`<p class="typing">${texts.get(`typing.${thread.typing}`)}<i></i><i></i><i></i></p>` : nothing}
      </div>
      ${app.unseen
        ? html`<button type="button" class="unseen" @click=${() => app.showNew()}>
            ${arrowDownIcon}<span>${texts.count("thread.unseen", app.unseen)}</span>
          </button>`
        : nothing}
    </div>
    ${composerView(app, thread, item)}
  </section>`;
}

/** Lines and notes in the order of time; a note stands after the lines that were there when it was written. */
function mixed(thread: Thread): [string, Line | undefined, NoteOf | undefined][] {
  const notes = [...(thread.view?.notes ?? [])];
  const all: [string, Line | undefined, NoteOf | undefined][] = [];
  for (const line of thread.lines) {
    while (notes[0] && line.createdAt && Date.parse(notes[0].created_at) < Date.parse(line.createdAt)) {
      const note = notes.shift() as NoteOf;
      all.push([`note ${note.id}`, undefined, note]);
    }
    all.push([line.clientMessageId ?? String(line.seq), line, undefined]);
  }
  return [...all, ...notes.map((note): [string, undefined, NoteOf] => [`note ${note.id}`, undefined, note])];
}

function headView(app: App, thread: Thread, item: Item): TemplateResult {
  const { texts } = app;
  return html`<header class="thread-head">
    <p class="back"><a href="#/queue">${texts.get("thread.back")}</a></p>
    <div class="thread-title">
      <h1 id="topic" tabindex="-1">${topicOf(app, item)}</h1>
      <button
        type="button"
        class="small side-toggle"
        aria-expanded=${app.isSideShown ? "true" : "false"}
        aria-controls="side"
        aria-keyshortcuts=${ariaKey("details")}
        @click=${() => app.showSide(!app.isSideShown)}
      >
        ${texts.get("side.label")}
      </button>
    </div>
    <p class="state">${tagsView(app, item)} <span class="owner">${ownerOf(app, item)}</span></p>
    <div class="actions" role="group" aria-label=${texts.get("thread.actions")}>${actionsView(app, thread, item)}</div>
  </header>`;
}

function ownerOf(app: App, item: Item): string {
  const { texts, desk } = app;
  if (item.owner === "queue") return texts.get("owner.queue", { time: clock(waitedSeconds(app, item)) });
  if (desk.isMine(item)) return texts.get("owner.mine");
  if (item.owner === "rep") return texts.get("owner.rep", { name: item.rep?.name ?? "" });
  if (item.outcome) return texts.get("owner.closed", { outcome: item.outcome.name });
  return texts.get("owner.bot");
}

function actionsView(app: App, thread: Thread, item: Item): unknown {
  const { texts, desk } = app;
  if (desk.isMine(item)) return MINE.map(([kind, shortcut]) => actionView(app, thread, kind, shortcut));
  if (item.owner === "queue") {
    return html`<button type="button" class="primary" @click=${() => app.claim(item.id)}>${texts.get("queue.claim")}</button>`;
  }
  return desk.isLead ? actionView(app, thread, "takeover", undefined) : nothing;
}

function actionView(app: App, thread: Thread, kind: Action, shortcut: Shortcut | undefined): TemplateResult {
  return html`<button
    type="button"
    class="small ${kind}"
    aria-keyshortcuts=${shortcut ? ariaKey(shortcut) : nothing}
    aria-haspopup="dialog"
    @click=${() => app.ask({ kind, thread })}
  >
    ${app.texts.get(`action.${kind}`)}
  </button>`;
}
