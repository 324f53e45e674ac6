/** What an operation changes, or would change: before and after, side by side. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { Language, ReceiptWords } from "../core/types";
import { DeskTexts } from "../texts";

type Facts = Pick<ReceiptWords, "lines" | "effective" | "account">;

export function receiptTable(receipt: Facts, language: Language): TemplateResult {
  const words = new DeskTexts(language);
  const hasBefore = receipt.lines.some((line) => line.before !== null);
  return html`<table class="changes" lang=${language}>
    <caption class="sr-only">
      ${words.get("receipt.changes")}
    </caption>
    <thead>
      <tr>
        <th scope="col">${words.get("receipt.what")}</th>
        ${hasBefore ? html`<th scope="col">${words.get("receipt.before")}</th>` : nothing}
        <th scope="col">${words.get(hasBefore ? "receipt.after" : "receipt.value")}</th>
      </tr>
    </thead>
    <tbody>
      ${receipt.account ? factView(words.get("receipt.account"), receipt.account, hasBefore) : nothing}
      ${receipt.lines.map(
        (line) =>
          html`<tr>
            <th scope="row">${line.label}</th>
            ${hasBefore ? html`<td>${line.before ?? words.get("receipt.nothing")}</td>` : nothing}
            <td>${line.after ?? words.get("receipt.nothing")}</td>
          </tr>`,
      )}
      ${receipt.effective ? factView(words.get("receipt.effective"), receipt.effective, hasBefore) : nothing}
    </tbody>
  </table>`;
}

function factView(name: string, value: string, hasBefore: boolean): TemplateResult {
  return html`<tr>
    <th scope="row">${name}</th>
    <td colspan=${hasBefore ? 2 : 1}>${value}</td>
  </tr>`;
}
