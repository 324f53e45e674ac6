/** The launcher and the panel's frame; on small or strongly zoomed screens the panel takes all there is. */

import { css, unsafeCSS } from "lit";

/** When the panel fills the window: narrow, low, or zoomed so far that it is either. */
export const SMALL = "(max-width: 560px), (max-height: 480px)";
const small = unsafeCSS(SMALL);

export const panelStyles = css`
  .launcher {
    position: fixed;
    inset: auto 20px 20px auto;
    display: flex;
    align-items: center;
    gap: 0.6em;
    min-height: 52px;
    max-width: calc(100vw - 40px);
    padding: 0 1.35em 0 1.1em;
    border: 1px solid transparent;
    border-radius: 26px;
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
    box-shadow: var(--shadow);
    transition: transform 0.15s ease;
  }
  .launcher:hover {
    transform: translateY(-1px);
  }
  .launcher:focus-visible {
    outline: 3px solid var(--accent-text);
    outline-offset: 3px;
  }
  .unread {
    display: inline-grid;
    place-items: center;
    min-width: 1.6em;
    height: 1.6em;
    padding: 0 0.4em;
    border-radius: 0.8em;
    background: var(--on-accent);
    color: var(--accent);
    font-size: 0.85em;
  }
  .panel {
    position: fixed;
    inset: auto 20px 86px auto;
    display: flex;
    flex-direction: column;
    width: 410px;
    height: min(680px, calc(100vh - 106px));
    height: min(680px, calc(100dvh - 106px));
    overflow: hidden;
    border: 1px solid var(--line);
    border-radius: 18px;
    background: var(--surface);
    box-shadow: var(--shadow);
  }
  header {
    display: flex;
    flex: none;
    align-items: center;
    gap: 6px;
    padding: 12px 10px 12px 18px;
    background: var(--accent);
    color: var(--on-accent);
  }
  .titles {
    flex: 1;
    min-width: 0;
  }
  h2 {
    font-size: 1.0625em;
    font-weight: 650;
    line-height: 1.3;
  }
  .titles p {
    font-size: 0.8125em;
    line-height: 1.35;
  }
  header button {
    position: relative;
    display: flex;
    flex: none;
    align-items: center;
    justify-content: center;
    min-width: 40px;
    height: 40px;
    white-space: nowrap;
    border: 1px solid transparent;
    border-radius: 10px;
    background: transparent;
  }
  header button:hover {
    background: rgb(255 255 255 / 16%);
  }
  header button:focus-visible {
    outline-color: var(--on-accent);
    outline-offset: -3px;
  }
  .language {
    padding: 0 10px;
    font-size: 0.875em;
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  .person {
    display: flex;
    flex: none;
    align-items: center;
    gap: 8px;
    padding: 7px 18px;
    border-bottom: 1px solid var(--line);
    background: var(--tint);
    font-size: 0.875em;
  }
  .person .icon {
    color: var(--accent-text);
  }
  .person a {
    display: inline-block;
    padding: 2px 0;
    font-weight: 600;
    white-space: nowrap;
  }
  .notice {
    flex: none;
    padding: 8px 18px;
    border-bottom: 1px solid var(--line);
    background: var(--warn-tint);
    color: var(--warn-ink);
    font-size: 0.875em;
  }
  .notice.restarted,
  .notice.expired {
    background: var(--sunken);
    color: var(--ink);
  }
  .foot {
    flex: none;
    padding: 10px 12px 6px;
    border-top: 1px solid var(--line);
    background: var(--surface);
  }
  .restart {
    display: flex;
    justify-content: center;
    padding-top: 2px;
  }
  .restart.asking {
    flex-wrap: wrap;
    gap: 8px;
    padding: 10px 4px 6px;
    font-size: 0.9375em;
  }
  .restart.asking p {
    flex: 1 0 100%;
  }
  .restart.moving {
    flex-direction: column;
    align-items: stretch;
    max-height: 45vh;
    overflow-y: auto;
  }
  .restart.moving p {
    flex: none;
  }
  #phone-title {
    display: flex;
    align-items: center;
    gap: 0.5em;
  }
  .moving form {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-end;
    gap: 6px 8px;
    padding-top: 8px;
    border-top: 1px solid var(--line);
  }
  .moving .entry {
    flex: 1 1 12em;
  }
  .moving .entry input {
    letter-spacing: 0.15em;
  }
  .quiet {
    min-height: 28px;
    padding: 0 10px;
    border: 1px solid transparent;
    border-radius: 8px;
    background: none;
    color: var(--muted);
    font-size: 0.8125em;
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  .quiet:hover {
    color: var(--ink);
  }
  @media (prefers-reduced-motion: no-preference) {
    .panel {
      animation: rise 0.18s ease-out;
    }
    @keyframes rise {
      from {
        opacity: 0;
        transform: translateY(10px);
      }
    }
  }
  @media ${small} {
    .panel {
      inset: 0;
      width: auto;
      height: var(--viewport, 100dvh);
      border: 0;
      border-radius: 0;
    }
    .launcher {
      inset: auto 14px 14px auto;
    }
    .launcher[aria-expanded="true"] {
      visibility: hidden;
    }
    header {
      padding: 8px 6px 8px 14px;
    }
    .person,
    .notice {
      padding-inline: 14px;
    }
  }
  @media (max-height: 480px), (max-width: 340px) {
    .titles p {
      display: none;
    }
  }
  @media (max-height: 480px) {
    .panel {
      overflow: hidden auto;
    }
    .panel .transcript-frame {
      min-height: 160px;
    }
    header {
      padding-block: 0;
    }
    .person {
      padding-block: 1px;
    }
    .foot {
      padding: 4px 8px 2px;
    }
    .restart:not(.asking) {
      padding: 0;
    }
  }
  @media (forced-colors: active) {
    .launcher,
    .panel,
    header button,
    .unread {
      border: 1px solid ButtonText;
    }
    header {
      border-bottom: 1px solid CanvasText;
    }
  }
  @media print {
    :host {
      display: none;
    }
  }
`;
