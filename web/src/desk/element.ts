/** What the desk's own elements share: the page's style reaches into them, and they are drawn anew with the desk. */

import { LitElement } from "lit";
import type { App } from "./app";

export abstract class DeskElement extends LitElement {
  static override properties: Record<string, object> = { app: { attribute: false }, tick: { attribute: false } };

  declare app: App;
  /** Grows with each drawing of the desk. */
  declare tick: number;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** A field of a form in it, by name. */
  protected value(form: HTMLFormElement, name: string): string {
    return String(new FormData(form).get(name) ?? "").trim();
  }
}
