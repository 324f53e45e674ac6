/** The launcher, and the panel's frame: heading, way to a person, notices, and the way to start anew. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { Notice } from "../core/notices";
import type { Texts } from "../text/texts";
import { composerView } from "./composer-view";
import { handoverView } from "./handover-view";
import { phoneButton, phoneView } from "./phone-view";
import { accountIcon, chatIcon, closeIcon, downIcon, phoneIcon, warnIcon } from "./icons";
import { transcriptView } from "./transcript-view";
import type { Ui } from "./ui";

export function launcherView(texts: Texts, isOpen: boolean, unread: number, toggle: () => void): TemplateResult {
  return html`<button
    type="button"
    class="launcher"
    lang=${texts.language}
    aria-expanded=${isOpen ? "true" : "false"}
    aria-controls="panel"
    @click=${toggle}
  >
    ${isOpen ? downIcon : chatIcon}<span>${texts.get("launcher")}</span>
    ${unread
      ? html`<span class="unread"
          ><span aria-hidden="true">${unread}</span><span class="sr-only">${texts.count("launcher.unread", unread)}</span></span
        >`
      : nothing}
  </button>`;
}

export function panelView(ui: Ui): TemplateResult {
  return html`${headerView(ui)} ${personView(ui)} ${ui.conversation.notices.map((notice) => noticeView(ui, notice))}
  ${handoverView(ui)}
  ${transcriptView(ui)}
  <div class="foot">${composerView(ui)} ${restartView(ui)}</div>`;
}

/** A notice's sentence; waits that end tell how long is left. */
export function noticeText(texts: Texts, notice: Notice, now: number): string {
  const left = Math.max(1, Math.ceil(((notice.until ?? now) - now) / 1000));
  switch (notice.kind) {
    case "rate":
      return texts.count("notice.rate", left);
    case "busy":
      return texts.count("notice.busy", left);
    case "restarted":
      return texts.get("restart.done");
    default:
      return texts.get(`notice.${notice.kind}`);
  }
}

function headerView(ui: Ui): TemplateResult {
  const { texts, actions } = ui;
  const other = texts.language === "fr" ? "en" : "fr";
  return html`<header>
    <div class="titles">
      <h2 id="title">${ui.heading || texts.get("panel.title")}</h2>
      <p>${texts.get("panel.subtitle")}</p>
    </div>
    ${ui.conversation.signIn.isSignedIn ? accountView(ui) : nothing}
    <button type="button" class="language" lang=${other} @click=${actions.switchLanguage}>
      ${texts.get("language.name")}<span class="sr-only" lang=${texts.language}
        >&nbsp;${texts.get("language.switch")}</span
      >
    </button>
    <button type="button" class="close" @click=${actions.close}>
      ${closeIcon}<span class="sr-only">${texts.get("panel.close")}</span>
    </button>
  </header>`;
}

function accountView({ texts, signIn, actions }: Ui): TemplateResult {
  const isUnderway = signIn.leaving === "underway";
  const isFailed = signIn.leaving === "failed";
  return html`<details class="account" @keydown=${closeOnEscape} @focusout=${closeWhenLeft}>
    <summary>${accountIcon}<span class="sr-only">${texts.get("account.menu")}</span></summary>
    <div class="menu">
      <p>${texts.get("account.signedIn")}</p>
      ${isFailed ? html`<p class="problem" id="sign-out-problem">${warnIcon}<span>${texts.get("account.failed")}</span></p>` : nothing}
      <button
        type="button"
        class="small"
        aria-disabled=${isUnderway ? "true" : nothing}
        aria-describedby=${isFailed ? "sign-out-problem" : nothing}
        @click=${actions.signOut}
      >
        ${texts.get(isUnderway ? "account.signingOut" : "account.signOut")}
      </button>
    </div>
  </details>`;
}

function closeOnEscape(event: KeyboardEvent): void {
  const menu = event.currentTarget as HTMLDetailsElement;
  if (event.key !== "Escape" || !menu.open) return;
  event.stopPropagation();
  menu.open = false;
  menu.querySelector("summary")?.focus();
}

function closeWhenLeft(event: FocusEvent): void {
  const menu = event.currentTarget as HTMLDetailsElement;
  if (event.relatedTarget && !menu.contains(event.relatedTarget as Node)) menu.open = false;
}

function personView({ texts, phone, phoneLabel }: Ui): TemplateResult | typeof nothing {
  const number = phone.replace(/[^+\d]/gu, "");
  if (!number) return nothing;
  return html`<p class="person">
    ${phoneIcon}<span>${texts.get("panel.person")}&nbsp;<a href="tel:${number}">${phoneLabel || phone}</a></span>
  </p>`;
}

function noticeView(ui: Ui, notice: Notice): TemplateResult {
  return html`<p class="notice ${notice.kind}">${noticeText(ui.texts, notice, ui.now)}</p>`;
}

function restartView(ui: Ui): TemplateResult {
  const { texts, actions, isAskingRestart, phoneMove } = ui;
  if (phoneMove.isOpen) return phoneView(ui);
  if (!isAskingRestart) {
    return html`<p class="restart">
      ${phoneButton(ui)}
      <button type="button" class="quiet" data-restart @click=${() => actions.askRestart(true)}>${texts.get("restart")}</button>
    </p>`;
  }
  return html`<div class="restart asking" role="group" aria-labelledby="restart-question">
    <p id="restart-question">${texts.get("restart.question")}</p>
    <button type="button" class="small" @click=${actions.restart}>${texts.get("restart.yes")}</button>
    <button type="button" class="small primary" data-carry-on @click=${() => actions.askRestart(false)}>
      ${texts.get("restart.no")}
    </button>
  </div>`;
}
