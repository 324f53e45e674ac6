/** Small drawings; all of them stand beside or inside something that has words. */

import { svg } from "lit";
import type { TemplateResult } from "lit";
import { html } from "lit";

const draw = (paths: unknown): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">${paths}</svg>`;

export const chatIcon = draw(
  svg`<path d="M4 5.5h16a1.5 1.5 0 0 1 1.5 1.5v9a1.5 1.5 0 0 1-1.5 1.5h-8l-4.5 3.6v-3.6H4A1.5 1.5 0 0 1 2.5 16V7A1.5 1.5 0 0 1 4 5.5Z"/><path d="M7.5 10h9M7.5 13.2h5.5"/>`,
);
export const closeIcon = draw(svg`<path d="m6 6 12 12M18 6 6 18"/>`);
export const downIcon = draw(svg`<path d="m5 9 7 7 7-7"/>`);
export const arrowDownIcon = draw(svg`<path d="M12 4.5v15M5.5 13l6.5 6.5 6.5-6.5"/>`);
export const sendIcon = draw(svg`<path d="M12 19.5v-15M5.5 11 12 4.5 18.5 11"/>`);
export const phoneIcon = draw(
  svg`<path d="M7.2 3.5 9.6 8 7.8 10.1a12.6 12.6 0 0 0 6.1 6.1L16 14.4l4.5 2.4c0 2.2-1.7 3.9-3.9 3.7C9.9 19.8 4.2 14.1 3.5 7.4 3.3 5.2 5 3.5 7.2 3.5Z"/>`,
);
export const usefulIcon = draw(
  svg`<path d="M7.5 10.5v9H4.2v-9h3.3Zm0 0 3.7-7c1.6.1 2.5 1.3 2.2 2.9l-.6 3.1h5.3c1.3 0 2.2 1.2 1.9 2.4l-1.4 5.8c-.2 1-1.1 1.8-2.1 1.8h-9"/>`,
);
export const notUsefulIcon = draw(
  svg`<path d="M16.5 13.5v-9h3.3v9h-3.3Zm0 0-3.7 7c-1.6-.1-2.5-1.3-2.2-2.9l.6-3.1H5.9c-1.3 0-2.2-1.2-1.9-2.4l1.4-5.8c.2-1 1.1-1.8 2.1-1.8h9"/>`,
);
export const checkIcon = draw(svg`<path d="m5 12.5 4.8 4.8L19.5 7"/>`);
export const awayIcon = draw(svg`<path d="M14 4.5h5.5V10M19 5l-8 8M10 6H6.5A1.5 1.5 0 0 0 5 7.5v10A1.5 1.5 0 0 0 6.5 19h10a1.5 1.5 0 0 0 1.5-1.5V14"/>`);
export const accountIcon = draw(svg`<circle cx="12" cy="8.5" r="3.8"/><path d="M4.5 20c.8-3.9 3.8-6 7.5-6s6.7 2.1 7.5 6"/>`);
export const personIcon = draw(svg`<path d="M4 13v-1.5a8 8 0 0 1 16 0V13M4 13h2.5v5.5H5.2A1.2 1.2 0 0 1 4 17.3V13Zm16 0h-2.5v5.5h1.3a1.2 1.2 0 0 0 1.2-1.2V13ZM17.5 18.5c0 1.5-1.5 2-4 2"/>`);
export const lockIcon = draw(svg`<rect x="5" y="10.5" width="14" height="9.5" rx="1.8"/><path d="M8 10.5V7.7a4 4 0 0 1 8 0v2.8"/>`);
export const warnIcon = draw(svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5v5.5M12 16.2v.3"/>`);
export const fileIcon = draw(svg`<path d="M12 4v11M7 10.5l5 5 5-5M5 19.5h14"/>`);
export const copyIcon = draw(svg`<rect x="8.5" y="8.5" width="11" height="11" rx="1.8"/><path d="M15.5 8.5V6.3a1.8 1.8 0 0 0-1.8-1.8H6.3a1.8 1.8 0 0 0-1.8 1.8v7.4a1.8 1.8 0 0 0 1.8 1.8h2.2"/>`);
