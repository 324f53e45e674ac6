/** The desk: who is signed in, what is shown, and the keys; holds no knowledge of its own. */

import { LitElement, html } from "lit";
import type { TemplateResult } from "lit";
import { Refusal } from "../assistant-chat/core/http";
import { browserMemory } from "../assistant-chat/core/memory";
import { Scroller } from "../assistant-chat/scroller";
import { SecondHand } from "../assistant-chat/second-hand";
import { announce } from "./announce";
import type { App, Asking, Notice } from "./app";
import { Desk } from "./core/desk";
import type { Thread } from "./core/thread";
import type { Language, Line } from "./core/types";
import { hrefOf, readRoute } from "./routes";
import type { Route } from "./routes";
import { shortcutOf } from "./shortcuts";
import { obey } from "./keys";
import { nameDocument } from "./page-title";
import { DeskTexts } from "./texts";
import { canSend } from "./views/composer-view";
import { pageView } from "./views/pages-view";
import { dialogView, headerView, noticesView } from "./views/shell-view";
import type { Shell } from "./views/shell-view";
import { Voice } from "./voice";
import "./acts";
import "./canned";
import "./find-customer";
import "./help";
import "./figures";
import "./lists";
import "./operate";
import "./questions";
import "./small-dialogs";
import "./sign-in";
import "./team";
import "./team-dialogs";
import "./webhooks";

const PREFIX = "assistant-desk:";
const SHOWN_MS = 6_000;

export class AssistantDesk extends LitElement {
  static override properties = { api: {} };

