/** The customer's side of a handover: who answers, the wish to be called back, and the way back to the assistant. */

import { BY_BOT } from "./answering";
import type { Answering } from "./answering";
import type { Access, Callback, ChatApi, Reply } from "./api";
import { Keystrokes } from "./keystrokes";
import type { Button, Message } from "./protocol";

const QUEUED = ["queued", "requeued", "rep_gone"];
const KEPT = "callback_kept";

export interface HandoverHooks {
  access(): Access | undefined;
  messages(): readonly Message[];
  changed(): void;
  moved(place: number): void;
  /** A frame over the live connection, if there is one. */
  tell(frame: object): void;
  /** Resolves when what was said next is in the transcript. */
  answered(reply: Reply): Promise<void>;
}

export class Handover {
  #answering = BY_BOT;
  readonly #keystrokes = new Keystrokes((on) => this.hooks.tell({ type: "typing", on }));

  constructor(
    private readonly api: ChatApi,
    private readonly hooks: HandoverHooks,
  ) {}

  get answering(): Answering {
    return this.#answering;
  }

  /** The button back to the assistant, while the customer waits for a person. */
  get wayBack(): Button | undefined {
    if (this.#answering.owner !== "queue") return undefined;
    return this.hooks.messages().findLast((message) => this.holdsWayBack(message))?.buttons[0];
  }

  /** Whether the buttons of a message are that way back, which stands above the transcript while there is one. */
  holdsWayBack({ key }: Message): boolean {
    return QUEUED.includes(key ?? "");
  }

  /** The gateway says who answers now. */
  learn(answering: Answering): void {
    const before = this.#answering;
    this.#answering = answering;
    if (answering.owner === "bot") this.#keystrokes.stop();
    this.hooks.changed();
    const { owner, place } = answering;
    if (before.owner === "queue" && owner === "queue" && place && place !== before.place) this.hooks.moved(place);
  }

  /** The customer is typing; only people are told. */
  typed(text: string): void {
    if (this.#answering.owner !== "bot") this.#keystrokes.typed(!text);
  }

  /** Whether the callback form of a message can still be filled in: it is the newest, and nothing was left since. */
  isCallbackOpen(message: Message): boolean {
    const later = this.hooks.messages().filter((each) => each.seq > message.seq);
    return !later.some((each) => each.card?.kind === "callback" || each.key === KEPT);
  }

  /** Leave a message and a way to be reached; rejects with the gateway's refusal or the network's failure. */
  async callBack(callback: Callback): Promise<void> {
    const access = this.hooks.access();
    if (access) await this.hooks.answered(await this.api.callBack(access, callback));
  }
}
