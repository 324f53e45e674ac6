/** The desk's other pages: conversations, tickets, and what reps did; each reads its list when it is shown. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { AuditEntry, Item, Ticket } from "./core/types";
import { DeskElement } from "./element";
import { hrefOf } from "./routes";
import { topicOf } from "./views/queue-view";
import { reachView, ticketWords } from "./views/ticket-view";

/** A page around one list: loading, empty, wrong, or its rows. */
export abstract class ListPage<Row> extends DeskElement {
  protected rows: readonly Row[] | undefined;
  protected problem = "";
  #language = "";

  protected abstract readonly heading: string;
  protected abstract readonly none: string;
  protected abstract read(): Promise<readonly Row[]>;
  protected abstract table(rows: readonly Row[]): TemplateResult;

  /** Names in the list are in the rep's language. */
  protected override willUpdate(): void {
    if (this.#language === this.app.texts.language) return;
    this.#language = this.app.texts.language;
    void this.load();
  }

  protected async load(): Promise<void> {
    try {
      [this.rows, this.problem] = [await this.read(), ""];
    } catch (error) {
      this.problem = this.app.explain(error);
    }
    this.requestUpdate();
  }

  protected filters(): TemplateResult | typeof nothing {
    return nothing;
  }

  /** The button for what comes after the rows that are shown, if there may be more. */
  protected moreView(isMore: boolean, read: () => Promise<readonly Row[]>): TemplateResult | typeof nothing {
    if (!isMore) return nothing;
    const more = async (): Promise<void> => {
      try {
        this.rows = [...(this.rows ?? []), ...(await read())];
      } catch (error) {
        this.problem = this.app.explain(error);
      }
      this.requestUpdate();
    };
    return html`<button type="button" class="small" @click=${more}>${this.app.texts.get("more")}</button>`;
  }

  protected override render(): TemplateResult {
    const { texts } = this.app;
    return html`<section class="page" aria-labelledby="page-title">
      <h1 id="page-title" tabindex="-1">${this.heading}</h1>
      ${this.filters()}
      ${this.problem
        ? html`<p class="problem" role="alert">${this.problem}</p>
            <button type="button" class="small" @click=${() => void this.load()}>${texts.get("retry")}</button>`
        : nothing}
      ${this.rows === undefined && !this.problem ? html`<p class="hint">${texts.get("loading")}</p>` : nothing}
      ${this.rows?.length === 0 ? html`<p class="hint">${this.none}</p>` : nothing}
      ${this.rows?.length
        ? html`<div class="table-frame" role="region" tabindex="0" aria-labelledby="page-title">${this.table(this.rows)}</div>`
        : nothing}
    </section>`;
  }

  protected choice<Value extends string>(
    label: string,
    values: readonly (readonly [Value, string])[],
    now: Value,
    choose: (value: Value) => void,
    id = "filter",
  ): TemplateResult {
    return html`<p class="filters">
      <label for=${id}>${label}</label>
      <select id=${id} @change=${(event: Event) => (choose((event.target as HTMLSelectElement).value as Value), void this.load())}>
        ${values.map(([value, name]) => html`<option value=${value} ?selected=${value === now}>${name}</option>`)}
      </select>
    </p>`;
  }
}

export const heads = (names: readonly string[]): TemplateResult => html`<thead>
  <tr>
    ${names.map((name) => html`<th scope="col">${name}</th>`)}
  </tr>
</thead>`;

/** How many rows the gateway tells at once. */
const [CONVERSATIONS_PAGE, AUDIT_PAGE] = [50, 100];
const FILTERS = ["all", "bot", "queue", "rep", "closed"] as const;

class ConversationsPage extends ListPage<Item> {
  #filter: (typeof FILTERS)[number] = "all";
  #isMore = false;

  protected get heading(): string {
    return this.app.texts.get("page.conversations");
  }

  protected get none(): string {
    return this.app.texts.get("conversations.none");
  }

  protected override filters(): TemplateResult {
    const { texts } = this.app;
    const names = FILTERS.map((id) => [id, texts.get(`filter.${id}`)] as const);
    return this.choice(texts.get("filter.label"), names, this.#filter, (value) => (this.#filter = value));
  }

  protected async read(before?: string): Promise<readonly Item[]> {
    const filter = this.#filter === "all" ? {} : this.#filter === "closed" ? { closed: true } : { owner: this.#filter };
    const found = await this.app.desk.api.conversations({ ...filter, ...(before ? { before } : {}) });
    this.#isMore = found.length === CONVERSATIONS_PAGE;
    return found;
  }

  protected table(rows: readonly Item[]): TemplateResult {
    const { texts } = this.app;
    const names = [texts.get("column.updated"), texts.get("column.topic"), texts.get("column.language"), texts.get("column.owner"), texts.get("column.reason")];
    return html`<table>
        ${heads(names)}
        <tbody>
          ${rows.map(
            (item) => html`<tr>
              <td>${texts.moment(item.updated_at)}</td>
              <td><a href=${hrefOf({ page: "queue", conversation: item.id })}>${topicOf(this.app, item)}</a></td>
              <td>${texts.name("language", item.language)}</td>
              <td>${item.outcome?.name ?? item.rep?.name ?? texts.get(`filter.${item.owner}`)}</td>
              <td>${item.reason ? texts.name("reason", item.reason) : ""}</td>
            </tr>`,
          )}
        </tbody>
      </table>
      ${this.moreView(this.#isMore, () => this.read(rows.at(-1)?.updated_at))}`;
  }
}

class TicketsPage extends ListPage<Ticket> {
  /** Masked values that were asked for, kept as long as the page is shown. */
  readonly #revealed = new Map<string, unknown>();
  #state: "open" | "done" = "open";