  declare api: string;
  #desk: Desk | undefined;
  #route: Route = { page: "queue" };
  #asking: Asking | undefined;
  #notice: Notice | undefined;
  #fading: ReturnType<typeof setTimeout> | undefined;
  #isNote = false;
  #isSideShown = false;
  #tick = 0;
  #wasIn = false;
  #language: Language = "fr";
  readonly #voice = new Voice(() => this.#texts.language);
  readonly #scroller = new Scroller(
    this,
    () => this.querySelector<HTMLElement>(".transcript"),
    () => this.#held,
  );

  constructor() {
    super();
    this.api = "/api/desk";
    new SecondHand(this, () => Boolean(this.#desk?.queue.waiting.length));
  }

  /** The page's own style is the desk's style. */
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#language = document.documentElement.lang.startsWith("en") ? "en" : "fr";
    this.#desk = new Desk(
      { base: new URL(this.api, document.baseURI), memory: (start) => browserMemory("sessionStorage", PREFIX + start) },
      {
        changed: () => this.requestUpdate(),
        arrived: (thread, lines) => this.#arrived(thread, lines),
        queued: (waiting) => this.#voice.say(this.#texts.count("announce.queue", waiting)),
        linked: (isLive) => this.#voice.say(this.#texts.get(isLive ? "link.back" : "link.lost")),
      },
    );
    this.#desk.api.language = this.#language;
    addEventListener("hashchange", this.#onRoute);
    addEventListener("online", this.#onWake);
    document.addEventListener("visibilitychange", this.#onWake);
    document.addEventListener("keydown", this.#onKey);
    this.#route = readRoute(location.hash);
    void this.#desk.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("hashchange", this.#onRoute);
    removeEventListener("online", this.#onWake);
    document.removeEventListener("visibilitychange", this.#onWake);
    document.removeEventListener("keydown", this.#onKey);
    this.#desk?.stop();
  }

  protected override render(): TemplateResult {
    const { app } = this;
    this.#tick += 1;
    const region = html`<div class="sr-only voice" role="log" aria-live="polite" aria-relevant="additions"></div>`;
    if (app.desk.phase === "starting") return html`${region}<p class="hint starting">${app.texts.get("loading")}</p>`;
    if (app.desk.phase !== "in") {
      return html`${region}<desk-sign-in
          .app=${app}
          .tick=${this.#tick}
          .speak=${(language: Language) => this.#speakBefore(language)}
        ></desk-sign-in>`;
    }
    return html`${region}<a class="skip" href="#content" @click=${this.#skip}>${app.texts.get("skip")}</a>
      ${headerView(app, this.#shell)} ${noticesView(app, this.#shell)}
      <main id="content" tabindex="-1">${pageView(app, this.#tick)}</main>
      ${dialogView(app, this.#asking, this.#tick)}`;
  }

  protected override updated(): void {
    const { desk, texts } = this.app;
    this.#voice.attach(this.querySelector(".voice"));
    const isIn = desk.phase === "in";
    if (isIn && !this.#wasIn) void this.#enter();
    this.#wasIn = isIn;
    nameDocument(desk, texts);
  }

  /** What the transcript holds, so that only its growing moves it. */
  get #held(): string {
    const thread = this.#desk?.current;
    return [thread?.id, thread?.lines.length, thread?.pending.length, thread?.view?.notes.length, thread?.typing].join(" ");
  }

  get #texts(): DeskTexts {
    const { phase } = this.#desk as Desk;
    return new DeskTexts(phase === "in" ? (this.#desk as Desk).me.language : this.#language);
  }

  get #shell(): Shell {
    return {
      notice: this.#notice,
      switchLanguage: () => void this.#attempt(() => this.app.desk.speak(this.#texts.language === "fr" ? "en" : "fr")),
      signOut: () => void this.#attempt(() => this.app.desk.signOut()),
    };
  }

  get app(): App {
    return {
      desk: this.#desk as Desk,
      texts: this.#texts,
      voice: this.#voice,
      route: this.#route,
      site: location.origin,
      isNote: this.#isNote,
      isSideShown: this.#isSideShown,
      unseen: this.#scroller.unseen,
      scrolled: () => this.#scroller.scrolled(),
      ...this.#ways,
    };
  }

  readonly #ways = {
    go: (route: Route): void => void (location.hash = hrefOf(route)),
    ask: (asking: Asking): void => this.#set(() => (this.#asking = asking)),
    closeDialog: (): void => void this.#closeDialog(),
    writeNotes: (on: boolean): void => {
      this.#set(() => (this.#isNote = on));
      void this.#focus("#reply");
    },
    showSide: (on: boolean): void => this.#set(() => (this.#isSideShown = on)),
    showNew: (): void => this.#scroller.toEnd(),
    claim: (id?: string): void => void this.#claim(id),
    send: (): void => void this.#send(),
    tell: (notice: Notice | undefined): void => this.#tell(notice),
    explain: (error: unknown): string => this.#explain(error),
    focusComposer: (): void => void this.#focus("#reply"),
  };

  #set(change: () => void): void {
    change();
    this.requestUpdate();
  }

  async #focus(selector: string): Promise<void> {
    await this.updateComplete;
    this.querySelector<HTMLElement>(selector)?.focus();
  }

  /** The focus goes back to what opened the dialog; where that is gone, to the page's heading. */
  async #closeDialog(): Promise<void> {
    this.#set(() => (this.#asking = undefined));
    await this.updateComplete;
    if (!document.activeElement || document.activeElement === document.body) await this.#focus("h1");
  }

  #speakBefore(language: Language): void {
    this.#set(() => (this.#language = language));
    this.app.desk.api.language = language;
  }

  async #attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      this.#tell({ kind: "wrong", text: this.#explain(error) });
      return false;
    }
  }

  #explain(error: unknown): string {
    if (!(error instanceof Refusal)) return this.#texts.get("error.network");
    const { message, next_step } = error.fields as { message?: string; next_step?: string };
    return [message || error.words || this.#texts.get("error.generic"), next_step].filter(Boolean).join(" ");
  }

  #tell(notice: Notice | undefined): void {
    clearTimeout(this.#fading);
    this.#set(() => (this.#notice = notice));
    if (!notice) return;
    this.#voice.say(notice.text);
    if (notice.kind === "done") this.#fading = setTimeout(() => this.#tell(undefined), SHOWN_MS);
  }

  async #claim(id?: string): Promise<void> {
    let claimed: string | undefined;
    const isOurs = await this.#attempt(async () => (claimed = await this.app.desk.claim(id)));
    if (!isOurs || !claimed) return;
    const isOpen = this.#route.conversation === claimed;
    this.#isNote = false;
    this.app.go({ page: "queue", conversation: claimed });
    if (isOpen) await this.#focus("#reply");
  }

  async #send(): Promise<void> {
    const { desk } = this.app;
    const thread = desk.current;
    const text = (this.#isNote ? thread?.noteDraft : thread?.draft)?.trim() ?? "";
    if (!thread || !canSend(text, this.#isNote)) return;
    this.#scroller.follow();
    if (!this.#isNote) {
      thread.say(text);
      return thread.write("");
    }
    if (await this.#attempt(() => desk.api.note(thread.id, text))) {
      thread.writeNote("");
      await thread.load();
    }
  }

  #arrived(thread: Thread, lines: readonly Line[]): void {
    const news = announce(this.app, thread, lines);
    if (news.length && thread === this.app.desk.current) this.#scroller.arrived(news);
  }

  /** Show what the address names; whoever went there is led to where it begins, or to where one writes. */
  async #openRoute(): Promise<void> {
    const { desk } = this.app;
    if (desk.phase !== "in") return;
    this.#scroller.follow();
    await this.#attempt(() => desk.open(this.#route.page === "queue" ? this.#route.conversation : undefined));
  }

  /** Whoever has just signed in begins at the page's heading. */
  async #enter(): Promise<void> {
    const wasTyping = document.activeElement?.closest("desk-sign-in");
    await this.#openRoute();
    if (wasTyping || document.activeElement === document.body) await this.#focus("h1");
  }

  readonly #onRoute = async (): Promise<void> => {
    const route = readRoute(location.hash);
    if (hrefOf(route) === hrefOf(this.#route) || this.app.desk.phase !== "in") return;
    this.#set(() => ([this.#route, this.#asking, this.#isNote, this.#isSideShown] = [route, undefined, false, false]));
    await this.#openRoute();
    const { desk } = this.app;
    await this.#focus(desk.isMine(desk.current?.item) ? "#reply" : "h1");
  };

  readonly #skip = (event: Event): void => {
    event.preventDefault();
    this.querySelector<HTMLElement>("#content")?.focus();
  };

  readonly #onWake = (): void => {
    if (document.visibilityState === "visible") this.#desk?.wake();
  };

  readonly #onKey = (event: KeyboardEvent): void => {
    const shortcut = shortcutOf(event);
    if (!shortcut || this.#asking || this.app.desk.phase !== "in") return;
    event.preventDefault();
    obey(shortcut, this.app, (selector) => void this.#focus(selector));
  };
}

customElements.define("assistant-desk", AssistantDesk);
