/** The dialogs for what is done with a whole conversation: transfer, hand back, put back, take over, close; and for tickets. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { Act, Asking } from "./app";
import type { Thread } from "./core/thread";
import type { Item, Named, Presence } from "./core/types";
import { DeskDialog } from "./dialog";

const PATHS = { transfer: "transfer", handBack: "hand-back", release: "release", takeover: "takeover", close: "close" } as const;

export class ActDialog extends DeskDialog {
  static override properties = { ...DeskDialog.properties, asking: { attribute: false } };

  declare asking: { readonly kind: Act; readonly thread: Thread };

  protected get heading(): string {
    return this.app.texts.get(`action.${this.asking.kind}`);
  }

  protected body(): TemplateResult {
    const { texts } = this.app;
    const { kind } = this.asking;
    return html`<form method="dialog" @submit=${this.#submit}>
      <p>${texts.get(`${kind}.explain`)}</p>
      ${kind === "transfer" ? this.#targetView() : nothing}
      ${kind === "close" ? choiceView(texts.get("close.outcome"), this.app.desk.settings?.outcomes ?? []) : nothing}
      ${kind === "release" ? nothing : noteField(texts.get(`${kind}.note`), kind === "transfer" || kind === "takeover", kind !== "close" && kind !== "transfer")}
      ${this.submitView(texts.get(`${kind}.submit`))}
    </form>`;
  }

  #targetView(): TemplateResult {
    const { texts, desk } = this.app;
    const present = desk.reps.filter((rep) => rep.present && rep.id !== desk.me.id);
    return html`<div class="entry">
      <label for="target">${texts.get("transfer.to")}</label>
      <select id="target" name="target" required data-first>
        <optgroup label=${texts.get("transfer.teams")}>
          ${desk.settings?.teams.map((team) => html`<option value="team ${team.id}">${team.name}</option>`)}
        </optgroup>
        ${present.length
          ? html`<optgroup label=${texts.get("transfer.reps")}>
              ${present.map((rep) => html`<option value="rep ${rep.id}">${this.#nameOf(rep)}</option>`)}
            </optgroup>`
          : nothing}
      </select>
      ${present.length ? nothing : html`<p class="hint">${texts.get("transfer.nobody")}</p>`}
    </div>`;
  }

  #nameOf({ name, team, languages }: Presence): string {
    const { texts, desk } = this.app;
    const teamName = desk.settings?.teams.find(({ id }) => id === team)?.name;
    const spoken = languages.map((language) => texts.name("language", language));
    return `${name} (${[...(teamName ? [teamName] : []), ...spoken].join(", ")})`;
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const { kind, thread } = this.asking;
    const note = this.value(form, "note");
    if (!note && (kind === "transfer" || kind === "takeover")) {
      this.problem = this.app.texts.get("dialog.noteMissing");
      this.requestUpdate();
      return form.querySelector<HTMLElement>("textarea")?.focus();
    }
    if (!(await this.attempt(async () => this.app.desk.settle(await this.#act(form, note, thread))))) return;
    this.close();
    this.app.tell({ kind: "done", text: this.app.texts.get(`${kind}.done`) });
  };

  #act(form: HTMLFormElement, note: string, thread: Thread): Promise<Item> {
    const { kind } = this.asking;
    const [sort = "", id = ""] = this.value(form, "target").split(" ");
    const bodies = {
      transfer: { [sort]: id, note },
      handBack: note ? { note } : {},
      release: undefined,
      takeover: { reason: note },
      close: { outcome: this.value(form, "choice"), ...(note ? { note } : {}) },
    };
    return this.app.desk.api.act(thread.id, PATHS[kind], bodies[kind]);
  }
}

/** The customer of a ticket was reached, or not. */
export class FinishDialog extends DeskDialog {
  static override properties = { ...DeskDialog.properties, asking: { attribute: false } };

  declare asking: Extract<Asking, { readonly kind: "finish" }>;

  protected get heading(): string {
    return this.app.texts.get("finish.title", { number: this.asking.ticket.number });
  }

  protected body(): TemplateResult {
    const { texts, desk } = this.app;
    return html`<form method="dialog" @submit=${this.#submit}>
      ${choiceView(texts.get("close.outcome"), desk.settings?.outcomes ?? [])} ${noteField(texts.get("close.note"), false, false)}
      ${this.submitView(texts.get("finish.submit"))}
    </form>`;
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const { ticket, done } = this.asking;
    const [outcome, note] = [this.value(form, "choice"), this.value(form, "note")];
    if (!(await this.attempt(() => this.app.desk.api.finishTicket(ticket.number, outcome, note)))) return;
    this.close();
    done();
    this.app.tell({ kind: "done", text: this.app.texts.get("finish.done") });
  };
}

function choiceView(label: string, choices: readonly Named[]): TemplateResult {
  return html`<div class="entry">
    <label for="choice">${label}</label>
    <select id="choice" name="choice" required data-first>
      ${choices.map(({ id, name }) => html`<option value=${id}>${name}</option>`)}
    </select>
  </div>`;
}

function noteField(label: string, isRequired: boolean, isFirst: boolean): TemplateResult {
  return html`<div class="entry">
    <label for="note">${label}</label>
    <textarea id="note" name="note" rows="3" maxlength="2000" ?required=${isRequired} ?data-first=${isFirst}></textarea>
  </div>`;
}

customElements.define("desk-act", ActDialog);
customElements.define("desk-finish", FinishDialog);
