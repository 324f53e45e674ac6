/** What a screen reader is told of a message: who says it, the words without markup, and what can be chosen. */

import type { Spoken } from "./announcer";
import type { Message } from "./core/protocol";
import { toPlain } from "./text/segments";
import type { Texts } from "./text/texts";
import { voiceOf } from "./views/message-view";

export function speech(message: Message, texts: Texts, site: string): Spoken[] {
  const own = (text: string): Spoken => ({ text, lang: texts.language });
  const voice = voiceOf(message);
  const words: Spoken = { text: toPlain(message.text, site), lang: message.lang };
  const links = message.links.map((link): Spoken => ({ text: link.title, lang: message.lang }));
  const replies = message.buttons.length ? [own(texts.count("replies.announce", message.buttons.length))] : [];
  return [own(texts.get(`sender.${voice}`)), words, ...links, ...replies];
}
