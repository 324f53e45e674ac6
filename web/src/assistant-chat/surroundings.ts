/** What happens around the widget: other tabs, the network, the window, the customer going away and coming back. */

import type { LitElement, ReactiveController } from "lit";
import { SMALL } from "./styles/panel";

export interface SurroundingsHooks {
  /** Another tab changed something that the browser remembers. */
  stored(key: string | null): void;
  /** The network or the page may be back. */
  woken(): void;
}

export class Surroundings implements ReactiveController {
  readonly #small = matchMedia(SMALL);

  constructor(
    private readonly host: LitElement,
    private readonly hooks: SurroundingsHooks,
  ) {
    host.addController(this);
  }

  /** Whether the panel fills the window. */
  get isSmall(): boolean {
    return this.#small.matches;
  }

  hostConnected(): void {
    addEventListener("storage", this.#onStorage);
    addEventListener("online", this.#onWake);
    addEventListener("offline", this.#onWake);
    document.addEventListener("visibilitychange", this.#onWake);
    this.#small.addEventListener("change", this.#onResize);
    visualViewport?.addEventListener("resize", this.#onResize);
  }

  hostDisconnected(): void {
    removeEventListener("storage", this.#onStorage);
    removeEventListener("online", this.#onWake);
    removeEventListener("offline", this.#onWake);
    document.removeEventListener("visibilitychange", this.#onWake);
    this.#small.removeEventListener("change", this.#onResize);
    visualViewport?.removeEventListener("resize", this.#onResize);
  }

  readonly #onStorage = (event: StorageEvent): void => this.hooks.stored(event.key);

  readonly #onWake = (): void => {
    if (document.visibilityState === "visible") this.hooks.woken();
  };

  /** Where a keyboard on the screen covers the page, what is left is the widget's height. */
  readonly #onResize = (): void => {
    this.host.style.setProperty("--viewport", `${visualViewport?.height ?? innerHeight}px`);
    this.host.requestUpdate();
  };
}
