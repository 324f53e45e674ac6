/** The element: holds one conversation, shows it, and keeps focus, scrolling and announcements right. */

import { LitElement, html, nothing } from "lit";
import type { TemplateResult } from "lit";
import { CallbackForm } from "./callback-form";
import { ChatApi } from "./core/api";
import { Conversation } from "./core/conversation";
import { isAboutIdentity } from "./core/identity";
import { browserMemory } from "./core/memory";
import type { Memory } from "./core/memory";
import type { Message } from "./core/protocol";
import { Draft } from "./draft";
import { Feedback } from "./feedback";
import { FocusKeeper, keepTabInside, showCard } from "./focus";
import { Links } from "./links";
import { languageOf, personOf } from "./page";
import { PhoneMove } from "./phone-move";
import { Receipts } from "./receipts";
import { RestartQuestion } from "./restart-question";
import { Scroller } from "./scroller";
import { SecondHand } from "./second-hand";
import { SignInForm } from "./sign-in-form";
import { styles } from "./styles";
import { Surroundings } from "./surroundings";
import { Texts } from "./text/texts";
import { TypingClock } from "./typing-clock";
import { Voice } from "./voice";
import { launcherView, noticeText, panelView } from "./views/panel-view";
import { typingText } from "./views/transcript-view";
import type { Actions, Ui } from "./views/ui";

const PREFIX = "assistant-chat:";

export class AssistantChat extends LitElement {
  static override styles = styles;
  static override properties = {
    api: {},
    phone: {},
    phoneLabel: { attribute: "phone-label" },
    heading: {},
    isOpen: { attribute: "open", type: Boolean, reflect: true },
  };

  declare api: string;
  declare phone: string;
  declare phoneLabel: string;
  declare heading: string;
  declare isOpen: boolean;

