/** The line that says who answers, a person's name over what they say, and the form to be called back. */

import { css } from "lit";

export const handoverStyles = css`
  .handover {
    display: flex;
    flex: none;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px 8px;
    padding: 7px 18px;
    border-bottom: 1px solid var(--line);
    background: var(--sunken);
    font-size: 0.875em;
  }
  .handover .icon {
    color: var(--accent-text);
  }
  .handover span {
    flex: 1;
    min-width: 12em;
    font-weight: 600;
  }
  .handover .small {
    font-size: 1em;
  }
  .author {
    margin: 0 4px 2px;
    color: var(--muted);
    font-size: 0.8125em;
    font-weight: 600;
  }
  .ways {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 18px;
    min-width: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .ways legend {
    padding: 0;
    font-size: 0.875em;
    font-weight: 600;
  }
  .ways label {
    display: flex;
    align-items: center;
    gap: 0.5em;
    min-height: 32px;
  }
  .ways input {
    width: 1.15em;
    height: 1.15em;
    margin: 0;
    accent-color: var(--accent-text);
  }
`;
