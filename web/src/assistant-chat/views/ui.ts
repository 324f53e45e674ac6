/** What every view needs to know and may ask for. */

import type { Conversation } from "../core/conversation";
import type { Button, Message } from "../core/protocol";
import type { Feedback } from "../feedback";
import type { Texts } from "../text/texts";

export interface Actions {
  close(): void;
  switchLanguage(): void;
  send(): void;
  draft(text: string): void;
  press(message: Message, button: Button): void;
  retry(id: string): void;
  discard(id: string): void;
  scrolled(): void;
  showNew(): void;
  followLink(event: MouseEvent): void;
  askRestart(isAsking: boolean): void;
  restart(): void;
}

export interface Ui {
  readonly texts: Texts;
  readonly conversation: Conversation;
  readonly feedback: Feedback;
  readonly actions: Actions;
  /** Where same-site paths in messages lead. */
  readonly site: string;
  readonly phone: string;
  readonly phoneLabel: string;
  readonly heading: string;
  readonly limit: number;
  readonly draft: string;
  readonly unseen: number;
  readonly isTypingShown: boolean;
  readonly isAskingRestart: boolean;
  /** The second hand for waits that count down. */
  readonly now: number;
}
