/** What every view needs to know and may ask for. */

import type { CallbackForm } from "../callback-form";
import type { Conversation } from "../core/conversation";
import type { Button } from "../core/protocol";
import type { Draft } from "../draft";
import type { Feedback } from "../feedback";
import type { PhoneMove } from "../phone-move";
import type { Receipts } from "../receipts";
import type { SignInForm } from "../sign-in-form";
import type { Texts } from "../text/texts";

export interface Actions {
  close(): void;
  switchLanguage(): void;
  send(): void;
  press(button: Button): void;
  retry(id: string): void;
  discard(id: string): void;
  scrolled(): void;
  showNew(): void;
  followLink(event: MouseEvent): void;
  /** A link that opens a tab of its own was followed. */
  leaveForLink(): void;
  signIn(form: HTMLFormElement): void;
  signOut(): void;
  callBack(form: HTMLFormElement): void;
  /** Back to the assistant, out of the queue. */
  goBack(button: Button): void;
  /** Go on here with a conversation begun by telephone. */
  moveHere(form: HTMLFormElement): void;
  toComposer(): void;
  askRestart(isAsking: boolean): void;
  restart(): void;
}

export interface Ui {
  readonly texts: Texts;
  readonly conversation: Conversation;
  readonly feedback: Feedback;
  readonly signIn: SignInForm;
  readonly callback: CallbackForm;
  readonly receipts: Receipts;
  readonly phoneMove: PhoneMove;
  readonly actions: Actions;
  /** Where same-site paths in messages lead. */
  readonly site: string;
  readonly phone: string;
  readonly phoneLabel: string;
  readonly heading: string;
  readonly draft: Draft;
  readonly unseen: number;
  readonly isTypingShown: boolean;
  readonly isAskingRestart: boolean;
  /** The second hand for waits that count down. */
  readonly now: number;
}
