/** What the page around the widget tells it: its language, and whom to call. */

import { isLanguage } from "./core/protocol";
import type { Language } from "./core/protocol";

/** The element's own language, or else the page's. */
export function languageOf(element: HTMLElement): Language {
  const tag = element.lang || element.parentElement?.closest<HTMLElement>("[lang]")?.lang || "fr";
  const language = tag.slice(0, 2).toLowerCase();
  return isLanguage(language) ? language : "fr";
}

/** The telephone line: the element's own, or else the first one that the page shows. */
export function personOf(element: { phone: string; phoneLabel: string }): { phone: string; phoneLabel: string } {
  if (element.phone) return { phone: element.phone, phoneLabel: element.phoneLabel };
  const link = document.querySelector<HTMLAnchorElement>('a[href^="tel:"]');
  return { phone: link?.href.slice("tel:".length) ?? "", phoneLabel: link?.textContent.trim() ?? "" };
}
