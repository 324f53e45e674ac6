/** The keys of the desk, in a dialog. */

import { html } from "lit";
import type { TemplateResult } from "lit";
import { DeskDialog } from "./dialog";
import { SHORTCUTS, keyName } from "./shortcuts";

export class HelpDialog extends DeskDialog {
  protected get heading(): string {
    return this.app.texts.get("help.title");
  }

  protected body(): TemplateResult {
    const { texts } = this.app;
    return html`<table class="keys">
        <caption class="sr-only">
          ${texts.get("help.title")}
        </caption>
        <thead>
          <tr>
            <th scope="col">${texts.get("help.key")}</th>
            <th scope="col">${texts.get("help.does")}</th>
          </tr>
        </thead>
        <tbody>
          ${SHORTCUTS.map(
            ([name, key]) => html`<tr>
              <td><kbd>${keyName(key)}</kbd></td>
              <td>${texts.get(`shortcut.${name}`)}</td>
            </tr>`,
          )}
        </tbody>
      </table>
      <p class="hint">${texts.get("help.send")}</p>
      <div class="dialog-foot">
        <button type="button" class="primary" data-first @click=${() => this.close()}>${texts.get("dialog.close")}</button>
      </div>`;
  }
}

customElements.define("desk-help", HelpDialog);
