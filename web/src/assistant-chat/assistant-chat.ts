/** The element: holds one conversation, shows it, and keeps focus, scrolling and announcements right. */

import { LitElement, html, nothing } from "lit";
import type { PropertyValues, TemplateResult } from "lit";
import { Announcer } from "./announcer";
import { ChatApi } from "./core/api";
import { Conversation } from "./core/conversation";
import type { Notice } from "./core/conversation";
import { isAboutIdentity } from "./core/identity";
import { browserMemory } from "./core/memory";
import type { Memory } from "./core/memory";
import { isLanguage } from "./core/protocol";
import type { Language, Message } from "./core/protocol";
import { Feedback } from "./feedback";
import { keepTabInside } from "./focus";
import { Scroller } from "./scroller";
import { speech } from "./speech";
import { baseStyles } from "./styles/base";
import { composerStyles } from "./styles/composer";
import { SMALL, panelStyles } from "./styles/panel";
import { transcriptStyles } from "./styles/transcript";
import { Texts } from "./text/texts";
import { TypingClock } from "./typing-clock";
import { NEAR, lengthOf } from "./views/composer-view";
import { launcherView, noticeText, panelView } from "./views/panel-view";
import type { Actions, Ui } from "./views/ui";

const PREFIX = "assistant-chat:";
const LIMIT = 1000;

