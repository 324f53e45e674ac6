/** What outside systems were told, the newest first; leads have a delivery repeated. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { Delivery } from "./core/records";
import { ListPage, heads } from "./lists";
import { hrefOf } from "./routes";
import type { DeskTexts } from "./texts";

const STATES = ["waiting", "delivered", "failed"] as const;
const COLUMNS = ["event", "endpoint", "state", "tries", "answer", "times"] as const;
/** How many deliveries are read at first, and the most that the gateway tells. */
const [FIRST, MOST] = [50, 200];

class WebhooksPage extends ListPage<Delivery> {
  #state: Delivery["state"] | "all" = "all";
  #limit = FIRST;
  #isMore = false;
  readonly #replaying = new Set<string>();

  protected get heading(): string {
    return this.app.texts.get("page.webhooks");
  }

  protected get none(): string {
    return this.app.texts.get("webhooks.none");
  }

  protected override filters(): TemplateResult {
    const { texts } = this.app;
    const states = STATES.map((id) => [id, texts.get(`deliveryState.${id}`)] as const);
    return this.choice(texts.get("filter.label"), [["all", texts.get("webhooks.all")], ...states], this.#state, (value) => {
      [this.#state, this.#limit] = [value, FIRST];
    });
  }

  protected async read(): Promise<readonly Delivery[]> {
    const state = this.#state === "all" ? {} : { state: this.#state };
    const found = await this.app.desk.api.deliveries({ ...state, limit: this.#limit });
    this.#isMore = found.length === this.#limit && this.#limit < MOST;
    return found;
  }

  protected table(rows: readonly Delivery[]): TemplateResult {
    const { texts, desk } = this.app;
    const names = COLUMNS.map((name) => texts.get(`column.${name}`));
    return html`<table>
        ${heads(desk.isLead ? [...names, texts.get("column.replay")] : names)}
        <tbody>
          ${rows.map((delivery) => this.#row(delivery))}
        </tbody>
      </table>
      ${this.#isMore ? html`<button type="button" class="small" @click=${this.#more}>${texts.get("more")}</button>` : nothing}`;
  }

  /** The gateway tells the newest only, without a place to go on from: older ones come with all that are newer. */
  readonly #more = (): void => {
    this.#limit = MOST;
    void this.load();
  };

  #row(delivery: Delivery): TemplateResult {
    const { texts, desk } = this.app;
    return html`<tr>
      <td><a href=${hrefOf({ page: "queue", conversation: delivery.conversation })}>${texts.name("event", delivery.event)}</a></td>
      <td>${delivery.endpoint}</td>
      <td>${texts.get(`deliveryState.${delivery.state}`)}</td>
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
