/** The team: who is there, for everybody; leads also see who may not sign in any more, and admins change it. */

import { html, nothing } from "lit";
import type { TemplateResult } from "lit";
import type { Member, Presence } from "./core/types";
import { ListPage, heads } from "./lists";
import type { DeskTexts } from "./texts";

type Row = Presence & Partial<Pick<Member, "user_id" | "active">> & { readonly teamName: string };

class TeamPage extends ListPage<Row> {
  #members: readonly Member[] = [];

  protected get heading(): string {
    return this.app.texts.get("page.team");
  }

  protected get none(): string {
    return this.app.texts.get("team.none");
  }

  protected override filters(): TemplateResult | typeof nothing {
    if (!this.app.desk.isAdmin) return nothing;
    const add = (): void => this.app.ask({ kind: "member", done: () => void this.load() });
    return html`<p><button type="button" class="primary" aria-haspopup="dialog" @click=${add}>${this.app.texts.get("team.add")}</button></p>`;
  }

  protected async read(): Promise<readonly Row[]> {
    const { desk } = this.app;
    if (!desk.isLead) return (await desk.api.reps()).map((rep) => ({ ...rep, teamName: this.#teamOf(rep.team) }));
    this.#members = await desk.api.team();
    return this.#members.map((member) => ({ ...member, team: member.team?.id ?? null, teamName: member.team?.name ?? "" }));
  }

  #teamOf(id: string | null): string {
    return this.app.desk.settings?.teams.find((team) => team.id === id)?.name ?? "";
  }

  /** Who is there comes live; the list itself is read once, and after each change. */
  protected table(rows: readonly Row[]): TemplateResult {
    const { texts, desk } = this.app;
    const columns = ["name", ...(desk.isLead ? ["userId"] : []), "alias", "role", "team", "languages", "present", "claimed"] as const;
    const names = columns.map((name) => texts.get(`column.${name as "name"}`));
    const live = new Map(desk.reps.map((rep) => [rep.id, rep]));
    return html`<table>
      ${heads(desk.isAdmin ? [...names, texts.get("column.actions")] : names)}
      <tbody>
        ${rows.map((row) => this.#row({ ...row, ...presence(live.get(row.id)) }))}
      </tbody>
    </table>`;
  }

  #row(row: Row): TemplateResult {
    const { texts, desk } = this.app;
    return html`<tr class=${row.active === false ? "inactive" : ""}>
      <th scope="row">${row.name}</th>
      ${desk.isLead ? html`<td>${row.user_id}</td>` : nothing}
      <td>${row.alias}</td>
      <td>${texts.name("role", row.role)}</td>
      <td>${row.teamName}</td>
      <td>${row.languages.map((language) => texts.name("language", language)).join(", ")}</td>
      <td>${presentWords(texts, row)}</td>
      <td class="number">${row.claimed}</td>
      ${desk.isAdmin ? html`<td>${this.#actsView(row)}</td>` : nothing}
    </tr>`;
  }

  #actsView(row: Row): TemplateResult | typeof nothing {
    const { texts, desk } = this.app;
    const member = this.#members.find(({ id }) => id === row.id);
    if (!member) return nothing;
    const done = (): void => void this.load();
    const button = (label: string, act: () => void): TemplateResult =>
      html`<button type="button" class="small" @click=${act}>${label}<span class="sr-only">&nbsp;${row.name}</span></button> `;
    const ask = (kind: "reset" | "letGo") => () => this.app.ask({ kind, member, done });
    return html`<span class="acts">
      ${button(texts.get("team.change"), () => this.app.ask({ kind: "member", member, done }))}
      ${member.id === desk.me.id ? nothing : button(texts.get("team.reset"), ask("reset"))}
      ${member.active ? button(texts.get("team.letGo"), ask("letGo")) : button(texts.get("team.takeBack"), () => void this.#takeBack(member))}
    </span>`;
  }

  async #takeBack(member: Member): Promise<void> {
    const { desk, texts } = this.app;
    try {
      await desk.api.letIn(member.id, true);
      this.app.tell({ kind: "done", text: texts.get("takeBack.done", { name: member.name }) });
    } catch (error) {
      this.app.tell({ kind: "wrong", text: this.app.explain(error) });
    }
    await this.load();
    this.querySelector<HTMLElement>("h1")?.focus();
  }
}

function presence(live: Presence | undefined): Partial<Row> {
  return live ? { present: live.present, claimed: live.claimed } : { present: false };
}

function presentWords(texts: DeskTexts, { active, present }: Row): string {
  if (active === false) return texts.get("team.gone");
  return texts.get(present ? "yes" : "no");
}

customElements.define("desk-team", TeamPage);