export class AssistantChat extends LitElement {
  static override styles = [baseStyles, panelStyles, transcriptStyles, composerStyles];
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
  #draft = "";
  #unread = 0;
  #isAskingRestart = false;
  #seconds: ReturnType<typeof setInterval> | undefined;
  readonly #announcer = new Announcer();
  readonly #small = matchMedia(SMALL);
  readonly #scroller = new Scroller(
    this,
    () => this.renderRoot.querySelector<HTMLElement>(".transcript"),
    () => `${this.#talk.messages.length} ${this.#talk.pending.length} ${this.#typing.isShown}`,
  );
  readonly #feedback = new Feedback(
    this,
    (message, useful, comment) => this.#talk.rate(message, useful, comment),
    (key) => this.#say(this.#texts.get(key)),
  );
  readonly #typing = new TypingClock(this, () => this.#say(this.#texts.get("typing")));

  constructor() {
    super();
    this.api = "/api";
    this.phone = "";
    this.phoneLabel = "";
    this.heading = "";
    this.isOpen = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener("storage", this.#onStorage);
    addEventListener("online", this.#onWake);
    addEventListener("offline", this.#onWake);
    document.addEventListener("visibilitychange", this.#onWake);
    this.#small.addEventListener("change", this.#onResize);
    visualViewport?.addEventListener("resize", this.#onResize);
    this.#draft = this.#session.get("draft") ?? "";
    this.#resume();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("storage", this.#onStorage);
    removeEventListener("online", this.#onWake);
    removeEventListener("offline", this.#onWake);
    document.removeEventListener("visibilitychange", this.#onWake);
    this.#small.removeEventListener("change", this.#onResize);
    visualViewport?.removeEventListener("resize", this.#onResize);
    clearInterval(this.#seconds);
    this.#conversation?.stop();
    this.#conversation = undefined;
  }

  /** Open the panel and put the focus where one writes; with a question, that question is ready to be sent. */
  open(question?: string): void {
    if (question) this.#setDraft(question);
    this.#show();
    this.#composer?.focus();
  }

  /** Close the panel and give the focus back. */
  close(): void {
    this.isOpen = false;
    this.#session.remove("open");
    this.performUpdate();
    this.#attachAnnouncer();
    this.renderRoot.querySelector<HTMLElement>(".launcher")?.focus();
    this.dispatchEvent(new Event("assistant-close"));
  }

  protected override render(): TemplateResult {
    const isModal = this.isOpen && this.#small.matches;
    return html`
      <div class="outer sr-only" role="log" aria-live="polite" aria-relevant="additions"></div>
      ${launcherView(this.#pageTexts, this.isOpen, this.#unread, () => (this.isOpen ? this.close() : this.open()))}
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

  protected override firstUpdated(): void {
    this.#attachAnnouncer();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    this.#typing.update(this.#talk.isAwaiting);
    const isCounting = this.#talk.notices.some((notice) => notice.until !== undefined);
    if (isCounting) this.#seconds ??= setInterval(() => this.requestUpdate(), 1000);
    else this.#seconds = void clearInterval(this.#seconds);
  }

  get #talk(): Conversation {
    this.#conversation ??= this.#newConversation();
    return this.#conversation;
  }

  get #pageLanguage(): Language {
    const tag = this.lang || this.parentElement?.closest<HTMLElement>("[lang]")?.lang || "fr";
    const language = tag.slice(0, 2).toLowerCase();
    return isLanguage(language) ? language : "fr";
  }

  get #pageTexts(): Texts {
    return new Texts(this.#pageLanguage);
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
      actions: this.#actions,
      site: this.#site,
      ...this.#person,
      heading: this.heading,
      limit: LIMIT,
      draft: this.#draft,
      unseen: this.#scroller.unseen,
      isTypingShown: this.#typing.isShown,
      isAskingRestart: this.#isAskingRestart,
      now: Date.now(),
    };
  }

  /** The telephone line: the element's own, or else the first one that the page shows. */
  get #person(): { phone: string; phoneLabel: string } {
    if (this.phone) return { phone: this.phone, phoneLabel: this.phoneLabel };
    const link = document.querySelector<HTMLAnchorElement>('a[href^="tel:"]');
    return { phone: link?.href.slice("tel:".length) ?? "", phoneLabel: link?.textContent.trim() ?? "" };
  }

  get #site(): string {
    return new URL(this.api, document.baseURI).origin;
  }

  readonly #actions: Actions = {
    close: () => this.close(),
    switchLanguage: () => void this.#talk.speak(this.#talk.language === "fr" ? "en" : "fr"),
    send: () => this.#send(),
    draft: (text) => this.#setDraft(text),
    press: (_message, button) => {
      this.#endFeedback();
      this.#scroller.follow();
      this.#talk.press(button.token, button.title);
    },
    retry: (id) => {
      this.#composer?.focus();
      this.#talk.retry(id);
    },
    discard: (id) => {
      this.#composer?.focus();
      this.#talk.discard(id);
    },
    scrolled: () => this.#scroller.scrolled(),
    showNew: () => {
      this.#scroller.toEnd();
      this.renderRoot.querySelector<HTMLElement>(".transcript")?.focus({ preventScroll: true });
    },
    followLink: (event) => this.#onLink(event),
    askRestart: (isAsking) => this.#askRestart(isAsking),
    restart: () => {
      this.#askRestart(false);
      this.#feedback.clear();
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
        told: (notice) => this.#told(notice),
      },
      this.#pageLanguage,
    );
  }

  /** After a reload: show what was open, without moving the focus; on small screens the page comes first. */
  #resume(): void {
    const wasOpen = this.#session.get("open") !== null;
    if (!wasOpen) return;
    if (!this.#small.matches) void this.updateComplete.then(() => this.#show());
    else if (this.#talk.isRemembered) void this.#talk.start();
  }

  #show(): void {
    this.isOpen = true;
    this.#unread = 0;
    this.#session.set("open", "1");
    this.performUpdate();
    this.#attachAnnouncer();
    this.#scroller.toEnd();
    void this.#talk.start();
    this.dispatchEvent(new Event("assistant-open"));
  }

  #send(): void {
    const text = this.#draft.trim();
    const over = lengthOf(text) - LIMIT;
    if (over > 0) this.#say(this.#texts.count("composer.over", over, { limit: LIMIT }));
    if (!text || over > 0) return;
    this.#setDraft("");
    this.#endFeedback();
    this.#scroller.follow();
    this.#talk.say(text);
  }

  /** Whoever goes on without sending their word of why still means what they wrote. */
  #endFeedback(): void {
    for (const seq of this.#feedback.awaited) {
      const message = this.#talk.messages.find((each) => each.seq === seq);
      const comment = this.renderRoot.querySelector<HTMLTextAreaElement>(`#why-${seq}`)?.value.trim() ?? "";
      if (message) void this.#feedback.explain(message, comment);
    }
  }

  #setDraft(text: string): void {
    const [before, after] = [LIMIT - lengthOf(this.#draft), LIMIT - lengthOf(text)];
    this.#draft = text;
    if (text) this.#session.set("draft", text);
    else this.#session.remove("draft");
    if (before > NEAR && after <= NEAR && after >= 0) this.#say(this.#texts.count("composer.left", after));
    if (before >= 0 && after < 0) this.#say(this.#texts.count("composer.over", -after, { limit: LIMIT }));
    this.requestUpdate();
  }

  #askRestart(isAsking: boolean): void {
    this.#isAskingRestart = isAsking;
    this.requestUpdate();
    this.performUpdate();
    this.renderRoot.querySelector<HTMLElement>(isAsking ? "[data-carry-on]" : "[data-restart]")?.focus();
  }

  #arrived(messages: readonly Message[]): void {
    const fromOthers = messages.filter((message) => message.sender !== "customer");
    for (const message of fromOthers) this.#announcer.say(...speech(message, this.#texts, this.#site));
    if (!this.isOpen) this.#unread += fromOthers.length;
    if (fromOthers.length) this.#scroller.arrived(fromOthers);
  }

  #told(notice: Notice): void {
    this.#say(noticeText(this.#texts, notice, Date.now()));
  }

  #say(text: string): void {
    this.#announcer.say({ text, lang: this.#texts.language });
  }

  /** While the panel is open its own region speaks: what is outside a modal dialog is silent to some screen readers. */
  #attachAnnouncer(): void {
    const region = this.renderRoot.querySelector<HTMLElement>(this.isOpen ? ".inner" : ".outer");
    if (region) this.#announcer.attach(region);
  }

  #onLink(event: MouseEvent): void {
    const { href } = event.currentTarget as HTMLAnchorElement;
    const isThisPage = href.split("#")[0] === location.href.split("#")[0] && href.includes("#");
    if (isThisPage && this.#small.matches) this.close();
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && !event.isComposing) {
      event.stopPropagation();
      this.close();
    } else if (event.key === "Tab" && this.#small.matches) {
      keepTabInside(event, event.currentTarget as HTMLElement);
    }
  };

  readonly #onStorage = (event: StorageEvent): void => {
    if (isAboutIdentity(event.key, PREFIX)) void this.#talk.followOtherTab();
  };

  readonly #onWake = (): void => {
    if (document.visibilityState === "visible") this.#talk.wake();
  };

  readonly #onResize = (): void => {
    this.style.setProperty("--viewport", `${visualViewport?.height ?? innerHeight}px`);
    this.requestUpdate();
  };
}
