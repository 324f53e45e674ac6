/** Colours, type and the few rules that everything in the widget shares. */

import { css } from "lit";

export const baseStyles = css`
  :host {
    all: initial;
    --ink: #17242e;
    --muted: #4d5d69;
    --surface: #ffffff;
    --sunken: #f3f6f8;
    --line: #d4dde3;
    --edge: #71808c;
    --accent: var(--assistant-accent, #0c566c);
    --on-accent: var(--assistant-on-accent, #ffffff);
    --accent-text: var(--assistant-accent, #0c566c);
    --tint: #e4f0f4;
    --danger: #9d1f2b;
    --danger-tint: #fcebec;
    --warn-tint: #fdf3dc;
    --warn-ink: #5c4100;
    --shadow: 0 2px 6px rgb(13 36 48 / 14%), 0 14px 44px rgb(13 36 48 / 22%);
    color: var(--ink);
    color-scheme: light dark;
    font: 400 max(1rem, 16px) / 1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
    position: fixed;
    inset: auto 0 0 auto;
    z-index: 2147483000;
  }
  :host([hidden]) {
    display: none;
  }
  @media (prefers-color-scheme: dark) {
    :host {
      --ink: #e6edf2;
      --muted: #a7b6c1;
      --surface: #141c23;
      --sunken: #1f2a33;
      --line: #33424e;
      --edge: #8496a3;
      --accent: var(--assistant-accent, #0f6780);
      --on-accent: var(--assistant-on-accent, #ffffff);
      --accent-text: var(--assistant-accent-dark, #83cbe2);
      --tint: #16323d;
      --danger: #ff9ea5;
      --danger-tint: #3b1d22;
      --warn-tint: #3a2f14;
      --warn-ink: #f4dca0;
      --shadow: 0 2px 6px rgb(0 0 0 / 40%), 0 14px 44px rgb(0 0 0 / 55%);
    }
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  p,
  h2,
  ul,
  ol {
    margin: 0;
    padding: 0;
  }
  [hidden] {
    display: none !important;
  }
  button,
  textarea {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  button {
    cursor: pointer;
    touch-action: manipulation;
  }
  a {
    color: var(--accent-text);
    text-decoration: underline;
    text-underline-offset: 0.16em;
    text-decoration-thickness: 1px;
  }
  a[href^="tel:"] {
    white-space: nowrap;
  }
  a:hover {
    text-decoration-thickness: 2px;
  }
  :focus {
    outline: none;
  }
  :focus-visible {
    outline: 2px solid var(--accent-text);
    outline-offset: 2px;
  }
  .icon {
    flex: none;
    width: 1.375em;
    height: 1.375em;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .sr-only {
    position: absolute;
    width: 1px;
    height: 1px;
    margin: -1px;
    padding: 0;
    border: 0;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .small {
    min-height: 2rem;
    padding: 0.2em 0.85em;
    border: 1px solid var(--edge);
    border-radius: 999px;
    background: var(--surface);
    font-size: 0.875em;
  }
  .small:hover {
    border-color: var(--accent-text);
    background: var(--tint);
  }
  .small.primary {
    border-color: var(--accent);
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
  }
`;