  #conversation: Conversation | undefined;
  #session: Memory = browserMemory("sessionStorage", PREFIX);
  #unread = 0;
  readonly #voice = new Voice(this, () => this.#texts);
  readonly #surroundings = new Surroundings(this, {
    stored: (key) => isAboutIdentity(key, PREFIX) && void this.#talk.followOtherTab(),
    woken: () => {
      this.#talk.wake();
      this.#links.cameBack();
    },
  });
  readonly #focus = new FocusKeeper(this, () => this.#composer);
  readonly #links = new Links(
    this,
    () => this.#surroundings.isSmall,
    () => this.#composer,
  );
  readonly #draft = new Draft(this, this.#session, this.#voice, (text) => this.#talk.handover.typed(text));
  readonly #signIn = new SignInForm(this, () => this.#talk.signIn, this.#voice);
  readonly #callback = new CallbackForm(this, (callback) => this.#talk.handover.callBack(callback), this.#voice);
  readonly #restart = new RestartQuestion({ root: () => this.renderRoot, redraw: () => (this.requestUpdate(), this.performUpdate()) });
  readonly #phoneMove = new PhoneMove(this, () => this.#talk.moving, this.#voice);
  readonly #receipts = new Receipts(this, (number, language) => this.#talk.receiptPdf(number, language), this.#voice);
  readonly #feedback = new Feedback(this, (...opinion) => this.#talk.rate(...opinion), this.#voice);
  readonly #scroller = new Scroller(
    this,
    () => this.renderRoot.querySelector<HTMLElement>(".transcript"),
    () => `${this.#talk.messages.length} ${this.#talk.pending.length} ${this.#typing.isShown} ${this.#talk.waiting?.text} ${this.#talk.handover.answering.owner}`,
  );
  // After the scroller, which measures what has been drawn.
  readonly #typing = new TypingClock(
    this,
    () => this.#talk.isAwaiting,
    () => this.#talk.waiting ?? this.#voice.say(typingText(this.#texts, this.#talk.handover.answering)),
  );

  constructor() {
    super();
    new SecondHand(this, () => this.#isCounting);
    this.api = "/api";
    this.phone = this.phoneLabel = this.heading = "";
    this.isOpen = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resume();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#conversation?.stop();
    this.#conversation = undefined;
  }

  /** Open the panel and put the focus where one writes; with a question, that question is ready to be sent. */
  open(question?: string): void {
    if (question) this.#draft.set(question);
    this.#show();
    this.#composer?.focus();
  }

  /** Close the panel and give the focus back. */
  close(): void {
    this.isOpen = false;
    this.#session.remove("open");
    this.performUpdate();
    this.renderRoot.querySelector<HTMLElement>(".launcher")?.focus();
    this.dispatchEvent(new Event("assistant-close"));
  }

  protected override render(): TemplateResult {
    const isModal = this.isOpen && this.#surroundings.isSmall;
    return html`
      <div class="outer sr-only" role="log" aria-live="polite" aria-relevant="additions"></div>
      ${launcherView(new Texts(languageOf(this)), this.isOpen, this.#unread, () => (this.isOpen ? this.close() : this.open()))}
      <div
        id="panel"
        class="panel"
        role=${isModal ? "dialog" : "complementary"}
        aria-modal=${isModal ? "true" : nothing}
        aria-labelledby="title"
        lang=${this.#texts.language}
        ?hidden=${!this.isOpen}
        @keydown=${this.#onKeydown}
      >
        <div class="inner sr-only" role="log" aria-live="polite" aria-relevant="additions"></div>
        ${panelView(this.#ui)}
      </div>
    `;
  }

  get #talk(): Conversation {
    this.#conversation ??= this.#newConversation();
    return this.#conversation;
  }

  /** Whether something on the screen tells how long is left. */
  get #isCounting(): boolean {
    return this.#signIn.lockedUntil !== undefined || this.#talk.notices.some((notice) => notice.until !== undefined);
  }

  get #texts(): Texts {
    return new Texts(this.#talk.language);
  }

  get #composer(): HTMLTextAreaElement | null {
    return this.renderRoot.querySelector("#question");
  }

  get #ui(): Ui {
    return {
      texts: this.#texts,
      conversation: this.#talk,
      feedback: this.#feedback,
      signIn: this.#signIn,
      callback: this.#callback,
      receipts: this.#receipts,
      phoneMove: this.#phoneMove,
      actions: this.#actions,
      site: this.#site,
      ...personOf(this),
      heading: this.heading,
      draft: this.#draft,
      unseen: this.#scroller.unseen,
      isTypingShown: this.#typing.isShown,
      isAskingRestart: this.#restart.isAsked,
      now: Date.now(),
    };
  }

  get #site(): string {
    return new URL(this.api, document.baseURI).origin;
  }

  readonly #actions: Actions = {
    close: () => this.close(),
    switchLanguage: () => void this.#talk.speak(this.#talk.language === "fr" ? "en" : "fr"),
    send: () => this.#send(),
    press: (button) => {
      this.#endFeedback();
      this.#scroller.follow();
      this.#talk.press(button.token, button.title);
    },
    retry: (id) => this.#talk.retry(id),
    discard: (id) => this.#talk.discard(id),
    toComposer: () => this.#composer?.focus(),
    signIn: (form) => void this.#lead(form, this.#signIn.submit(form)),
    callBack: (form) => void this.#lead(form, this.#callback.submit(form)),
    moveHere: (form) => void this.#lead(form, this.#phoneMove.submit(form)),
    goBack: (button) => this.#actions.press(button),
    signOut: () => void this.#signIn.leave(),
    scrolled: () => this.#scroller.scrolled(),
    showNew: () => {
      this.#scroller.toEnd();
      this.renderRoot.querySelector<HTMLElement>(".transcript")?.focus({ preventScroll: true });
    },
    followLink: (event) => this.#links.follow(event),
    leaveForLink: () => this.#links.leave(),
    askRestart: (isAsking) => this.#restart.ask(isAsking),
    restart: () => {
      this.#restart.ask(false);
      this.#feedback.clear();
      this.#signIn.clear();
      this.#composer?.focus();
      void this.#talk.restart();
    },
  };

  #newConversation(): Conversation {
    return new Conversation(
      {
        api: new ChatApi(new URL(this.api, document.baseURI)),
        memory: browserMemory("localStorage", PREFIX),
        session: this.#session,
      },
      {
        changed: () => this.requestUpdate(),
        arrived: (messages) => this.#arrived(messages),
        told: (notice) => this.#voice.say(noticeText(this.#texts, notice, Date.now())),
        moved: (place) => this.#voice.say(this.#texts.get("handover.place", { place })),
        waited: ({ text, lang }) => this.#voice.say(text, lang),
      },
      languageOf(this),
    );
  }

  /** After a reload: show what was open, without moving the focus; on small screens the page comes first. */
  #resume(): void {
    if (this.#session.get("open") === null) return;
    if (!this.#surroundings.isSmall) void this.updateComplete.then(() => this.#show());
    else if (this.#talk.isRemembered) void this.#talk.start();
  }

  #show(): void {
    this.isOpen = true;
    this.#unread = 0;
    this.#session.set("open", "1");
    this.performUpdate();
    this.#scroller.toEnd();
    void this.#talk.start();
    this.dispatchEvent(new Event("assistant-open"));
  }

  #send(): void {
    const text = this.#draft.take();
    if (text === undefined) return;
    this.#endFeedback();
    this.#scroller.follow();
    this.#talk.say(text);
  }

  #endFeedback(): void {
    const why = (seq: number) => this.renderRoot.querySelector<HTMLTextAreaElement>(`#why-${seq}`)?.value.trim();
    this.#feedback.close(this.#talk.messages, (seq) => why(seq) ?? "");
  }

  #arrived(messages: readonly Message[]): void {
    const fromOthers = messages.filter(({ sender }) => sender !== "customer");
    fromOthers.forEach((message) => this.#voice.read(message, this.#site));
    if (!this.isOpen) this.#unread += fromOthers.length;
    if (fromOthers.length) this.#scroller.arrived(fromOthers);
    if (fromOthers.some((message) => message.card?.kind === "sign_in")) this.#signInAsked();
  }

  /** A sign-in card came: whoever waits for it in the empty composer is led to it, nobody else. */
  #signInAsked(): void {
    this.#signIn.clear();
    const isAnswer = this.#talk.outbox.entries.some((entry) => entry.state !== "failed");
    if (!isAnswer || this.#draft.text || !this.#focus.isIn(this.#composer)) return;
    void this.updateComplete.then(() => showCard(this.renderRoot.querySelector<HTMLElement>("#user-id")));
  }

  /** What was wrong in a form that was sent is where the focus goes, unless it has left the form. */
  async #lead(form: HTMLFormElement, submitted: Promise<HTMLElement | undefined>): Promise<void> {
    const field = await submitted;
    if (field && this.#focus.isIn(form)) showCard(field);
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && !event.isComposing) {
      event.stopPropagation();
      this.close();
    } else if (event.key === "Tab" && this.#surroundings.isSmall) {
      keepTabInside(event, event.currentTarget as HTMLElement);
    }
  };
}
