/** Whether to begin anew is asked first; the focus goes to the way out, and back again. */

export interface RestartHooks {
  root(): ParentNode;
  redraw(): void;
}

export class RestartQuestion {
  isAsked = false;

  constructor(private readonly hooks: RestartHooks) {}

  ask(isAsked: boolean): void {
    this.isAsked = isAsked;
    this.hooks.redraw();
    this.hooks.root().querySelector<HTMLElement>(isAsked ? "[data-carry-on]" : "[data-restart]")?.focus();
  }
}
