/** From page to telephone and back: a code to dial, and the conversation of a code told in a call. */

import type { Access, ChatApi, PhoneCode } from "./api";
import { Refusal } from "./http";
import type { Identity } from "./identity";

export interface MovingHooks {
  access(): Access | undefined;
  /** Resolves when the conversation is the one shown here. */
  arrived(identity: Identity): Promise<void>;
}

export class Moving {
  constructor(
    private readonly api: ChatApi,
    private readonly hooks: MovingHooks,
  ) {}

  /** A code with which this conversation goes on by telephone; rejects when there is none to be had. */
  async code(): Promise<PhoneCode> {
    const access = this.hooks.access();
    if (!access) throw new Refusal(404, "conversation_not_found");
    return this.api.phoneCode(access);
  }

  /** Go on here with a conversation begun by telephone; rejects when the code is wrong. */
  async resume(code: string): Promise<void> {
    const { id, token, language, messages, isSignedIn } = await this.api.resume(code);
    const settled = isSignedIn ? (messages.at(-1)?.seq ?? 0) : 0;
    await this.hooks.arrived({ id, token, language, standing: { isSignedIn, settled } });
  }
}
