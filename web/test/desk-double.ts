/** A gateway's desk that lives in memory: one session, a queue, conversations that can be followed, ids said once. */

import type { Item } from "../src/desk/core/types";

type Fields = Record<string, unknown>;

export const ME = { id: "r1", user_id: "lea", name: "Léa Roy", alias: "Léa", role: "lead", language: "fr", languages: ["fr", "en"] };
export const OTHER = { id: "r2", name: "Max Côté", alias: "Max" };
export const ID = "00000000-0000-4000-8000-000000000001";

export function item(changes: Partial<Item> = {}): Item {
  const at = "2026-11-23T15:00:00+00:00";
  const empty = { topic: null, reason: null, rep: null, team: null, closed_at: null, outcome: null };
  return {
    id: ID, owner: "queue", language: "fr", channel: "web", verified: false, place: 1, queued_at: at, waiting: 0,
    last_seq: 0, created_at: at, updated_at: at, ...empty, ...changes,
  };
}

export class DeskSocket {
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  isClosed = false;

  constructor(private readonly desk: FakeDesk) {
    queueMicrotask(() => (desk.isCut ? this.drop() : desk.greet(this)));
  }

  send(data: string): void {
    this.desk.hear(this, JSON.parse(data) as Fields);
  }

  close(): void {
    this.isClosed = true;
    this.desk.sockets.delete(this);
  }

  drop(code = 1006): void {
    this.desk.sockets.delete(this);
    this.onclose?.({ code });
  }

  tell(frame: object): void {
    if (!this.isClosed) this.onmessage?.({ data: JSON.stringify(frame) });
  }
}

export class FakeDesk {
  readonly sockets = new Set<DeskSocket>();
  readonly frames: Fields[] = [];
  readonly asked: string[] = [];
  /** The bodies of requests that change something, by what they change. */
  readonly bodies: [string, Fields][] = [];
  item = item();
  lines: Fields[] = [];
  notes: Fields[] = [];
  drafts: Fields[] = [];
  isSignedIn = false;
  isCut = false;
  /** So many answers are lost on their way back. */
  losesReplies = 0;
  /** Whether what is said comes over the live connection. */
  isLive = true;
  /** Who was faster. */
  claimedBy: typeof OTHER | undefined;

  cut(): void {
    this.isCut = true;
    for (const socket of [...this.sockets]) socket.drop();
  }

  mend(): void {
    this.isCut = false;
  }

  greet(socket: DeskSocket): void {
    this.sockets.add(socket);
    socket.tell({ type: "ready", rep: ME });
    socket.tell(this.queue());
  }

  hear(socket: DeskSocket, frame: Fields): void {
    this.frames.push(frame);
    if (frame["type"] !== "follow") return;
    const after = Number(frame["after"]);
    for (const line of this.lines) if (Number(line["seq"]) > after) socket.tell({ type: "message", conversation: ID, message: line });
    socket.tell({ type: "changed", conversation: ID, item: this.item });
  }

  queue(): object {
    const is = (owner: string, mine: boolean): Item[] => (this.item.owner === owner && (this.item.rep?.id === ME.id) === mine ? [this.item] : []);
    const queue = { now: new Date().toISOString(), waiting: is("queue", false), mine: is("rep", true), others: is("rep", false), tickets: 0 };
    return { type: "queue", queue };
  }

  add(line: Fields): Fields {
    const stored = { sender: "customer", lang: this.item.language, created_at: new Date().toISOString(), ...line, seq: this.lines.length + 1 };
    this.lines.push(stored);
    if (this.isLive) this.tell({ type: "message", conversation: ID, message: stored });
    return stored;
  }

  change(changes: Partial<Item>): void {
    this.item = { ...this.item, ...changes };
    this.tell(this.queue());
    this.tell({ type: "changed", conversation: ID, item: this.item });
  }

  tell(frame: object): void {
    for (const socket of this.sockets) socket.tell(frame);
  }

  readonly fetch: typeof fetch = async (input, init) => {
    await Promise.resolve();
    if (this.isCut) throw new TypeError("Failed to fetch");
    const url = new URL(String(input));
    const path = url.pathname.replace("/api/desk/", "");
    this.asked.push(`${init?.method} ${path}`);
    const body = JSON.parse((init?.body as string | undefined) ?? "{}") as Fields;
    if (path === "session" && init?.method === "POST") this.isSignedIn = body["code"] === "123456";
    if (!this.isSignedIn) return refuse(init?.method === "POST" ? 403 : 401, init?.method === "POST" ? "desk_sign_in_failed" : "desk_not_signed_in");
    const csrf = (init?.headers as Record<string, string>)["X-CSRF-Token"];
    if (init?.method !== "GET" && path !== "session" && csrf !== "c5rf") return refuse(403, "csrf_invalid");
    if (init?.method !== "GET") this.bodies.push([path.replace(`conversations/${ID}/`, ""), body]);
    return this.#answer(init?.method ?? "", path, body);
  };

  #answer(method: string, path: string, body: Fields): Response {
    const [, , act] = path.split("/");
    if (path === "session" && method === "DELETE") return answer({ signed_in: (this.isSignedIn = false) });
    if (path.startsWith("session")) return answer({ rep: { ...ME, ...body }, csrf: "c5rf", expires_at: "2026-11-24T00:00:00Z" });
    if (path === "settings") return answer({ is_open: true, hours: "", opens: null, away_minutes: 3, teams: [], outcomes: [{ id: "done", name: "Fait" }], operations: [] });
    if (path === `conversations/${ID}`) return answer(this.#view());
    if (!act) return refuse(404, "conversation_not_found");
    if (act === "messages" && method === "GET") return answer({ messages: this.lines, more: false });
    if (act === "messages") return this.#say(body);
    if (act === "notes") return answer({ note: this.notes[this.notes.push({ id: this.notes.length + 1, rep: ME, text: body["text"], created_at: new Date().toISOString() }) - 1] });
    if (act === "customer") return refuse(409, "customer_unknown");
    return this.#act(act);
  }

  #view(): object {
    return { conversation: this.item, profile_id: null, drafts: this.drafts, tried: [], receipts: [], refusals: [], handoffs: [], notes: this.notes, tickets: [] };
  }

  #say(body: Fields): Response {
    if (this.item.rep?.id !== ME.id) return refuse(409, "not_yours");
    const id = body["client_message_id"];
    const known = this.lines.find((line) => line["client_message_id"] === id);
    const line = known ?? this.add({ sender: "rep", author: ME.alias, text: body["text"], client_message_id: id });
    if (this.losesReplies > 0) {
      this.losesReplies -= 1;
      throw new TypeError("Failed to fetch");
    }
    return answer({ message: line });
  }

  #act(act: string): Response {
    if (act === "claim" && this.claimedBy) return refuse(409, "already_claimed", "Max Côté a déjà pris cette conversation.");
    const isMine = act === "claim" || act === "takeover";
    this.change(isMine ? { owner: "rep", rep: ME as never } : { owner: act === "release" ? "queue" : "bot", rep: null });
    return answer({ conversation: this.item });
  }
}

function answer(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status });
}

function refuse(status: number, code: string, message = ""): Response {
  return answer({ error: { code, message, fields: {} } }, status);
}
