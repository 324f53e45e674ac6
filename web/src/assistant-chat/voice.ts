/** What the widget says to screen readers, in the conversation's language, through the region that is heard. */

import type { LitElement, ReactiveController } from "lit";
import { Announcer } from "./announcer";
import type { Language, Message } from "./core/protocol";
import { speech } from "./speech";
import type { TextKey, Texts } from "./text/texts";

export class Voice implements ReactiveController {
  readonly #announcer = new Announcer();

  constructor(
    private readonly host: LitElement & { readonly isOpen: boolean },
    private readonly texts_: () => Texts,
  ) {
    host.addController(this);
  }

  hostConnected(): void {}

  /** While the panel is open its own region speaks: what is outside a modal dialog is silent to some screen readers. */
  hostUpdated(): void {
    const region = this.host.renderRoot.querySelector<HTMLElement>(this.host.isOpen ? ".inner" : ".outer");
    if (region) this.#announcer.attach(region);
  }

  get texts(): Texts {
    return this.texts_();
  }

  say(text: string, lang: Language = this.texts.language): void {
    this.#announcer.say({ text, lang });
  }

  tell(key: TextKey): void {
    this.say(this.texts.get(key));
  }

  read(message: Message, site: string): void {
    this.#announcer.say(...speech(message, this.texts, site));
  }
}
