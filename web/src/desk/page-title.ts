/** The page's title and language: how many wait for the rep is seen from another tab. */

import type { Desk } from "./core/desk";
import type { DeskTexts } from "./texts";

export function nameDocument(desk: Desk, texts: DeskTexts): void {
  const unread = desk.queue.mine.reduce((sum, { id }) => sum + (desk.thread(id)?.unread ?? 0), 0);
  const waiting = desk.queue.waiting.length + unread;
  document.documentElement.lang = `${texts.language}-CA`;
  document.title = waiting ? `(${waiting}) ${texts.get("desk.title")}` : texts.get("desk.title");
}
