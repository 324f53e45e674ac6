/** Who the customer is, when they are not signed in: found by an account number, chosen with how the identity was checked. */

import { html } from "lit";
import type { TemplateResult } from "lit";
import type { Thread } from "./core/thread";
import type { Profile } from "./core/types";
import { DeskDialog } from "./dialog";

export class FindCustomerDialog extends DeskDialog {
  static override properties = { ...DeskDialog.properties, thread: { attribute: false } };

  declare thread: Thread;
  #profiles: readonly Profile[] | undefined;

  protected get heading(): string {
    return this.app.texts.get("customer.find");
  }

  protected body(): TemplateResult {
    const { texts } = this.app;
    return html`<form @submit=${this.#search}>
        <div class="entry">
          <label for="account-number">${texts.get("customer.number")}</label>
          <div class="row">
            <input id="account-number" name="number" inputmode="numeric" autocomplete="off" minlength="9" maxlength="20" required data-first />
            <button type="submit" class="small">${texts.get("customer.search")}</button>
          </div>
        </div>
      </form>
      ${this.#profiles ? this.#chooseView(this.#profiles) : this.problemView()}`;
  }

  #chooseView(profiles: readonly Profile[]): TemplateResult {
    const { texts } = this.app;
    if (!profiles.length) return html`<p class="hint" role="status">${texts.get("customer.none")}</p>`;
    return html`<form @submit=${this.#choose}>
      <fieldset>
        <legend>${texts.count("customer.profiles", profiles.length)}</legend>
        ${profiles.map(
          (profile, index) => html`<label class="option"
            ><input type="radio" name="profile" value=${profile.id} ?checked=${index === 0} /><span
              >${profile.user_id}, ${profile.email}</span
            ></label
          >`,
        )}
      </fieldset>
      <div class="entry">
        <label for="checked">${texts.get("customer.checked")}</label>
        <textarea id="checked" name="checked" rows="2" maxlength="500" required></textarea>
        <p class="hint">${texts.get("customer.checkedHint")}</p>
      </div>
      ${this.submitView(texts.get("customer.choose"))}
    </form>`;
  }

  readonly #search = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const number = this.value(event.target as HTMLFormElement, "number");
    this.#profiles = undefined;
    await this.attempt(async () => (this.#profiles = await this.app.desk.api.findCustomers(number)));
  };

  readonly #choose = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const [profile, checked] = [this.value(form, "profile"), this.value(form, "checked")];
    if (!(await this.attempt(() => this.app.desk.api.chooseCustomer(this.thread.id, profile, checked)))) return;
    this.close();
    await this.thread.load();
  };
}

customElements.define("desk-find-customer", FindCustomerDialog);
