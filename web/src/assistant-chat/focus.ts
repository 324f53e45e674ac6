/** Where the focus is, and where it goes: inside a panel that covers the whole page, and never into nothing. */

import type { LitElement, ReactiveController } from "lit";

const FOCUSABLE = 'a[href], button:not([tabindex="-1"]), textarea, input, summary, [tabindex="0"]';

/** When what has the focus goes away with a rendering, the focus goes to `refuge`. */
export class FocusKeeper implements ReactiveController {
  #held: Element | null = null;

  constructor(
    private readonly host: LitElement,
    private readonly refuge: () => HTMLElement | null,
  ) {
    host.addController(this);
  }

  hostConnected(): void {}

  /** Whether the focus is on `area` or inside it. */
  isIn(area: Element | null): boolean {
    return area?.contains(this.#active) ?? false;
  }

  hostUpdate(): void {
    this.#held = this.#active;
  }

  hostUpdated(): void {
    if (this.#held && !this.#held.isConnected) this.refuge()?.focus();
    this.#held = null;
  }

  get #active(): Element | null {
    return this.host.shadowRoot?.activeElement ?? null;
  }
}

/** Keeps the Tab key inside a panel that covers the whole page. */
export function keepTabInside(event: KeyboardEvent, panel: HTMLElement): void {
  const all = [...panel.querySelectorAll<HTMLElement>(FOCUSABLE)];
  const [first, last] = [all.at(0), all.at(-1)];
  const current = (panel.getRootNode() as ShadowRoot).activeElement;
  const [from, to] = event.shiftKey ? [first, last] : [last, first];
  if (current !== from || !to) return;
  event.preventDefault();
  to.focus();
}

/** Focus a field of a card, with as much of the card in view as there is room for, and the field's own words. */
export function showCard(field: HTMLElement | null): void {
  for (const area of [".card", ".entry"]) field?.closest(area)?.scrollIntoView({ block: "nearest" });
  field?.focus();
}
