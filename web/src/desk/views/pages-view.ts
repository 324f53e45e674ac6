/** Which page is shown. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { App } from "../app";
import { queueView } from "./queue-view";
import { sideView } from "./side-view";
import { threadView } from "./thread-view";

export function pageView(app: App, tick: number): TemplateResult {
  switch (app.route.page) {
    case "conversations":
      return html`<desk-conversations .app=${app} .tick=${tick}></desk-conversations>`;
    case "tickets":
      return html`<desk-tickets .app=${app} .tick=${tick}></desk-tickets>`;
    case "team":
      return html`<desk-team .app=${app} .tick=${tick}></desk-team>`;
    case "questions":
      return html`<desk-questions .app=${app} .tick=${tick}></desk-questions>`;
    case "figures":
      return html`<desk-figures .app=${app} .tick=${tick}></desk-figures>`;
    case "audit":
      return html`<desk-audit .app=${app} .tick=${tick}></desk-audit>`;
    case "webhooks":
      return html`<desk-webhooks .app=${app} .tick=${tick}></desk-webhooks>`;
    default:
      return deskView(app, tick);
  }
}

function deskView(app: App, tick: number): TemplateResult {
  const { desk, texts } = app;
  const thread = desk.current;
  return html`<div class="columns ${thread ? "open" : ""} ${app.isSideShown ? "with-side" : ""}">
    ${queueView(app)}
    ${thread
      ? html`${threadView(app, thread)} ${thread.isGone ? nothing : sideView(app, thread, tick)}`
      : html`<section class="thread empty">
          <h1 tabindex="-1">${texts.get("desk.welcome", { name: desk.me.name })}</h1>
          <p class="hint">${texts.get("desk.choose")}</p>
        </section>`}
  </div>`;
}
