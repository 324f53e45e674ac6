/** Keeps the Tab key inside a panel that covers the whole page. */

const FOCUSABLE = 'a[href], button:not([tabindex="-1"]), textarea, input, [tabindex="0"]';

export function keepTabInside(event: KeyboardEvent, panel: HTMLElement): void {
  const all = [...panel.querySelectorAll<HTMLElement>(FOCUSABLE)];
  const [first, last] = [all.at(0), all.at(-1)];
  const current = (panel.getRootNode() as ShadowRoot).activeElement;
  const [from, to] = event.shiftKey ? [first, last] : [last, first];
  if (current !== from || !to) return;
  event.preventDefault();
  to.focus();
}
