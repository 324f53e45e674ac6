/** What stands below a message's words: the form to sign in with, and receipts. */

import { css } from "lit";

export const cardStyles = css`
  .card {
    display: grid;
    gap: 12px;
    width: min(100%, 30em);
    margin-top: 8px;
    padding: 14px 16px;
    border: 1px solid var(--line);
    border-radius: 16px;
    background: var(--surface);
    overflow-wrap: anywhere;
    scroll-margin-block: 12px;
  }
  .card h3 {
    display: flex;
    align-items: flex-start;
    gap: 0.5em;
    margin: 0;
    font-size: 1.0625em;
    font-weight: 650;
    line-height: 1.35;
  }
  .card h3 .icon {
    color: var(--accent-text);
  }
  .card-line {
    display: flex;
    align-items: center;
    gap: 0.4em;
    margin-block: 6px;
    padding: 0 4px;
    color: var(--muted);
    font-size: 0.875em;
  }
  .card-line.done {
    color: var(--accent-text);
    font-weight: 600;
  }
  .card-note,
  .card-help {
    font-size: 0.8125em;
  }
  .card-note {
    color: var(--muted);
  }
  .entry {
    display: grid;
    gap: 4px;
    scroll-margin-block: 10px;
  }
  .entry label {
    font-size: 0.875em;
    font-weight: 600;
  }
  .entry input,
  .entry textarea {
    width: 100%;
    min-width: 0;
    min-height: 44px;
    padding: 8px 12px;
    border: 1px solid var(--edge);
    border-radius: 10px;
    background: var(--surface);
    color: var(--ink);
    font: inherit;
    font-size: max(1em, 16px);
    scroll-margin-block: 2.2em 10px;
  }
  .entry input:focus-visible,
  .entry textarea:focus-visible {
    border-color: var(--accent-text);
    outline-offset: -1px;
  }
  .entry input[aria-invalid],
  .entry textarea[aria-invalid] {
    border-color: var(--danger);
  }
  .entry input[readonly],
  .entry textarea[readonly] {
    background: var(--sunken);
  }
  .entry textarea {
    resize: vertical;
  }
  .with-button {
    position: relative;
    display: flex;
  }
  .with-button input {
    padding-right: 6.2em;
  }
  .show {
    position: absolute;
    inset: 4px 4px 4px auto;
    padding: 0 0.7em;
    border: 1px solid transparent;
    border-radius: 8px;
    background: none;
    color: var(--accent-text);
    font-size: 0.875em;
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  .show:hover {
    background: var(--tint);
  }
  .problem {
    display: flex;
    align-items: flex-start;
    gap: 0.4em;
    color: var(--danger);
    font-size: 0.875em;
    line-height: 1.4;
  }
  .problem .icon {
    width: 1.3em;
    height: 1.3em;
    margin-top: 0.05em;
  }
  .wide {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 0.5em;
    width: 100%;
    min-height: 44px;
    padding: 0.5em 1em;
    border: 1px solid var(--accent-text);
    border-radius: 12px;
    background: var(--surface);
    color: var(--accent-text);
    font-weight: 600;
    line-height: 1.3;
  }
  .wide:hover {
    background: var(--tint);
  }
  .wide.primary {
    border-color: var(--accent);
    background: var(--accent);
    color: var(--on-accent);
  }
  .wide[aria-disabled],
  .wide[aria-disabled]:hover {
    border-color: var(--line);
    background: var(--sunken);
    color: var(--muted);
    cursor: default;
  }
  .busy {
    width: 1.1em;
    height: 1.1em;
    border: 2px solid currentColor;
    border-right-color: transparent;
    border-radius: 50%;
  }
  .receipt dl {
    display: grid;
    gap: 6px;
    margin: 0;
    font-size: 0.9375em;
  }
  .receipt dl div {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 0.75em;
  }
  .receipt dt {
    flex: 0 0 7.5em;
    color: var(--muted);
    font-size: 0.9333em;
  }
  .receipt dd {
    margin: 0;
  }
  .receipt dl div:first-child dt {
    flex-basis: 100%;
  }
  .receipt .number {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 0.5em;
    font-size: 1.0667em;
    font-weight: 650;
    font-variant-numeric: tabular-nums;
  }
  .copy {
    display: inline-flex;
    align-items: center;
    gap: 0.3em;
    min-height: 28px;
    padding: 0 0.5em;
    border: 1px solid transparent;
    border-radius: 8px;
    background: none;
    color: var(--accent-text);
    font-size: 0.875em;
    font-weight: 400;
  }
  .copy span {
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  .copy .icon {
    width: 1.15em;
    height: 1.15em;
  }
  .copy:hover {
    background: var(--tint);
  }
  .receipt table {
    width: 100%;
    border-collapse: collapse;
    table-layout: fixed;
    font-size: 0.9375em;
  }
  .receipt th,
  .receipt td {
    padding: 6px 12px 6px 0;
    text-align: start;
    vertical-align: top;
  }
  .receipt th[scope="col"] {
    padding-block: 0 4px;
    border-bottom: 1px solid var(--line);
    color: var(--muted);
    font-size: 0.8667em;
    font-weight: 400;
  }
  .receipt th[scope="rowgroup"] {
    padding-bottom: 0;
    font-weight: 600;
  }
  .receipt tbody + tbody,
  .receipt .plain-lines tr + tr {
    border-top: 1px solid var(--line);
  }
  .receipt .plain-lines th {
    color: var(--muted);
    font-weight: 400;
  }
  .undo {
    padding: 10px 12px;
    border-radius: 10px;
    background: var(--sunken);
    font-size: 0.875em;
  }
  .undo strong {
    display: block;
  }
  .download {
    display: grid;
    gap: 8px;
  }
  @media (max-width: 380px) {
    .receipt dt {
      flex-basis: 100%;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .busy {
      animation: turn 0.9s linear infinite;
    }
    @keyframes turn {
      to {
        transform: rotate(1turn);
      }
    }
  }
  @media (forced-colors: active) {
    .show,
    .copy,
    .undo {
      border: 1px solid ButtonText;
    }
    .wide[aria-disabled] {
      border-color: GrayText;
      color: GrayText;
    }
  }
`;
