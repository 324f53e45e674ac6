/** A receipt: what it says is in its message's language, what can be done with it in the customer's. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { ReceiptCard, ReceiptLine } from "../core/card";
import type { Language } from "../core/protocol";
import { Texts } from "../text/texts";
import { checkIcon, copyIcon, fileIcon, warnIcon } from "./icons";
import type { Ui } from "./ui";

/** "4821 0937 5562", the spaces such that no line breaks there. */
export function grouped(number: string): string {
  return number.replace(/(?<=^(?:\d{4})+)(?=\d)/gu, "\u00a0");
}

export function receiptView(ui: Ui, receipt: ReceiptCard, language: Language): TemplateResult {
  const words = new Texts(language);
  const id = `receipt-${receipt.number}`;
  return html`<section class="card receipt" lang=${language} aria-labelledby=${id}>
    <h3 id=${id}>${checkIcon}<span>${receipt.title}</span></h3>
    <dl>
      <div>
        <dt>${words.get("receipt.number")}</dt>
        <dd class="number"><span>${grouped(receipt.number)}</span>${copyView(ui, receipt)}</dd>
      </div>
      ${factView(words.get("receipt.account"), receipt.account)} ${factView(words.get("receipt.done"), receipt.done)}
      ${factView(words.get("receipt.effective"), receipt.effective)}
    </dl>
    ${receipt.lines.length ? linesView(words, receipt.lines) : nothing}
    ${receipt.undo ? html`<p class="undo"><strong>${words.get("receipt.undo")}</strong>${receipt.undo}</p>` : nothing}
    ${receipt.sentTo ? html`<p class="card-note">${words.get("receipt.sentTo", { address: receipt.sentTo })}</p>` : nothing}
    ${downloadView(ui, receipt, language)}
  </section>`;
}

function factView(name: string, value: string | null): TemplateResult | typeof nothing {
  if (!value) return nothing;
  return html`<div>
    <dt>${name}</dt>
    <dd>${value}</dd>
  </div>`;
}

/** Each change under its name; before and after side by side, also on a narrow screen. */
function linesView(words: Texts, lines: readonly ReceiptLine[]): TemplateResult {
  const hasBefore = lines.some((line) => line.before !== null);
  return html`<table class=${hasBefore ? "" : "plain-lines"}>
    <caption class="sr-only">${words.get("receipt.changes")}</caption>
    ${hasBefore
      ? html`<thead>
            <tr>
              <th scope="col">${words.get("receipt.before")}</th>
              <th scope="col">${words.get("receipt.after")}</th>
            </tr>
          </thead>
          ${lines.map((line) => changeView(words, line))}`
      : html`<tbody>
          ${lines.map((line) => html`<tr><th scope="row">${line.label}</th><td>${valueView(words, line.after)}</td></tr>`)}
        </tbody>`}
  </table>`;
}

function changeView(words: Texts, line: ReceiptLine): TemplateResult {
  return html`<tbody>
    <tr>
      <th scope="rowgroup" colspan="2">${line.label}</th>
    </tr>
    <tr>
      <td>${valueView(words, line.before)}</td>
      <td>${valueView(words, line.after)}</td>
    </tr>
  </tbody>`;
}

function valueView(words: Texts, value: string | null): TemplateResult | string {
  if (value !== null) return value;
  return html`<span aria-hidden="true">–</span><span class="sr-only">${words.get("receipt.nothing")}</span>`;
}

function copyView(ui: Ui, { number }: ReceiptCard): TemplateResult | typeof nothing {
  // Browsers keep the clipboard from pages without TLS.
  if (!(navigator as Partial<Navigator>).clipboard) return nothing;
  const { texts, receipts } = ui;
  const isCopied = receipts.isCopied(number);
  return html`<button
    type="button"
    class="copy"
    lang=${texts.language}
    aria-label=${texts.get(isCopied ? "receipt.copied" : "receipt.copyLabel")}
    @click=${() => receipts.copy(number)}
  >
    ${isCopied ? checkIcon : copyIcon}<span>${texts.get(isCopied ? "receipt.copied" : "receipt.copy")}</span>
  </button>`;
}

function downloadView({ texts, receipts }: Ui, { number }: ReceiptCard, language: Language): TemplateResult {
  const step = receipts.stepOf(number);
  const isLoading = step === "loading";
  const name = new Texts(language).get("receipt.file", { number });
  const label = isLoading ? "receipt.loading" : step === "idle" ? "receipt.download" : "receipt.retry";
  return html`<div class="download" lang=${texts.language}>
    ${step === "failed" || step === "signedOut"
      ? html`<p class="problem" id="pdf-${number}">${warnIcon}<span>${texts.get(`receipt.${step}`)}</span></p>`
      : nothing}
    <button
      type="button"
      class="wide"
      aria-disabled=${isLoading ? "true" : nothing}
      aria-describedby=${step === "failed" || step === "signedOut" ? `pdf-${number}` : nothing}
      @click=${() => receipts.download(number, language, name)}
    >
      ${isLoading ? html`<span class="busy" aria-hidden="true"></span>` : fileIcon}<span>${texts.get(label)}</span>
    </button>
  </div>`;
}
