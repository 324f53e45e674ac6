import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PageMemory } from "../src/assistant-chat/core/memory";
import { FakeGateway, PHONE_CODE } from "./doubles";
import { Tab, settle } from "./tab";

let gateway: FakeGateway;
let memory: PageMemory;
let tab: Tab;

beforeEach(async () => {
  vi.useFakeTimers();
  gateway = new FakeGateway();
  memory = new PageMemory();
  tab = await new Tab(gateway, memory, new PageMemory()).start();
});

afterEach(() => {
  tab.conversation.stop();
  vi.useRealTimers();
});

describe("from the page to the telephone", () => {
  it("gives a code to dial, and until when", async () => {
    const code = await tab.conversation.moving.code();
    expect(code).toEqual({ digits: PHONE_CODE, until: "2026-11-23T14:05:00+00:00" });
  });

  it("rejects when there is none to be had", async () => {
    gateway.refusals.push({ status: 429, code: "too_many_codes" });
    await expect(tab.conversation.moving.code()).rejects.toMatchObject({ status: 429 });
  });
});

describe("from the telephone to the page", () => {
  const resume = async (code: string): Promise<void> => {
    const resumed = tab.conversation.moving.resume(code);
    resumed.catch(() => undefined);
    await settle();
    await resumed;
  };

  it("shows the caller's conversation, language and session instead of its own", async () => {
    tab.conversation.say("Bonjour");
    await settle();
    await resume(PHONE_CODE);
    expect(tab.texts).toEqual(["Bonjour!", "What amount did you pay?"]);
    expect(tab.conversation.language).toBe("en");
    expect(tab.conversation.signIn.isSignedIn).toBe(true);
    tab.conversation.say("52.30");
    await settle();
    expect(gateway.said.at(-1)).toBe("52.30");
  });

  it("stays there after a reload", async () => {
    await resume(PHONE_CODE);
    tab.conversation.stop();
    tab = await new Tab(gateway, memory, new PageMemory()).start();
    expect(tab.texts).toContain("What amount did you pay?");
  });

  it("leaves everything as it was when the code is wrong", async () => {
    await expect(resume("000000")).rejects.toMatchObject({ code: "code_invalid" });
    expect(tab.texts).toEqual(["Bonjour!"]);
    tab.conversation.say("Bonjour");
    await settle();
    expect(gateway.said).toEqual(["Bonjour"]);
  });
});
