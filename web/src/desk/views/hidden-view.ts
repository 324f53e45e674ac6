/** Masked values: each on its own, for whoever says why. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { App, Revealing } from "../app";
import type { Address, Hidden } from "../core/types";
import { addressLine, bare, nameOf } from "../core/values";
import type { DeskTexts } from "../texts";

/** Never stored as they were typed: there is nothing to show. */
const NEVER = ["card", "sin"];
const DAY = /^\d{4}-\d\d-\d\d$/u;

/** Under a text: what was hidden in it, to be shown one by one; `of` says of what, where that isn't plain. */
export function hiddenView(app: App, place: Revealing, hidden: readonly Hidden[], of = ""): TemplateResult | typeof nothing {
  if (!hidden.length) return nothing;
  return html`<span class="offered">${hidden.map((one) => oneView(app, place, one, of))}</span>`;
}

function oneView(app: App, place: Revealing, { id, kind }: Hidden, of: string): TemplateResult {
  const { texts } = app;
  const what = texts.name("hidden", kind);
  if (place.revealed.has(id)) {
    return html`<span class="tag shown">${what}&nbsp;: <bdi>${valueWords(texts, place.revealed.get(id))}</bdi></span> `;
  }
  if (NEVER.includes(kind)) return html`<span class="tag">${texts.get("hidden.never", { what })}</span> `;
  const ask = (): void => app.ask({ kind: "reveal", place, id, what });
  return html`<button type="button" class="small" aria-haspopup="dialog" @click=${ask}>
      ${texts.get("hidden.show", { what })}${of ? html`<span class="sr-only">&nbsp;(${of})</span>` : nothing}</button
    > `;
}

/** A value as the bot keeps it, in words: amounts, days, addresses, choices. */
export function valueWords(texts: DeskTexts, value: unknown): string {
  const inside = bare(value);
  if (typeof inside === "boolean") return texts.get(inside ? "yes" : "no");
  if (typeof inside === "number") return texts.money(inside);
  if (typeof inside === "string") {
    if (DAY.test(inside)) return texts.day(inside);
    return nameOf(value, texts.language) ?? (inside === value ? inside : (texts.find(`method.${inside}`) ?? inside));
  }
  return addressLine((inside ?? {}) as Partial<Address>);
}

/** A field with what is hidden in it; one that is hidden as a whole shows its value once it was asked for. */
export function maskedView(app: App, place: Revealing, shown: unknown, hidden: readonly Hidden[], of = ""): TemplateResult {
  const whole = hidden.find(({ id }) => id.endsWith(":all"));
  if (whole && place.revealed.has(whole.id)) return html`<bdi>${valueWords(app.texts, place.revealed.get(whole.id))}</bdi>`;
  return html`${valueWords(app.texts, shown)} ${hiddenView(app, place, hidden, of)}`;
}
