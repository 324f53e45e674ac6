/** Messages, and what stands between them. */

import { css } from "lit";

export const transcriptStyles = css`
  .transcript-frame {
    position: relative;
    display: flex;
    flex: 1;
    min-height: 0;
  }
  .transcript {
    position: relative;
    flex: 1;
    min-width: 0;
    padding: 16px 16px 12px;
    overflow: hidden auto;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--edge) transparent;
  }
  .transcript:focus-visible {
    outline-offset: -3px;
  }
  .loading {
    color: var(--muted);
    text-align: center;
  }
  .messages {
    display: flex;
    flex-direction: column;
    gap: 4px;
    list-style: none;
  }
  .message {
    display: flex;
    flex-direction: column;
    align-items: flex-start;
    max-width: 100%;
    scroll-margin-top: 12px;
  }
  .message.last {
    margin-bottom: 14px;
  }
  .bubble {
    position: relative;
    max-width: min(88%, 34em);
    padding: 9px 14px;
    border: 1px solid transparent;
    border-radius: 16px;
    background: var(--sunken);
    overflow-wrap: anywhere;
    hyphens: manual;
  }
  .bot.last .bubble,
  .rep.last .bubble {
    border-bottom-left-radius: 5px;
  }
  .rep .bubble {
    background: var(--tint);
    border-color: var(--line);
  }
  .bubble > * + *,
  .bubble li + li {
    margin-top: 0.55em;
  }
  .bubble ul:not(.links),
  .bubble ol {
    padding-left: 1.25em;
    list-style: disc;
  }
  .bubble ol {
    list-style: decimal;
  }
  .bubble li::marker {
    color: var(--muted);
  }
  a .icon {
    width: 1em;
    height: 1em;
    margin-left: 0.3em;
    vertical-align: -0.12em;
  }
  .links {
    display: grid;
    gap: 4px;
    padding-top: 2px;
    list-style: none;
  }
  .links a {
    display: inline-block;
    padding: 2px 0;
  }
  .links a[target] {
    padding: 0.4em 1em;
    border: 1px solid var(--accent-text);
    border-radius: 14px;
    background: var(--surface);
    font-weight: 550;
    text-decoration: none;
  }
  .links a[target]:hover {
    background: var(--tint);
    text-decoration: underline;
  }
  .customer {
    align-items: flex-end;
  }
  .customer .bubble {
    background: var(--accent);
    color: var(--on-accent);
  }
  .customer.last .bubble {
    border-bottom-right-radius: 5px;
  }
  .customer.pending .bubble {
    opacity: 0.85;
  }
  .plain {
    white-space: pre-wrap;
  }
  .system {
    align-items: center;
  }
  .system .bubble {
    max-width: 100%;
    padding: 5px 12px;
    border-color: var(--line);
    border-radius: 12px;
    background: none;
    color: var(--muted);
    font-size: 0.875em;
    text-align: center;
  }
  time,
  .state {
    margin: 4px 4px 0;
    color: var(--muted);
    font-size: 0.75em;
  }
  .system time:not(.sr-only) {
    display: none;
  }
  .day {
    display: flex;
    align-items: center;
    gap: 10px;
    padding: 6px 0 12px;
    color: var(--muted);
    font-size: 0.8125em;
  }
  .day::before,
  .day::after {
    flex: 1;
    height: 1px;
    background: var(--line);
    content: "";
  }
  .failure {
    display: flex;
    flex-direction: column;
    align-items: flex-end;
    gap: 6px;
    max-width: 88%;
    margin-top: 4px;
    color: var(--danger);
    font-size: 0.875em;
    text-align: right;
  }
  .failure .small {
    color: var(--ink);
    font-size: 1em;
  }
  .failure-choices {
    display: flex;
    gap: 8px;
  }
  .unseen {
    position: absolute;
    inset: auto auto 10px 50%;
    display: flex;
    align-items: center;
    gap: 0.4em;
    min-height: 36px;
    padding: 0 1em;
    border: 1px solid var(--edge);
    border-radius: 18px;
    background: var(--surface);
    box-shadow: var(--shadow);
    font-size: 0.875em;
    font-weight: 600;
    white-space: nowrap;
    transform: translateX(-50%);
  }
  .typing {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    margin-bottom: 12px;
    padding: 14px 16px;
    border: 1px solid transparent;
    border-radius: 16px 16px 16px 5px;
    background: var(--sunken);
  }
  .typing .waiting {
    margin: -4px 5px -4px 0;
    color: var(--muted);
  }
  .typing i {
    width: 7px;
    height: 7px;
    border-radius: 50%;
    background: var(--muted);
  }
  @media (prefers-reduced-motion: no-preference) {
    .typing i {
      animation: breathe 1.2s ease-in-out infinite;
    }
    .typing i:nth-of-type(2) {
      animation-delay: 0.15s;
    }
    .typing i:nth-of-type(3) {
      animation-delay: 0.3s;
    }
    @keyframes breathe {
      0%,
      60%,
      100% {
        opacity: 0.35;
      }
      30% {
        opacity: 1;
      }
    }
  }
  @media (forced-colors: active) {
    .bubble,
    .typing {
      border-color: CanvasText;
    }
    .typing i {
      background: CanvasText;
    }
  }
`;
