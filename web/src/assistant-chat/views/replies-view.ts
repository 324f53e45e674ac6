/** Quick replies; once the conversation has gone on they stay readable but can't be pressed or tabbed to. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { Button, Message } from "../core/protocol";
import { checkIcon } from "./icons";
import type { Ui } from "./ui";

export function repliesView(
  ui: Ui,
  message: Message,
  isOpen: boolean,
  chosen: string | undefined,
): TemplateResult | typeof nothing {
  if (!message.buttons.length || ui.conversation.handover.holdsWayBack(message)) return nothing;
  return html`<ul class="replies" role="list" aria-label=${ui.texts.get("replies.label")}>
    ${message.buttons.map((button) => html`<li>${replyView(ui, message, button, isOpen, chosen === button.title)}</li>`)}
  </ul>`;
}

function replyView(ui: Ui, message: Message, button: Button, isOpen: boolean, isChosen: boolean): TemplateResult {
  // Not the disabled attribute: it would drop the focus of whoever just pressed it.
  return html`<button
    type="button"
    class="reply ${isChosen ? "chosen" : ""}"
    aria-disabled=${isOpen ? nothing : "true"}
    tabindex=${isOpen ? nothing : -1}
    @click=${() => isOpen && ui.actions.press(button)}
  >
    ${isChosen ? checkIcon : nothing}<span lang=${message.lang}>${button.title}</span>${isChosen
      ? html`<span class="sr-only">&nbsp;${ui.texts.get("replies.chosen")}</span>`
      : nothing}
  </button>`;
}
