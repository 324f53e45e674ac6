/** Links that are followed: some lead into the page behind the widget, some to a tab of their own and back. */

interface Host {
  readonly isOpen: boolean;
  close(): void;
}

export class Links {
  #isAway = false;

  constructor(
    private readonly host: Host,
    private readonly isSmall: () => boolean,
    private readonly composer: () => HTMLElement | null,
  ) {}

  /** A place in this very page is behind the panel when the panel fills the window. */
  follow(event: MouseEvent): void {
    const { href } = event.currentTarget as HTMLAnchorElement;
    const isThisPage = href.split("#")[0] === location.href.split("#")[0] && href.includes("#");
    if (isThisPage && this.isSmall()) this.host.close();
  }

  /** The customer goes to another tab. */
  leave(): void {
    this.#isAway = true;
  }

  /** Whoever comes back from there goes on writing. */
  cameBack(): void {
    if (this.#isAway && this.host.isOpen) this.composer()?.focus();
    this.#isAway = false;
  }
}
