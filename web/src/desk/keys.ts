/** What each key of the desk does. */

import type { App } from "./app";
import type { Shortcut } from "./shortcuts";

export function obey(shortcut: Shortcut, app: App, focus: (selector: string) => void): void {
  const thread = app.desk.current;
  switch (shortcut) {
    case "next":
      return app.claim();
    case "queue":
      return focus(".queue a");
    case "composer":
      return app.writeNotes(false);
    case "details":
      app.showSide(true);
      return focus("#side button, #side summary, #side select");
    case "following":
      return step(app, 1);
    case "previous":
      return step(app, -1);
    case "note":
      return app.writeNotes(true);
    case "help":
      return app.ask({ kind: "help" });
    default:
      break;
  }
  if (!thread || !app.desk.isMine(thread.item)) return;
  if (shortcut === "canned") app.ask({ kind: "canned" });
  else app.ask({ kind: shortcut, thread });
}

/** The rep's next or last own conversation. */
function step(app: App, by: 1 | -1): void {
  const { mine } = app.desk.queue;
  const at = mine.findIndex(({ id }) => id === app.route.conversation);
  const next = mine.at(at === -1 && by === -1 ? -1 : (at + by) % mine.length);
  if (next) app.go({ page: "queue", conversation: next.id });
}
