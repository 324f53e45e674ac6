/** What a screen reader is told of a message: who says it, the words without markup, and what can be chosen. */

import type { Spoken } from "./announcer";
import type { Message } from "./core/protocol";
import { toPlain } from "./text/segments";
import { Texts } from "./text/texts";
import { voiceOf } from "./views/message-view";
import { grouped } from "./views/receipt-view";

export function speech(message: Message, texts: Texts, site: string): Spoken[] {
  const own = (text: string): Spoken => ({ text, lang: texts.language });
  const voice = voiceOf(message);
  const words: Spoken = { text: toPlain(message.text, site), lang: message.lang };
  const links = message.links.map((link): Spoken => ({ text: link.title, lang: message.lang }));
  const replies = message.buttons.length ? [own(texts.count("replies.announce", message.buttons.length))] : [];
  const who = message.author ? own(texts.get("sender.named", { name: message.author })) : own(texts.get(`sender.${voice}`));
  return [who, words, ...links, ...cardSpeech(message, texts), ...replies];
}

function cardSpeech({ card, lang }: Message, texts: Texts): Spoken[] {
  if (!card) return [];
  if (card.kind === "callback") return [{ text: texts.get("callback.announce"), lang: texts.language }];
  if (card.kind === "sign_in") return [{ text: texts.get("signIn.announce"), lang: texts.language }];
  const values = { number: grouped(card.number), title: card.title };
  return [{ text: new Texts(lang).get("receipt.announce", values), lang }];
}
