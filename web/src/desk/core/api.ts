/** The desk's API over HTTP: one method a call; the cookie says who asks, changes carry the session's own value. */

import type { Saying } from "../../assistant-chat/core/api";
import { Http, Refusal } from "../../assistant-chat/core/http";
import type { Delivery, DeliveryFilter, DeliveryPage, Figures, Missed, NewProposal, Proposal } from "./records";
import { readLines } from "./types";
import type {
  Account,
  AuditEntry,
  Canned,
  Customer,
  Handed,
  Item,
  Json,
  Language,
  Line,
  Member,
  MemberFacts,
  Presence,
  Profile,
  Receipt,
  Session,
  Settings,
  Ticket,
  View,
} from "./types";

export interface Order {
  readonly operation: string;
  readonly account_id?: string;
  readonly values: Json;
}

export interface SignIn {
  readonly user_id: string;
  readonly password: string;
  readonly code: string;
}

export interface Target {
  readonly rep?: string;
  readonly team?: string;
}

/** Days, both counted; of one language perhaps. */
export interface Period {
  readonly first: string;
  readonly last: string;
  readonly language?: string;
}

export class DeskApi {
  readonly #http: Http;
  #csrf = "";
  language: Language = "fr";

  constructor(
    base: string | URL,
    private readonly signedOut: () => void,
    fetcher?: typeof fetch,
  ) {
    this.#http = new Http(base, fetcher, { credentials: "same-origin", headers: (method) => this.#headers(method) });
  }

  /** Where the live connection is. */
  get liveUrl(): string {
    const url = this.#http.url("live");
    url.protocol = url.protocol === "http:" ? "ws:" : "wss:";
    return url.href;
  }

  /** An address for links to files. */
  href(path: string): string {
    return this.#http.url(path).href;
  }

  async session(): Promise<Session | undefined> {
    try {
      return this.#opened(await this.#http.json("GET", "session"));
    } catch (error) {
      if (error instanceof Refusal && error.status === 401) return undefined;
      throw error;
    }
  }

  async signIn(credentials: SignIn): Promise<Session> {
    return this.#opened(await this.#http.json("POST", "session", { body: credentials }));
  }

  async signOut(): Promise<void> {
    await this.#json("DELETE", "session");
  }

  async speak(language: Language): Promise<Session> {
    return this.#opened(await this.#json("PUT", "session/language", { language }));
  }

