/** What outside systems were told, the newest first, as it stands now; leads have a delivery repeated. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import type { Delivery, DeliveryFilter, DeliveryPage } from "./core/records";
import { ListPage, heads } from "./lists";
import { hrefOf } from "./routes";
import type { DeskTexts } from "./texts";

const STATES = ["waiting", "delivered", "failed"] as const;
const COLUMNS = ["event", "endpoint", "state", "tries", "answer", "times"] as const;
/** How many deliveries come at once, and the most that the gateway tells at once. */
const [PAGE, MOST] = [50, 200];

class WebhooksPage extends ListPage<Delivery> {
  #state: Delivery["state"] | "all" = "all";
  #endpoint = "";
  #endpoints: readonly string[] = [];
  #older: string | null = null;
  #told = 0;
  #isReading = false;
  readonly #replaying = new Set<string>();
  /** Repeated here, and not known yet how it ended. */
  readonly #awaited = new Set<string>();

  protected get heading(): string {
    return this.app.texts.get("page.webhooks");
  }

  protected get none(): string {
    return this.app.texts.get("webhooks.none");
  }

  /** Whenever the gateway tells that something was delivered, or not, the page looks again. */
  protected override willUpdate(): void {
    super.willUpdate();
    if (this.rows && !this.#isReading && this.app.desk.deliveriesTold !== this.#told) void this.#refresh();
  }

  protected override filters(): TemplateResult {
    const { texts } = this.app;
    const states = STATES.map((id) => [id, texts.get(`deliveryState.${id}`)] as const);
    const names = this.#endpoints.map((name) => [name, name] as const);
    const all = texts.get("webhooks.all");
    return html`<div class="choices">
      ${this.choice(texts.get("filter.label"), [["all", all], ...states], this.#state, (value) => (this.#state = value))}
      ${this.choice(texts.get("column.endpoint"), [["", texts.get("filter.all")], ...names], this.#endpoint, (value) => (this.#endpoint = value), "endpoint")}
    </div>`;
  }

  protected async read(): Promise<readonly Delivery[]> {
    return this.#take(await this.#ask({ limit: PAGE }));
  }

  protected table(rows: readonly Delivery[]): TemplateResult {
    const { texts, desk } = this.app;
    const names = COLUMNS.map((name) => texts.get(`column.${name}`));
    return html`<table>
        ${heads(desk.isLead ? [...names, texts.get("column.replay")] : names)}
        <tbody>
          ${repeat(rows, ({ id }) => id, (delivery) => this.#row(delivery))}
        </tbody>
      </table>
      ${this.moreView(this.#older !== null, async () => this.#take(await this.#ask({ limit: PAGE, before: this.#older ?? "" })))}`;
  }

  #ask(part: { limit: number; before?: string }): Promise<DeliveryPage> {
    const state = this.#state === "all" ? {} : { state: this.#state };
    const filter: DeliveryFilter = { ...state, ...(this.#endpoint ? { endpoint: this.#endpoint } : {}), ...part };
    return this.app.desk.api.deliveries(filter);
  }

  #take({ endpoints, deliveries, older }: DeliveryPage): readonly Delivery[] {
    // An endpoint that was removed is still the one that is asked for.
    const names = [...endpoints.map(({ name }) => name), ...(this.#endpoint ? [this.#endpoint] : [])];
    this.#endpoints = [...new Set(names)].sort();
    this.#older = older;
    return deliveries;
  }

  /** Read again as many as are shown, one reading at a time; of more than the gateway tells at once the oldest stay as they were. */
  async #refresh(): Promise<void> {
    const before = this.rows ?? [];
    [this.#isReading, this.#told] = [true, this.app.desk.deliveriesTold];
    try {
      const { deliveries, older } = await this.#ask({ limit: Math.min(MOST, Math.max(PAGE, before.length)) });
      const fresh = new Set(deliveries.map(({ id }) => id));
      const rest = before.length > MOST ? before.slice(MOST).filter(({ id }) => !fresh.has(id)) : [];
      this.rows = [...deliveries, ...rest];
      if (!rest.length) this.#older = older;
      this.problem = "";
    } catch (error) {
      this.problem = this.app.explain(error);
    }
    this.#isReading = false;
    this.#tellEnded();
    this.requestUpdate();
  }

  /** Whoever had one repeated hears how it ended. */
  #tellEnded(): void {
    const { texts, voice } = this.app;
    for (const { id, state, event, endpoint } of this.rows ?? []) {
      if (state === "waiting" || !this.#awaited.delete(id)) continue;
      voice.say(texts.get("webhooks.result", { event: texts.name("event", event), endpoint, state: texts.get(`deliveryState.${state}`) }));
    }
  }

  #row(delivery: Delivery): TemplateResult {
    const { texts, desk } = this.app;
    return html`<tr>
      <td><a href=${hrefOf({ page: "queue", conversation: delivery.conversation })}>${texts.name("event", delivery.event)}</a></td>
      <td>${delivery.endpoint}</td>
      <td><span class="tag delivery-${delivery.state}">${texts.get(`deliveryState.${delivery.state}`)}</span></td>
      <td class="number">${delivery.tries}</td>
      <td>${answerText(texts, delivery)}</td>
      <td>${timesView(texts, delivery)}</td>
      ${desk.isLead ? html`<td>${delivery.state === "waiting" ? nothing : this.#replayView(delivery)}</td>` : nothing}
    </tr>`;
  }

  #replayView(delivery: Delivery): TemplateResult {
    const { texts } = this.app;
    const isReplaying = this.#replaying.has(delivery.id);
    return html`<button
      type="button"
      class="small"
      aria-disabled=${isReplaying ? "true" : nothing}
      @click=${() => void this.#replay(delivery)}
    >
      ${texts.get(isReplaying ? "webhooks.replaying" : "webhooks.replay")}<span class="sr-only"
        >&nbsp;${texts.name("event", delivery.event)}, ${delivery.endpoint}, ${texts.moment(delivery.created_at)}</span
      >
    </button>`;
  }

  /** Once, however often the button is pressed. */
  async #replay({ id }: Delivery): Promise<void> {
    const { desk, texts, voice } = this.app;
    if (this.#replaying.has(id)) return;
    this.#replaying.add(id);
    this.requestUpdate();
    voice.say(texts.get("webhooks.replaying"));
    try {
      const replayed = await desk.api.replay(id);
      this.rows = this.rows?.map((row) => (row.id === id ? replayed : row));
      this.#awaited.add(id);
      this.app.tell({ kind: "done", text: texts.get("webhooks.replayed") });
      this.querySelector<HTMLElement>("h1")?.focus();
    } catch (error) {
      this.app.tell({ kind: "wrong", text: this.app.explain(error) });
    }
    this.#replaying.delete(id);
    this.requestUpdate();
  }
}

function answerText(texts: DeskTexts, { status, error }: Delivery): string {
  if (error !== null) return texts.name("deliveryError", error);
  return status === null ? "" : texts.get("webhooks.status", { status });
}

function timesView(texts: DeskTexts, { created_at, due_at, ended_at, state }: Delivery): TemplateResult {
  const ended = ended_at ? html`<br />${texts.get("webhooks.ended", { moment: texts.moment(ended_at) })}` : nothing;
  const due = html`<br />${texts.get("webhooks.due", { moment: texts.moment(due_at) })}`;
  return html`${texts.get("webhooks.created", { moment: texts.moment(created_at) })}${state === "waiting" ? due : ended}`;
}

customElements.define("desk-webhooks", WebhooksPage);
