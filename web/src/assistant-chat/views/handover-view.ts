/** Who answers, while that is not the assistant: the place in the queue with the way back, or the person's name. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { personIcon } from "./icons";
import type { Ui } from "./ui";

export function handoverView({ texts, conversation, actions }: Ui): TemplateResult | typeof nothing {
  const { answering, wayBack } = conversation.handover;
  if (answering.owner === "bot") return nothing;
  const words =
    answering.owner === "rep"
      ? texts.get("handover.rep", { rep: answering.rep ?? texts.get("handover.person") })
      : answering.place
        ? texts.get("handover.place", { place: answering.place })
        : texts.get("handover.queue");
  return html`<div class="handover">
    ${personIcon}<span>${words}</span>
    ${wayBack
      ? html`<button type="button" class="small" @click=${() => actions.goBack(wayBack)}>${texts.get("handover.back")}</button>`
      : nothing}
  </div>`;
}
