/** The dialogs of the team: a member's facts, new credentials, and letting somebody go; what is handed over is shown once. */

import { html, nothing, svg } from "lit";
import type { TemplateResult } from "lit";
import { newId } from "../assistant-chat/core/outbox";
import type { Asking } from "./app";
import type { Credentials, Handed, Language, MemberFacts, Role } from "./core/types";
import { DeskDialog } from "./dialog";

const ROLES = ["rep", "lead", "admin"] as const;
const LANGUAGES = ["fr", "en"] as const;

/** A dialog that may end with what is handed over, which is shown until the dialog is closed. */
abstract class HandingDialog extends DeskDialog {
  static override properties = { ...DeskDialog.properties, asking: { attribute: false } };

  #handed: Handed | undefined;
  protected abstract form(): TemplateResult;

  protected body(): unknown {
    return this.#handed ? this.#handedView(this.#handed) : this.form();
  }

  protected async hand(handed: Handed): Promise<void> {
    this.#handed = handed;
    this.requestUpdate();
    await this.updateComplete;
    this.querySelector<HTMLElement>("[data-step]")?.focus();
  }

  #handedView({ member, credentials }: Handed): TemplateResult {
    const { texts } = this.app;
    return html`<h3 tabindex="-1" data-step>${texts.get("handed.title", { name: member.name })}</h3>
      <p>${texts.get("handed.explain")}</p>
      <dl class="handed">
        <div><dt>${texts.get("signIn.userId")}</dt><dd><code>${member.user_id}</code></dd></div>
        <div><dt>${texts.get("handed.password")}</dt><dd><code>${credentials.password}</code></dd></div>
        <div><dt>${texts.get("handed.secret")}</dt><dd><code>${fours(credentials.secret)}</code></dd></div>
      </dl>
      ${qrView(credentials, texts.get("handed.qr"))}
      <div class="dialog-foot">
        <button type="button" class="primary" @click=${() => this.close()}>${texts.get("handed.noted")}</button>
      </div>`;
  }
}

class MemberDialog extends HandingDialog {
  declare asking: Extract<Asking, { readonly kind: "member" }>;
  /** However often the form is sent, it is one member. */
  readonly #id = newId();

  protected get heading(): string {
    return this.app.texts.get(this.asking.member ? "member.change" : "team.add");
  }

  protected form(): TemplateResult {
    const { texts, desk } = this.app;
    const { member } = this.asking;
    return html`<form @submit=${this.#submit}>
      ${member
        ? html`<p class="hint">${texts.get("signIn.userId")}&nbsp;: <code>${member.user_id}</code></p>`
        : field(texts.get("signIn.userId"), "user_id", "", 64, texts.get("member.userIdHint"))}
      ${field(texts.get("column.name"), "name", member?.name ?? "", 100)} ${field(texts.get("column.alias"), "alias", member?.alias ?? "", 60)}
      <div class="side-by-side">
        ${select(texts.get("column.role"), "role", ROLES.map((role) => [role, texts.name("role", role)]), member?.role ?? "rep")}
        ${select(
          texts.get("column.team"),
          "team",
          [["", texts.get("member.noTeam")], ...(desk.settings?.teams ?? []).map(({ id, name }) => [id, name] as const)],
          member?.team?.id ?? "",
        )}
      </div>
      <fieldset>
        <legend>${texts.get("column.languages")}</legend>
        ${LANGUAGES.map(
          (language) =>
            html`<label class="option">
              <input type="checkbox" name="languages" value=${language} ?checked=${member?.languages.includes(language) ?? true} />
              <span>${texts.name("language", language)}</span>
            </label>`,
        )}
      </fieldset>
      ${this.submitView(texts.get(member ? "member.save" : "team.add"))}
    </form>`;
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const languages = new FormData(form).getAll("languages") as Language[];
    if (!languages.length) {
      this.problem = this.app.texts.get("member.languageMissing");
      this.requestUpdate();
      return form.querySelector<HTMLElement>("[name=languages]")?.focus();
    }
    const facts: MemberFacts = {
      name: this.value(form, "name"),
      alias: this.value(form, "alias"),
      role: this.value(form, "role") as Role,
      team: this.value(form, "team") || null,
      languages,
    };
    if (this.asking.member) await this.#change(this.asking.member.id, facts);
    else await this.#add(this.value(form, "user_id"), facts);
  };

