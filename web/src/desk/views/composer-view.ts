/** Where the rep writes: to the customer, or a note for the desk, each looking like what it is. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import type { App } from "../app";
import type { Thread } from "../core/thread";
import type { Item } from "../core/types";
import { ariaKey } from "../shortcuts";

/** Characters that a message and a note may have. */
const LONGEST = { message: 4000, note: 2000 };

export function composerView(app: App, thread: Thread, item: Item): TemplateResult {
  const { texts, isNote, desk } = app;
  const isMine = desk.isMine(item);
  return html`<form
    class="composer ${isNote ? "noting" : ""}"
    @submit=${(event: SubmitEvent) => (event.preventDefault(), app.send())}
  >
    <div class="modes" role="group" aria-label=${texts.get("composer.modes")}>
      <button type="button" class="mode" aria-pressed=${isNote ? "false" : "true"} @click=${() => app.writeNotes(false)}>
        ${texts.get("composer.reply")}
      </button>
      <button
        type="button"
        class="mode"
        aria-pressed=${isNote ? "true" : "false"}
        aria-keyshortcuts=${ariaKey("note")}
        @click=${() => app.writeNotes(true)}
      >
        ${texts.get("composer.note")}
      </button>
      ${isMine && !isNote
        ? html`<button
            type="button"
            class="small canned"
            aria-haspopup="dialog"
            aria-keyshortcuts=${ariaKey("canned")}
            @click=${() => app.ask({ kind: "canned" })}
          >
            ${texts.get("composer.canned")}
          </button>`
        : nothing}
    </div>
    ${isMine || isNote ? fieldView(app, thread, item) : html`<p class="hint">${texts.get("composer.notYours")}</p>`}
  </form>`;
}

function fieldView(app: App, thread: Thread, item: Item): TemplateResult {
  const { texts, isNote } = app;
  const text = isNote ? thread.noteDraft : thread.draft;
  const over = Array.from(text.trim()).length - LONGEST[isNote ? "note" : "message"];
  const label = isNote ? texts.get("composer.noteLabel") : texts.get(`composer.label.${item.language}`);
  return html`<div class="field">
      <label class="sr-only" for="reply">${label}</label>
      <textarea
        id="reply"
        rows="3"
        lang=${isNote ? texts.language : item.language}
        autocomplete="off"
        placeholder=${label}
        aria-describedby=${over > 0 ? "reply-over" : "reply-hint"}
        aria-invalid=${over > 0 ? "true" : nothing}
        .value=${live(text)}
        @input=${(event: InputEvent) => write(app, thread, (event.target as HTMLTextAreaElement).value)}
        @keydown=${(event: KeyboardEvent) => isSend(event) && (event.preventDefault(), app.send())}
      ></textarea>
      <button type="submit" class="primary" aria-disabled=${!text.trim() || over > 0 ? "true" : nothing}>
        ${texts.get(isNote ? "composer.keep" : "composer.send")}
      </button>
    </div>
    ${over > 0
      ? html`<p class="problem" id="reply-over">${texts.count("composer.over", over)}</p>`
      : html`<p class="hint" id="reply-hint">${texts.get("composer.hint")}</p>`}`;
}

/** Whether what is being written may be sent. */
export function canSend(text: string, isNote: boolean): boolean {
  const length = Array.from(text.trim()).length;
  return length > 0 && length <= LONGEST[isNote ? "note" : "message"];
}

function write(app: App, thread: Thread, text: string): void {
  if (app.isNote) thread.writeNote(text);
  else thread.write(text);
}

function isSend(event: KeyboardEvent): boolean {
  return event.key === "Enter" && !event.shiftKey && !event.altKey && !event.isComposing;
}
