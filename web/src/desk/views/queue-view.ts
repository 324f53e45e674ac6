/** The conversations: the rep's own, those that wait, and those that others have. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { App } from "../app";
import type { Item } from "../core/types";
import { hrefOf } from "../routes";
import { ariaKey } from "../shortcuts";
import { clock } from "../texts";
import { checkIcon } from "../../assistant-chat/views/icons";

const LONG_WAIT = 5 * 60; // seconds after which a wait stands out

export function queueView(app: App): TemplateResult {
  const { texts, desk } = app;
  const { mine, waiting, others } = desk.queue;
  return html`<aside class="queue" aria-label=${texts.get("queue.label")}>
    <h2 id="mine">${texts.get("queue.mine")} <span class="count">${mine.length}</span></h2>
    ${listView(app, "mine", mine, texts.get("queue.noneMine"))}
    <div class="queue-head">
      <h2 id="waiting">${texts.get("queue.waiting")} <span class="count">${waiting.length}</span></h2>
      ${waiting.length
        ? html`<button type="button" class="small primary" aria-keyshortcuts=${ariaKey("next")} @click=${() => app.claim()}>
            ${texts.get("queue.next")}
          </button>`
        : nothing}
    </div>
    ${listView(app, "waiting", waiting, texts.get("queue.noneWaiting"))} ${hoursView(app)}
    ${others.length
      ? html`<h2 id="others">${texts.get("queue.others")} <span class="count">${others.length}</span></h2>
          ${listView(app, "others", others, "")}`
      : nothing}
  </aside>`;
}

function hoursView({ texts, desk }: App): TemplateResult | typeof nothing {
  const { settings } = desk;
  if (!settings || settings.is_open) return nothing;
  const opens = settings.opens ? texts.get("queue.opens", { moment: texts.moment(settings.opens) }) : "";
  return html`<p class="hint">${texts.get("queue.closed")} ${opens}</p>`;
}

function listView(app: App, id: string, items: readonly Item[], none: string): TemplateResult {
  if (!items.length) return html`<p class="hint">${none}</p>`;
  return html`<ul class="items" role="list" aria-labelledby=${id}>
    ${repeat(items, (item) => item.id, (item) => html`<li>${itemView(app, item)}</li>`)}
  </ul>`;
}

function itemView(app: App, item: Item): TemplateResult {
  const { texts, route, desk } = app;
  const isCurrent = route.conversation === item.id;
  const unread = desk.thread(item.id)?.unread ?? 0;
  return html`<div class="item ${isCurrent ? "current" : ""}">
    <a href=${hrefOf({ page: "queue", conversation: item.id })} aria-current=${isCurrent ? "page" : nothing}>
      <span class="topic">${topicOf(app, item)}</span>
      ${unread
        ? html`<span class="unread"
            ><span aria-hidden="true">${unread}</span><span class="sr-only">${texts.count("queue.unread", unread)}</span></span
          >`
        : nothing}
      ${tagsView(app, item)}
    </a>
    ${item.owner === "queue" ? waitingView(app, item) : nothing}
    ${item.owner === "rep" && !desk.isMine(item) ? html`<span class="with">${item.rep?.name}</span>` : nothing}
  </div>`;
}

export function topicOf({ texts }: App, item: Item): string {
  return item.topic?.label ?? texts.get("item.noTopic");
}

/** Why a person is wanted, the language, the channel, whether it is known who this is, and for which team. */
export function tagsView({ texts }: App, item: Item): TemplateResult {
  return html`<span class="tags">
    <span class="tag language">${texts.name("language", item.language)}</span>
    <span class="tag">${texts.name("channel", item.channel)}</span>
    ${item.verified
      ? html`<span class="tag verified">${checkIcon}${texts.get("item.verified")}</span>`
      : html`<span class="tag">${texts.get("item.unverified")}</span>`}
    ${item.reason ? html`<span class="tag ${item.reason}">${texts.name("reason", item.reason)}</span>` : nothing}
    ${item.team ? html`<span class="tag team">${item.team.name}</span>` : nothing}
  </span>`;
}

export function waitedSeconds({ desk }: App, item: Item): number {
  return item.queued_at ? Math.max(0, (desk.now - Date.parse(item.queued_at)) / 1000) : 0;
}

function waitingView(app: App, item: Item): TemplateResult {
  const { texts } = app;
  const seconds = waitedSeconds(app, item);
  return html`<span class="claim">
    <span class="wait ${seconds >= LONG_WAIT ? "long" : ""}"
      ><span aria-hidden="true">${clock(seconds)}</span
      ><span class="sr-only">${texts.count("queue.waited", Math.floor(seconds / 60))}</span></span
    >
    <button type="button" class="small" @click=${() => app.claim(item.id)}>
      <span aria-hidden="true">${texts.get("queue.claim")}</span
      ><span class="sr-only">${texts.get("queue.claimOf", { topic: topicOf(app, item) })}</span>
    </button>
  </span>`;
}
