/** What is said of lines that came: all of them where the rep is looking, elsewhere only that a customer wrote. */

import type { App } from "./app";
import type { Thread } from "./core/thread";
import type { Line } from "./core/types";
import { whoOf } from "./views/line-view";
import { topicOf } from "./views/queue-view";

/** The lines that are news to the rep; their own are none. */
export function announce(app: App, thread: Thread, lines: readonly Line[]): Line[] {
  const { desk, texts, voice } = app;
  const news = lines.filter((line) => line.sender !== "rep" || line.author !== desk.me.alias);
  if (thread === desk.current) {
    for (const line of news) {
      const who = { text: texts.get("announce.who", { name: whoOf(app, line) }), lang: texts.language };
      voice.read(who, { text: line.text, lang: line.lang });
    }
  } else if (news.some((line) => line.sender === "customer")) {
    voice.say(texts.get("announce.elsewhere", { topic: thread.item ? topicOf(app, thread.item) : "" }));
  }
  return news;
}
