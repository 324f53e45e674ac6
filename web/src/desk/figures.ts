/** The figures: charts that are also tables, what each figure means, and the same as a file. */

import { html, nothing, svg } from "lit";
import type { TemplateResult } from "lit";
import type { Period } from "./core/api";
import type { Count, Figures, Totals } from "./core/records";
import { DeskElement } from "./element";

const DAY_MS = 86_400_000;
const ORDER = ["resolved", "resolved_so_far", "handed_over", "came_back", "unresolved", "abandoned", "open", "nothing_asked"];
const [WIDTH, HEIGHT] = [960, 200];

const dayBefore = (days: number): string => new Date(Date.now() - days * DAY_MS).toLocaleDateString("en-CA", { timeZone: "America/Toronto" });

class FiguresPage extends DeskElement {
  #period: Period = { first: dayBefore(29), last: dayBefore(0) };
  #figures: Figures | undefined;
  #problem = "";
  #language = "";

  protected override willUpdate(): void {
    if (this.#language === this.app.texts.language) return;
    this.#language = this.app.texts.language;
    void this.#read();
  }

  protected override render(): TemplateResult {
    const { texts } = this.app;
    return html`<section class="page" aria-labelledby="page-title">
      <h1 id="page-title" tabindex="-1">${texts.get("page.figures")}</h1>
      ${this.#periodView()} ${this.#problem ? html`<p class="problem" role="alert">${this.#problem}</p>` : nothing}
      ${this.#figures ? this.#figuresView(this.#figures) : html`<p class="hint">${texts.get("loading")}</p>`}
    </section>`;
  }

  #periodView(): TemplateResult {
    const { texts, desk } = this.app;
    const { first, last, language } = this.#period;
    return html`<form class="filters" @change=${this.#change} @submit=${(event: Event) => event.preventDefault()}>
      <label for="first">${texts.get("figures.first")}</label> <input id="first" name="first" type="date" value=${first} required />
      <label for="last">${texts.get("figures.last")}</label> <input id="last" name="last" type="date" value=${last} required />
      <label for="figures-language">${texts.get("column.language")}</label>
      <select id="figures-language" name="language">
        <option value="">${texts.get("filter.all")}</option>
        ${(["fr", "en"] as const).map((code) => html`<option value=${code} ?selected=${code === language}>${texts.name("language", code)}</option>`)}
      </select>
      <a href=${desk.api.figuresFile(this.#period)} download>${texts.get("figures.csv")}</a>
    </form>`;
  }

  readonly #change = (event: Event): void => {
    const form = event.currentTarget as HTMLFormElement;
    const [first, last, language] = ["first", "last", "language"].map((name) => this.value(form, name)) as [string, string, string];
    if (!first || !last) return;
    this.#period = { first, last, ...(language ? { language } : {}) };
    void this.#read();
  };

  async #read(): Promise<void> {
    try {
      [this.#figures, this.#problem] = [await this.app.desk.api.figures(this.#period), ""];
    } catch (error) {
      this.#problem = this.app.explain(error);
    }
    this.requestUpdate();
  }

  #figuresView(figures: Figures): TemplateResult {
    const { texts } = this.app;
    return html`${this.#totalsView(figures.totals)}
      <h2 id="by-day">${texts.get("figures.byDay")}</h2>
      ${this.#chartView(figures)}
      <details class="chart-data">
        <summary>${texts.get("figures.asTable")}</summary>
        ${this.#daysView(figures)}
      </details>
      ${this.#splitView("figures.byLanguage", figures.languages.map((row) => [texts.name("language", row.language), row]))}
      ${this.#splitView("figures.byChannel", figures.channels.map((row) => [texts.name("channel", row.channel), row]))}
      ${this.#countsView("figures.handoffs", "reason", figures.handoffs)}
      ${this.#countsView("figures.notUnderstood", "missedReason", figures.not_understood)}
      ${this.#tableView(
        "figures.operations",
        ["begun", "done", "refused", "left"],
        figures.operations.map(({ id, ...rest }) => [this.#operationName(id), rest]),
      )}
      ${this.#tableView(
        "figures.faq",
        ["answered", "useful", "not_useful", "in_resolved", "in_handed_over"],
        figures.faq.map(({ id, ...rest }) => [id, rest]),
      )}
      <h2>${texts.get("figures.definitions")}</h2>
      <ul class="definitions">
        ${figures.definitions.map(({ text }) => html`<li>${text}</li>`)}
      </ul>`;
  }

  #operationName(id: string): string {
    return this.app.desk.settings?.operations.find((operation) => operation.id === id)?.name ?? id;
  }

  #totalsView({ conversations, settled, resolved }: Totals): TemplateResult {
    const { texts } = this.app;
    const between = resolved ? texts.get("figures.between", { low: texts.percent(resolved.low), high: texts.percent(resolved.high) }) : "";
    return html`<dl class="totals">
      <div><dt>${texts.get("figures.conversations")}</dt><dd>${conversations}</dd></div>
      <div><dt>${texts.get("figures.settled")}</dt><dd>${settled}</dd></div>
      <div>
        <dt>${texts.get("figures.share")}</dt>
        <dd>${resolved ? texts.percent(resolved.share) : texts.get("figures.unknown")} <span class="hint">${between}</span></dd>
      </div>
    </dl>`;
  }

  /** One bar a day, its parts by outcome; the table below holds the same numbers. */
  #chartView({ days }: Figures): TemplateResult {
    const { texts } = this.app;
    const most = Math.max(1, ...days.map(({ outcomes }) => sum(outcomes)));
    const step = WIDTH / Math.max(1, days.length);
    const bars = days.map(({ day, outcomes }, index) => {
      let top = HEIGHT;
      const parts = ORDER.filter((id) => outcomes[id]).map((id) => {
        const height = ((outcomes[id] ?? 0) / most) * HEIGHT;
        top -= height;
        return svg`<rect class="outcome-${id}" x=${index * step + step * 0.1} y=${top} width=${step * 0.8} height=${height}/>`;
      });
      return svg`<g><title>${texts.day(day)} (${sum(outcomes)})</title>${parts}</g>`;
    });
    const shown = ORDER.filter((id) => days.some(({ outcomes }) => outcomes[id]));
    return html`<figure class="chart">
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${texts.get("figures.chart", { most })}>
        <line x1="0" y1=${HEIGHT} x2=${WIDTH} y2=${HEIGHT} />
        ${bars}
      </svg>
      <p class="axis" aria-hidden="true"><span>${texts.day(days[0]?.day ?? "")}</span><span>${texts.day(days.at(-1)?.day ?? "")}</span></p>
      <figcaption>
        ${shown.map(
          (id) => html`<span class="key"
            ><svg width="12" height="12" aria-hidden="true"><rect class="outcome-${id}" width="12" height="12" /></svg>${texts.name("outcome", id)}</span
          >`,
        )}
      </figcaption>
    </figure>`;
  }

  #daysView({ days }: Figures): TemplateResult {
    const { texts } = this.app;
    const shown = ORDER.filter((id) => days.some(({ outcomes }) => outcomes[id]));
    return this.#grid("by-day", texts.get("figures.day"), shown.map((id) => texts.name("outcome", id)), days.map(({ day, outcomes }) => [texts.day(day), shown.map((id) => outcomes[id] ?? 0)]));
  }

  #splitView(title: "figures.byLanguage" | "figures.byChannel", rows: readonly [string, Totals][]): TemplateResult | typeof nothing {
    if (!rows.length) return nothing;
    const { texts } = this.app;
    const names = [texts.get("figures.conversations"), texts.get("figures.settled"), texts.get("figures.share")];
    const cells = rows.map(([name, { conversations, settled, resolved }]): [string, (string | number)[]] => [
      name,
      [conversations, settled, resolved ? texts.percent(resolved.share) : texts.get("figures.unknown")],
    ]);
    return html`<h2 id=${title}>${texts.get(title)}</h2>
      ${this.#grid(title, "", names, cells)}`;
  }

  #countsView(title: "figures.handoffs" | "figures.notUnderstood", group: string, counts: readonly Count[]): TemplateResult | typeof nothing {
    if (!counts.length) return nothing;
    const { texts } = this.app;
    const rows = counts.map(({ reason, count }): [string, number[]] => [texts.name(group, reason), [count]]);
    return html`<h2 id=${title}>${texts.get(title)}</h2>
      ${this.#grid(title, texts.get("column.reason"), [texts.get("figures.count")], rows)}`;
  }

  #tableView(
    title: "figures.operations" | "figures.faq",
    columns: readonly string[],
    rows: readonly [string, Readonly<Record<string, number>>][],
  ): TemplateResult | typeof nothing {
    if (!rows.length) return nothing;
    const { texts } = this.app;
    const cells = rows.map(([name, row]): [string, number[]] => [name, columns.map((id) => row[id] ?? 0)]);
    return html`<h2 id=${title}>${texts.get(title)}</h2>
      ${this.#grid(title, "", columns.map((id) => texts.name("figure", id)), cells)}`;
  }

  #grid(labelledBy: string, corner: string, columns: readonly string[], rows: readonly [string, readonly (string | number)[]][]): TemplateResult {
    return html`<div class="table-frame" role="region" tabindex="0" aria-labelledby=${labelledBy}>
      <table class="numbers">
        <thead>
          <tr>
            ${corner ? html`<th scope="col">${corner}</th>` : html`<td></td>`}
            ${columns.map((name) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(([name, cells]) => html`<tr><th scope="row">${name}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`)}
        </tbody>
      </table>
    </div>`;
  }
}

function sum(outcomes: Readonly<Record<string, number>>): number {
  return Object.values(outcomes).reduce((all, count) => all + count, 0);
}

customElements.define("desk-figures", FiguresPage);
