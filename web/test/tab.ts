/** A tab with a conversation in it, on the clock of the test. */

import { vi } from "vitest";
import { ChatApi } from "../src/assistant-chat/core/api";
import { Conversation } from "../src/assistant-chat/core/conversation";
import type { PageMemory } from "../src/assistant-chat/core/memory";
import type { Notice } from "../src/assistant-chat/core/notices";
import type { FakeGateway } from "./doubles";

export const settle = (milliseconds = 100): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds);

/** One tab of one browser; another with the same memories is the same browser after a reload. */
export class Tab {
  readonly arrived: string[] = [];
  readonly told: Notice["kind"][] = [];
  readonly waited: string[] = [];
  readonly moved: number[] = [];
  readonly conversation: Conversation;

  constructor(gateway: FakeGateway, memory: PageMemory, session: PageMemory) {
    this.conversation = new Conversation(
      { api: new ChatApi("http://gateway.test/api", gateway.fetch), memory, session, surroundings: gateway.surroundings },
      {
        changed: () => undefined,
        arrived: (messages) => this.arrived.push(...messages.map((message) => message.text)),
        told: (notice) => this.told.push(notice.kind),
        moved: (place) => this.moved.push(place),
        waited: ({ text }) => this.waited.push(text),
      },
      "fr",
    );
  }

  get texts(): string[] {
    return this.conversation.messages.map((message) => message.text);
  }

  async start(): Promise<this> {
    void this.conversation.start();
    await settle();
    return this;
  }
}
