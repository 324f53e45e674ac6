/** What stands below a message's words: a form to sign in with or to be called back, or a receipt. */

import { nothing } from "lit";
import type { TemplateResult } from "lit";
import type { Message } from "../core/protocol";
import { callbackView } from "./callback-view";
import { receiptView } from "./receipt-view";
import { signInView } from "./sign-in-view";
import type { Ui } from "./ui";

export function cardView(ui: Ui, message: Message): TemplateResult | typeof nothing {
  switch (message.card?.kind) {
    case "sign_in":
      return signInView(ui, message);
    case "callback":
      return callbackView(ui, message);
    case "receipt":
      return receiptView(ui, message.card, message.lang);
    default:
      return nothing;
  }
}
