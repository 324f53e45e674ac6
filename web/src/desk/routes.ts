/** Where in the desk one is: the part of the address after #, so that links, "back" and reloads work. */

export const PAGES = ["queue", "conversations", "tickets", "team", "audit", "webhooks", "questions", "figures"] as const;
export type Page = (typeof PAGES)[number];

export interface Route {
  readonly page: Page;
  /** The conversation that is open on the queue's page. */
  readonly conversation?: string | undefined;
}

const ID = /^[0-9a-f-]{36}$/u;

/** The route in the hash of an address; anything unknown is the queue. */
export function readRoute(hash: string): Route {
  const [page = "", id = ""] = hash.replace(/^#\/?/u, "").split("/");
  if (page === "c" && ID.test(id)) return { page: "queue", conversation: id };
  return { page: PAGES.find((known) => known === page) ?? "queue" };
}

export function hrefOf(route: Route): string {
  return route.conversation ? `#/c/${route.conversation}` : `#/${route.page}`;
}
