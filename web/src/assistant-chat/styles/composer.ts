/** Where the customer writes. */

import { css } from "lit";

export const composerStyles = css`
  .field {
    display: flex;
    align-items: flex-end;
    gap: 6px;
    padding: 4px 4px 4px 6px;
    border: 1px solid var(--edge);
    border-radius: 16px;
    background: var(--surface);
  }
  .field:focus-within {
    border-color: var(--accent-text);
    outline: 2px solid var(--accent-text);
    outline-offset: -1px;
  }
  .field textarea {
    flex: 1;
    min-width: 0;
    max-height: min(9.5em, 30vh);
    padding: 7px 8px;
    border: 0;
    background: none;
    color: var(--ink);
    line-height: 1.5;
    resize: none;
    field-sizing: content;
  }
  .field textarea:focus-visible {
    outline: none;
  }
  .field textarea::placeholder {
    color: var(--muted);
    opacity: 1;
  }
  .send {
    display: grid;
    flex: none;
    place-items: center;
    width: 40px;
    height: 40px;
    border: 1px solid transparent;
    border-radius: 12px;
    background: var(--accent);
    color: var(--on-accent);
  }
  .over {
    padding: 0 6px 8px;
    color: var(--danger);
    font-size: 0.875em;
  }
  .left {
    padding: 4px 8px 0;
    color: var(--muted);
    font-size: 0.8125em;
    text-align: right;
  }
  @media (forced-colors: active) {
    .send {
      border-color: ButtonText;
    }
  }
`;
