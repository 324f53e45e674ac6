/** The frame of the desk: the way around, the rep's language, and what the rep is told. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { checkIcon, closeIcon, warnIcon } from "../../assistant-chat/views/icons";
import type { App, Asking, Notice } from "../app";
import { hrefOf } from "../routes";
import type { Page } from "../routes";
import { ariaKey } from "../shortcuts";

export interface Shell {
  readonly notice: Notice | undefined;
  switchLanguage(): void;
  signOut(): void;
}

export function headerView(app: App, shell: Shell): TemplateResult {
  const { texts, desk } = app;
  const other = texts.language === "fr" ? "en" : "fr";
  return html`<header class="bar">
    <p class="brand">${texts.get("desk.title")}</p>
    <nav aria-label=${texts.get("nav.label")}>
      <ul>
        ${pagesFor(app).map((page) => html`<li>${linkView(app, page)}</li>`)}
      </ul>
    </nav>
    <div class="bar-end">
      <span class="me">${desk.me.name}</span>
      <button type="button" class="quiet" lang=${other} @click=${() => shell.switchLanguage()}>${texts.get("language.other")}</button>
      <button
        type="button"
        class="quiet"
        aria-haspopup="dialog"
        aria-keyshortcuts=${ariaKey("help")}
        @click=${() => app.ask({ kind: "help" })}
      >
        ${texts.get("help.open")}
      </button>
      <button type="button" class="quiet" @click=${() => shell.signOut()}>${texts.get("signOut")}</button>
    </div>
  </header>`;
}

function pagesFor({ desk }: App): Page[] {
  return ["queue", "conversations", "tickets", "questions", "figures", "team", ...(desk.isLead ? (["audit", "webhooks"] as const) : [])];
}

function linkView({ texts, desk, route }: App, page: Page): TemplateResult {
  const count = { queue: desk.queue.waiting.length, tickets: desk.queue.tickets }[page as string] ?? 0;
  return html`<a href=${hrefOf({ page })} aria-current=${route.page === page ? "page" : nothing}
    >${texts.name("page", page)}${count
      ? html`<span class="badge" aria-hidden="true">${count}</span><span class="sr-only">&nbsp;(${count})</span>`
      : nothing}</a
  >`;
}

/** A connection that is lost stands above everything until it is back; the rest can be sent away. */
export function noticesView(app: App, { notice }: Shell): TemplateResult {
  const { texts, desk } = app;
  return html`<div class="notices">
    ${desk.isLive ? nothing : html`<p class="notice wrong">${warnIcon}<span>${texts.get("link.lost")}</span></p>`}
    ${notice
      ? html`<p class="notice ${notice.kind}">
          ${notice.kind === "done" ? checkIcon : warnIcon}<span>${notice.text}</span>
          <button type="button" class="close" @click=${() => app.tell(undefined)}>
            ${closeIcon}<span class="sr-only">${texts.get("notice.close")}</span>
          </button>
        </p>`
      : nothing}
  </div>`;
}

export function dialogView(app: App, asking: Asking | undefined, tick: number): TemplateResult | typeof nothing {
  switch (asking?.kind) {
    case undefined:
      return nothing;
    case "help":
      return html`<desk-help .app=${app} .tick=${tick}></desk-help>`;
    case "canned":
      return html`<desk-canned .app=${app} .tick=${tick}></desk-canned>`;
    case "operate":
      return html`<desk-operate .app=${app} .tick=${tick} .thread=${asking.thread}></desk-operate>`;
    case "customer":
      return html`<desk-find-customer .app=${app} .tick=${tick} .thread=${asking.thread}></desk-find-customer>`;
    case "reveal":
      return html`<desk-reveal .app=${app} .tick=${tick} .asking=${asking}></desk-reveal>`;
    case "send":
      return html`<desk-send .app=${app} .tick=${tick} .thread=${asking.thread}></desk-send>`;
    case "propose":
      return html`<desk-propose .app=${app} .tick=${tick} .asking=${asking}></desk-propose>`;
    case "member":
      return html`<desk-member .app=${app} .tick=${tick} .asking=${asking}></desk-member>`;
    case "reset":
    case "letGo":
      return html`<desk-standing .app=${app} .tick=${tick} .asking=${asking}></desk-standing>`;
    case "finish":
      return html`<desk-finish .app=${app} .tick=${tick} .asking=${asking}></desk-finish>`;
    default:
      return html`<desk-act .app=${app} .tick=${tick} .asking=${asking}></desk-act>`;
  }
}