  async #add(userId: string, facts: MemberFacts): Promise<void> {
    let handed: Handed | undefined;
    if (!(await this.attempt(async () => (handed = await this.app.desk.api.addMember(this.#id, userId, facts))))) return;
    this.asking.done();
    await this.hand(handed as unknown as Handed);
  }

  async #change(id: string, facts: MemberFacts): Promise<void> {
    if (!(await this.attempt(() => this.app.desk.api.changeMember(id, facts)))) return;
    this.close();
    this.asking.done();
    this.app.tell({ kind: "done", text: this.app.texts.get("member.saved", { name: facts.name }) });
  }
}

/** New credentials, or none any more: both end what is open. */
class StandingDialog extends HandingDialog {
  declare asking: Extract<Asking, { readonly kind: "reset" | "letGo" }>;

  protected get heading(): string {
    return this.app.texts.get(`team.${this.asking.kind}`);
  }

  protected form(): TemplateResult {
    const { texts } = this.app;
    const { kind, member } = this.asking;
    return html`<form @submit=${this.#submit}>
      <p>${texts.get(`${kind}.explain`, { name: member.name })}</p>
      ${this.submitView(texts.get(`team.${kind}`))}
    </form>`;
  }

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const { kind, member, done } = this.asking;
    const { desk, texts } = this.app;
    let handed: Handed | undefined;
    const isDone = await this.attempt(async () => {
      if (kind === "reset") handed = await desk.api.resetMember(member.id);
      else await desk.api.letIn(member.id, false);
    });
    if (!isDone) return;
    done();
    if (handed) return this.hand(handed);
    this.close();
    this.app.tell({ kind: "done", text: texts.get("letGo.done", { name: member.name }) });
  };
}

function field(label: string, name: string, value: string, most: number, hint = ""): TemplateResult {
  return html`<div class="entry">
    <label for="member-${name}">${label}</label>
    <input
      id="member-${name}"
      name=${name}
      value=${value}
      maxlength=${most}
      autocomplete="off"
      autocapitalize=${name === "user_id" ? "none" : nothing}
      spellcheck="false"
      required
      aria-describedby=${hint ? `${name}-hint` : nothing}
      ?data-first=${name === "user_id" || name === "name"}
    />
    ${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : nothing}
  </div>`;
}

function select(label: string, name: string, rows: readonly (readonly [string, string])[], chosen: string): TemplateResult {
  return html`<div class="entry">
    <label for="member-${name}">${label}</label>
    <select id="member-${name}" name=${name}>
      ${rows.map(([value, text]) => html`<option value=${value} ?selected=${value === chosen}>${text}</option>`)}
    </select>
  </div>`;
}

/** The picture for authenticators: a square for each dark module. */
function qrView({ qr }: Credentials, label: string): TemplateResult {
  const squares = qr.flatMap((row, y) => [...row].map((dark, x) => (dark === "1" ? `M${x} ${y}h1v1h-1z` : ""))).join("");
  return html`<svg class="qr" role="img" aria-label=${label} viewBox="0 0 ${qr.length} ${qr.length}" shape-rendering="crispEdges">
    ${svg`<path d=${squares} />`}
  </svg>`;
}

function fours(secret: string): string {
  return secret.replace(/.{4}(?=.)/gu, "$& ");
}

customElements.define("desk-member", MemberDialog);
customElements.define("desk-standing", StandingDialog);
