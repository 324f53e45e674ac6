/** One call: fetches documents, carries them out, and takes what the caller says or presses. */

import { completed } from "./entry";
import type { Mouth } from "./mouth";
import { readDocument } from "./twiml";
import type { Gather, Spoken, Step } from "./twiml";

export type State =
  | "idle" | "ringing" | "speaking" | "listening" | "keysOnly" | "waiting" | "connected" | "over" | "failed";
export type Fetch = (body: Record<string, string>) => Promise<string>;
export type Told = { who: "assistant" | "you"; text: string; language: string };
type Answer = { digits?: string; speech?: string } | undefined; // undefined: nothing came

export class Line {
  state: State = "idle";
  entered = "";
  told: Told[] = [];
  #gather: Gather | undefined;
  #answer: ((answer: Answer) => void) | undefined;
  #dialled: ((how: string) => void) | undefined;
  #call = "";
  #caller = "";

  constructor(
    private readonly fetch: Fetch,
    private readonly mouth: Pick<Mouth, "speak" | "hush">,
    private readonly changed: () => void,
    private readonly wait = (seconds: number) => new Promise((done) => setTimeout(done, seconds * 1000)),
  ) {}

  get isUp(): boolean {
    return !["idle", "over", "failed"].includes(this.state);
  }

  get language(): string {
    return this.#gather?.language ?? "fr-CA";
  }

  get takesSpeech(): boolean {
    return this.#gather?.takesSpeech ?? false;
  }

  /** Ring; resolves when the call is over. */
  async ring(caller: string): Promise<void> {
    this.#call = crypto.randomUUID().replaceAll("-", "");
    this.#caller = caller;
    this.told = [];
    this.#set("ringing");
    try {
      await this.#follow("incoming", {});
    } catch {
      if (this.isUp) this.#set("failed");
    }
  }

  /** Say something now. */
  say(words: string): void {
    if (words.trim() && this.takesSpeech) this.#give({ speech: words.trim() }, words.trim());
  }

  /** Press one key. */
  press(key: string): void {
    if (!this.#gather || !this.#answer) return;
    this.mouth.hush();
    const entry = completed(this.entered, key, this.#gather);
    this.entered += key;
    if (entry === undefined) this.changed();
    else this.#give(entry ? { digits: entry } : undefined, this.entered);
  }

  /** Let the time run out. */
  beSilent(): void {
    if (this.#answer) this.#give(undefined, "…");
  }

  /** How the transfer ends. */
  dialled(how: "completed" | "no-answer"): void {
    this.#dialled?.(how);
  }

  /** Put the receiver down. */
  hangUp(): void {
    if (!this.isUp) return;
    this.#end();
    this.#answer = this.#dialled = undefined;
  }

  #give(answer: Answer, shown: string): void {
    const give = this.#answer;
    if (!give) return;
    this.#answer = undefined;
    this.mouth.hush();
    this.told = [...this.told, { who: "you", text: shown, language: this.language }];
    this.entered = "";
    this.#set("waiting");
    give(answer);
  }

  async #follow(to: string, fields: Record<string, string>): Promise<void> {
    let next: [string, Record<string, string>] | undefined = [to, fields];
    while (next && this.isUp) {
      const document: string = await this.fetch({ call: this.#call, caller: this.#caller, to: next[0], ...next[1] });
      if (!this.isUp) return;
      next = await this.#carryOut(readDocument(document));
    }
    if (this.isUp) this.#end();
  }

  /** Do the steps; where to go next, or nothing when the call is over. */
  async #carryOut(steps: Step[]): Promise<[string, Record<string, string>] | undefined> {
    for (const one of steps) {
      if (!this.isUp) return undefined;
      if (one.kind === "say") await this.#speak(one.says);
      else if (one.kind === "pause") await this.wait(one.seconds);
      else if (one.kind === "go") return [one.to, {}];
      else if (one.kind === "connect") return [one.to, { dialled: await this.#connected() }];
      else if (one.kind === "end") return undefined;
      else {
        const answer = await this.#ask(one, steps.indexOf(one) === lastGather(steps));
        if (answer) return [one.action, answer];
      }
    }
    return undefined;
  }

  async #ask(gather: Gather, isLast: boolean): Promise<{ digits?: string; speech?: string } | undefined> {
    this.#gather = gather;
    const answered = new Promise<Answer>((resolve) => (this.#answer = resolve));
    const silence = this.#speak(gather.says).then(async () => {
      if (!this.#answer) return;
      if (isLast) {
        this.#set(gather.takesSpeech ? "listening" : "keysOnly");
        return answered; // this telephone is patient: only its own button is silence
      }
      await this.wait(gather.seconds);
      return this.entered ? answered : undefined;
    });
    const answer = await Promise.race([answered, silence]);
    if (answer === undefined) this.#answer = undefined;
    return answer;
  }

  async #speak(says: Spoken[]): Promise<void> {
    this.told = [...this.told, ...says.map((one) => ({ who: "assistant" as const, ...one }))];
    this.#set("speaking");
    await this.mouth.speak(says);
  }

  #connected(): Promise<string> {
    this.#set("connected");
    return new Promise((resolve) => (this.#dialled = resolve));
  }

  #end(): void {
    this.mouth.hush();
    this.#set("over");
    void this.fetch({ call: this.#call, caller: this.#caller, to: "status", status: "completed" }).catch(() => "");
  }

  #set(state: State): void {
    this.state = state;
    this.changed();
  }
}

function lastGather(steps: Step[]): number {
  return steps.reduce((last, one, place) => (one.kind === "gather" ? place : last), -1);
}
