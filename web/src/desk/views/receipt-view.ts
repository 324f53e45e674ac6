/** What an operation changes, or would change: before and after, side by side. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { Language, ReceiptWords } from "../core/types";
import { DeskTexts } from "../texts";

type Facts = Pick<ReceiptWords, "lines" | "effective" | "account">;

/** How a field is shown, by its name in the card and what it is called; as it stands unless said otherwise. */
type Cell = (field: string, shown: string, name: string) => TemplateResult | string;

export function receiptTable(receipt: Facts, language: Language, cell: Cell = (_field, shown) => shown): TemplateResult {
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
      ${receipt.account ? factView(words.get("receipt.account"), cell("account", receipt.account, words.get("receipt.account")), hasBefore) : nothing}
      ${receipt.lines.map(
        (line, place) =>
          html`<tr>
            <th scope="row">${line.label}</th>
            ${hasBefore ? html`<td>${line.before === null ? words.get("receipt.nothing") : cell(`lines.${place}.before`, line.before, `${line.label}, ${words.get("receipt.before")}`)}</td>` : nothing}
            <td>${line.after === null ? words.get("receipt.nothing") : cell(`lines.${place}.after`, line.after, `${line.label}, ${words.get("receipt.after")}`)}</td>
          </tr>`,
      )}
      ${receipt.effective ? factView(words.get("receipt.effective"), receipt.effective, hasBefore) : nothing}
    </tbody>
  </table>`;
}

function factView(name: string, value: TemplateResult | string, hasBefore: boolean): TemplateResult {
  return html`<tr>
    <th scope="row">${name}</th>
    <td colspan=${hasBefore ? 2 : 1}>${value}</td>
  </tr>`;
}
