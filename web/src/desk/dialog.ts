/** The frame of every dialog: modal, closed by Escape or a button, the focus back where it came from. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { closeIcon } from "../assistant-chat/views/icons";
import { DeskElement } from "./element";

export abstract class DeskDialog extends DeskElement {
  protected problem = "";
  protected isSending = false;

  protected abstract readonly heading: string;
  protected abstract body(): unknown;

  protected override firstUpdated(): void {
    const dialog = this.querySelector("dialog");
    dialog?.showModal();
    dialog?.querySelector<HTMLElement>("[data-first]")?.focus();
  }

  protected override render(): TemplateResult {
    return html`<dialog aria-labelledby="dialog-title" @close=${() => this.app.closeDialog()}>
      <header class="dialog-head">
        <h2 id="dialog-title">${this.heading}</h2>
        <button type="button" class="close" @click=${() => this.close()}>
          ${closeIcon}<span class="sr-only">${this.app.texts.get("dialog.close")}</span>
        </button>
      </header>
      ${this.body()}
    </dialog>`;
  }

  close(): void {
    this.querySelector("dialog")?.close();
  }

  /** Do it once; what goes wrong is said in the dialog, which then stays open. Answers whether it went well. */
  protected async attempt(work: () => Promise<unknown>): Promise<boolean> {
    if (this.isSending) return false;
    [this.isSending, this.problem] = [true, ""];
    this.requestUpdate();
    try {
      await work();
      return true;
    } catch (error) {
      this.problem = this.app.explain(error);
      return false;
    } finally {
      this.isSending = false;
      this.requestUpdate();
    }
  }

  protected problemView(): TemplateResult | typeof nothing {
    return this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing;
  }

  /** The row of buttons that ends a form. */
  protected submitView(label: string): TemplateResult {
    const { texts } = this.app;
    return html`${this.problemView()}
      <div class="dialog-foot">
        <button type="button" @click=${() => this.close()}>${texts.get("dialog.cancel")}</button>
        <button type="submit" class="primary" aria-disabled=${this.isSending ? "true" : nothing}>
          ${this.isSending ? texts.get("dialog.sending") : label}
        </button>
      </div>`;
  }
}
