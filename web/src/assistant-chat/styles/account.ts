/** The menu of whoever is signed in. */

import { css } from "lit";

export const accountStyles = css`
  .account {
    position: relative;
    flex: none;
  }
  .account summary {
    display: grid;
    place-items: center;
    width: 40px;
    height: 40px;
    border: 1px solid transparent;
    border-radius: 10px;
    cursor: pointer;
    list-style: none;
  }
  .account summary::-webkit-details-marker {
    display: none;
  }
  .account summary:hover,
  .account[open] summary {
    background: rgb(255 255 255 / 16%);
  }
  .account summary:focus-visible {
    outline-color: var(--on-accent);
    outline-offset: -3px;
  }
  .menu {
    position: absolute;
    inset: calc(100% + 6px) -60px auto auto;
    z-index: 2;
    display: grid;
    gap: 10px;
    justify-items: start;
    width: max-content;
    max-width: min(260px, 70vw);
    padding: 14px 16px;
    border: 1px solid var(--line);
    border-radius: 14px;
    background: var(--surface);
    color: var(--ink);
    box-shadow: var(--shadow);
    font-size: 0.9375em;
  }
  header .menu button {
    height: auto;
    min-height: 36px;
    padding: 0.3em 1em;
    border: 1px solid var(--edge);
    border-radius: 999px;
    font-size: 1em;
    white-space: normal;
  }
  header .menu button:hover {
    border-color: var(--accent-text);
    background: var(--tint);
  }
  header .menu button:focus-visible {
    outline-color: var(--accent-text);
    outline-offset: 2px;
  }
  @media (forced-colors: active) {
    .account summary {
      border-color: ButtonText;
    }
  }
`;