  protected get heading(): string {
    return this.app.texts.get("page.tickets");
  }

  protected get none(): string {
    return this.app.texts.get("tickets.none");
  }

  protected override filters(): TemplateResult {
    const { texts } = this.app;
    const states = (["open", "done"] as const).map((id) => [id, texts.get(`ticketState.${id}`)] as const);
    return this.choice(texts.get("filter.label"), states, this.#state, (value) => (this.#state = value));
  }

  protected read(): Promise<readonly Ticket[]> {
    return this.app.desk.api.tickets(this.#state);
  }

  protected table(rows: readonly Ticket[]): TemplateResult {
    const { texts } = this.app;
    const names = [texts.get("column.number"), texts.get("column.created"), texts.get("column.reach"), texts.get("column.message"), texts.get("column.done")];
    return html`<table>
      ${heads(names)}
      <tbody>
        ${rows.map((ticket) => this.#row(ticket))}
      </tbody>
    </table>`;
  }

  #row(ticket: Ticket): TemplateResult {
    const { texts } = this.app;
    const place = { id: ticket.conversation, revealed: this.#revealed };
    const finish = (): void => this.app.ask({ kind: "finish", ticket, done: () => void this.load() });
    return html`<tr>
      <th scope="row"><a href=${hrefOf({ page: "queue", conversation: ticket.conversation })}>${ticket.number}</a></th>
      <td>${texts.moment(ticket.created_at)}</td>
      <td>${reachView(this.app, place, ticket)} <span class="tag">${texts.name("language", ticket.language)}</span></td>
      <td>${ticketWords(this.app, place, ticket)}</td>
      <td>
        ${ticket.state === "open"
          ? html`<button type="button" class="small" aria-haspopup="dialog" @click=${finish}>
              ${texts.get("tickets.finish")}<span class="sr-only">&nbsp;${ticket.number}</span>
            </button>`
          : html`${ticket.outcome?.name}, ${ticket.done_by?.name}`}
      </td>
    </tr>`;
  }
}

class AuditPage extends ListPage<AuditEntry> {
  protected get heading(): string {
    return this.app.texts.get("page.audit");
  }

  protected get none(): string {
    return this.app.texts.get("audit.none");
  }

  #isMore = false;

  protected async read(before?: number): Promise<readonly AuditEntry[]> {
    const found = await this.app.desk.api.audit(before);
    this.#isMore = found.length === AUDIT_PAGE;
    return found;
  }

  protected table(rows: readonly AuditEntry[]): TemplateResult {
    const { texts } = this.app;
    const names = [texts.get("column.at"), texts.get("column.rep"), texts.get("column.action"), texts.get("column.details")];
    return html`<table>
      ${heads(names)}
      <tbody>
        ${rows.map(
          (entry) => html`<tr>
            <td>${texts.moment(entry.at)}</td>
            <td>${entry.rep?.name ?? ""}</td>
            <td>
              ${entry.conversation
                ? html`<a href=${hrefOf({ page: "queue", conversation: entry.conversation })}>${texts.name("audit", entry.action)}</a>`
                : texts.name("audit", entry.action)}
            </td>
            <td>${factsView(entry)}</td>
          </tr>`,
        )}
      </tbody>
      </table>
      ${this.moreView(this.#isMore, () => this.read(rows.at(-1)?.id))}`;
  }
}

/** What only machines read: a profile, an account. */
const ID = /^[0-9a-f-]{32,36}$/u;

function factsView({ facts }: AuditEntry): TemplateResult | typeof nothing {
  if (!facts.length) return nothing;
  return html`<dl class="facts">${facts.map(({ name, value }) => html`<div><dt>${name}</dt><dd class=${ID.test(value) ? "id" : ""}>${value}</dd></div>`)}</dl>`;
}

customElements.define("desk-conversations", ConversationsPage);
customElements.define("desk-tickets", TicketsPage);
customElements.define("desk-audit", AuditPage);
