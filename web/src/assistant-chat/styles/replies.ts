/** Quick replies, and the customer's opinion of an answer. */

import { css } from "lit";

export const repliesStyles = css`
  .replies {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    max-width: 100%;
    padding: 10px 0 2px;
    list-style: none;
  }
  .replies li {
    max-width: 100%;
  }
  .reply {
    display: flex;
    align-items: center;
    gap: 0.45em;
    min-height: 40px;
    padding: 0.4em 1em;
    border: 1px solid var(--accent-text);
    border-radius: 14px;
    background: var(--surface);
    color: var(--accent-text);
    font-weight: 550;
    line-height: 1.35;
    text-align: left;
    overflow-wrap: anywhere;
  }
  .reply:not([aria-disabled]):hover {
    background: var(--tint);
  }
  .reply[aria-disabled] {
    border-color: var(--line);
    color: var(--muted);
    font-weight: 400;
    cursor: default;
  }
  .reply.chosen {
    border-color: var(--edge);
    background: var(--tint);
    color: var(--ink);
  }
  .feedback {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 10px;
    padding: 8px 2px 2px;
    color: var(--muted);
    font-size: 0.8125em;
  }
  .feedback-choices {
    display: flex;
    gap: 6px;
  }
  .choice {
    display: flex;
    align-items: center;
    gap: 0.35em;
    min-height: 30px;
    padding: 0 0.75em;
    border: 1px solid var(--line);
    border-radius: 15px;
    background: none;
  }
  .choice .icon {
    width: 1.25em;
    height: 1.25em;
  }
  .choice:hover {
    border-color: var(--accent-text);
    color: var(--ink);
  }
  .choice[aria-pressed="true"] {
    border-color: var(--accent-text);
    background: var(--tint);
    color: var(--accent-text);
    font-weight: 600;
  }
  .why {
    scroll-margin-block: 12px;
    display: grid;
    flex: 1 0 100%;
    gap: 6px;
    justify-items: start;
  }
  .why textarea {
    width: 100%;
    min-width: 0;
    padding: 7px 10px;
    border: 1px solid var(--edge);
    border-radius: 10px;
    background: var(--surface);
    color: var(--ink);
    font-size: 1rem;
    resize: vertical;
  }
  .why .small {
    font-size: 1em;
  }
  @media (forced-colors: active) {
    .choice[aria-pressed="true"],
    .reply.chosen {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
    .reply[aria-disabled]:not(.chosen) {
      border-color: GrayText;
      color: GrayText;
    }
  }
`;