  async settings(): Promise<Settings> {
    return (await this.#json("GET", "settings")) as unknown as Settings;
  }

  async conversations(filter: { owner?: string; closed?: boolean; before?: string }): Promise<readonly Item[]> {
    return (await this.#json("GET", `conversations${query(filter)}`))["conversations"] as Item[];
  }

  async view(id: string): Promise<View> {
    return (await this.#json("GET", `conversations/${id}`)) as unknown as View;
  }

  async lines(id: string, after: number): Promise<{ lines: Line[]; more: boolean }> {
    const body = await this.#json("GET", `conversations/${id}/messages${query({ after })}`);
    return { lines: readLines(body["messages"]), more: body["more"] === true };
  }

  async say(id: string, { id: own, text }: Saying, faqId?: string): Promise<Line | undefined> {
    const body = { client_message_id: own, text, ...(faqId ? { faq_id: faqId } : {}) };
    return readLines([(await this.#json("POST", `conversations/${id}/messages`, body))["message"]])[0];
  }

  /** What is done with a whole conversation; answers how it then stands. */
  async act(id: string, action: "claim" | "release" | "takeover" | "transfer" | "hand-back" | "close", body?: object): Promise<Item> {
    return (await this.#json("POST", `conversations/${id}/${action}`, body))["conversation"] as Item;
  }

  async note(id: string, text: string): Promise<void> {
    await this.#json("POST", `conversations/${id}/notes`, { text });
  }

  async customer(id: string): Promise<Customer> {
    return (await this.#json("GET", `conversations/${id}/customer`)) as unknown as Customer;
  }

  async chooseCustomer(id: string, profileId: string, checked: string): Promise<Customer> {
    const body = { profile_id: profileId, checked };
    return (await this.#json("PUT", `conversations/${id}/customer`, body)) as unknown as Customer;
  }

  async findCustomers(accountNumber: string): Promise<readonly Profile[]> {
    const found = await this.#json("GET", `customers${query({ account_number: accountNumber })}`);
    return found["profiles"] as Profile[];
  }

  async account(id: string, accountId: string): Promise<Account> {
    return (await this.#json("GET", `conversations/${id}/accounts/${accountId}`)) as unknown as Account;
  }

  async preview(id: string, order: Order): Promise<Receipt> {
    return (await this.#json("POST", `conversations/${id}/operations`, { ...order, preview: true }))["receipt"] as Receipt;
  }

  /** Do it; the same key again gives the same receipt. */
  async operate(id: string, order: Order, key: string): Promise<Receipt> {
    const body = { ...order, preview: false, key };
    return (await this.#json("POST", `conversations/${id}/operations`, body))["receipt"] as Receipt;
  }

  async canned(lang: Language, q: string, limit = 20): Promise<readonly Canned[]> {
    return (await this.#json("GET", `canned${query({ lang, q, limit })}`))["answers"] as Canned[];
  }

  /** One masked value as it is kept; why is kept too. */
  async reveal(id: string, value: string, reason: string): Promise<unknown> {
    return (await this.#json("POST", `conversations/${id}/reveal`, { value, reason }))["value"];
  }

  async sendTranscript(id: string, email: string): Promise<void> {
    await this.#json("POST", `conversations/${id}/transcript`, { email });
  }

  async figures(period: Period): Promise<Figures> {
    return (await this.#json("GET", `figures${query({ ...period })}`)) as unknown as Figures;
  }

  /** Where the figures are as a file for spreadsheets. */
  figuresFile(period: Period): string {
    return this.href(`figures.csv${query({ ...period })}`);
  }

  async missed(filter: { days: number; language?: string }): Promise<readonly Missed[]> {
    return (await this.#json("GET", `missed${query(filter)}`))["groups"] as Missed[];
  }

  async proposals(): Promise<readonly Proposal[]> {
    return (await this.#json("GET", "proposals"))["proposals"] as Proposal[];
  }

  async propose(proposal: NewProposal): Promise<void> {
    await this.#json("POST", "proposals", proposal);
  }

  async decide(id: number, accept: boolean): Promise<void> {
    await this.#json("POST", `proposals/${id}/decision`, { accept });
  }

  async tickets(state: "open" | "done"): Promise<readonly Ticket[]> {
    return (await this.#json("GET", `tickets${query({ state })}`))["tickets"] as Ticket[];
  }

  async finishTicket(number: string, outcome: string, note: string): Promise<void> {
    await this.#json("POST", `tickets/${number}/done`, { outcome, ...(note ? { note } : {}) });
  }

  async reps(): Promise<readonly Presence[]> {
    return (await this.#json("GET", "reps"))["reps"] as Presence[];
  }

  async team(): Promise<readonly Member[]> {
    return (await this.#json("GET", "team"))["members"] as Member[];
  }

  /** Add somebody; the same id again is the same member, until they have signed in. */
  async addMember(id: string, userId: string, facts: MemberFacts): Promise<Handed> {
    return (await this.#json("POST", "team", { id, user_id: userId, ...facts })) as unknown as Handed;
  }

  async changeMember(id: string, facts: MemberFacts): Promise<Member> {
    return (await this.#json("PATCH", `team/${id}`, facts))["member"] as Member;
  }

  async resetMember(id: string): Promise<Handed> {
    return (await this.#json("POST", `team/${id}/reset`)) as unknown as Handed;
  }

  async letIn(id: string, on: boolean): Promise<void> {
    await this.#json("POST", `team/${id}/${on ? "activate" : "deactivate"}`);
  }

  async audit(before?: number): Promise<readonly AuditEntry[]> {
    return (await this.#json("GET", `audit${query({ before })}`))["entries"] as AuditEntry[];
  }

  /** Deliveries, the newest first, at most `limit` of them (1 to 200). */
  async deliveries(filter: DeliveryFilter): Promise<DeliveryPage> {
    return (await this.#json("GET", `webhooks${query({ ...filter })}`)) as unknown as DeliveryPage;
  }

  /** Deliver again; answers the delivery, due now. */
  async replay(id: string): Promise<Delivery> {
    return (await this.#json("POST", `webhooks/${id}/replay`))["delivery"] as Delivery;
  }

  async #json(method: string, path: string, body?: object): Promise<Json> {
    try {
      return await this.#http.json(method, path, body ? { body } : {});
    } catch (error) {
      if (error instanceof Refusal && error.code === "desk_not_signed_in") this.signedOut();
      throw error;
    }
  }

  #opened(body: Json): Session {
    const session = body as unknown as Session;
    this.#csrf = session.csrf;
    this.language = session.rep.language;
    return session;
  }

  #headers(method: string): Record<string, string> {
    const headers: Record<string, string> = { "Accept-Language": this.language };
    if (method !== "GET" && this.#csrf) headers["X-CSRF-Token"] = this.#csrf;
    return headers;
  }
}

function query(values: Record<string, string | number | boolean | undefined>): string {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== "");
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text && `?${text}`;
}
