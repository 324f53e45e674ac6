/** Which conversation this browser is in, shared by all its tabs. */

import type { Access, Begun } from "./api";
import type { Memory } from "./memory";
import { isLanguage, parseJson } from "./protocol";
import type { Language } from "./protocol";

const KEY = "conversation";
const LOCK = "assistant-chat:begin";

export interface Identity extends Access {
  readonly language: Language;
}

export function recallIdentity(memory: Memory): Identity | undefined {
  const { id, token, language } = (parseJson(memory.get(KEY)) ?? {}) as Record<string, unknown>;
  if (typeof id !== "string" || typeof token !== "string" || !isLanguage(language)) return undefined;
  return { id, token, language };
}

export function keepIdentity(memory: Memory, { id, token, language }: Identity): void {
  memory.set(KEY, JSON.stringify({ id, token, language }));
}

export function forgetIdentity(memory: Memory): void {
  memory.remove(KEY);
}

/** Whether a storage event is about the conversation: another tab began, left or changed it. */
export function isAboutIdentity(key: string | null, prefix: string): boolean {
  return key === null || key === prefix + KEY;
}

/**
 * The remembered conversation, or else a new one; two tabs that ask at once get the same one.
 * What `begin` returns with the identity tells which of the two happened.
 */
export async function findOrBegin(
  memory: Memory,
  begin: () => Promise<Begun>,
): Promise<{ identity: Identity; begun?: Begun }> {
  const work = async (): Promise<{ identity: Identity; begun?: Begun }> => {
    const known = recallIdentity(memory);
    if (known) return { identity: known };
    const begun = await begin();
    keepIdentity(memory, begun);
    return { identity: begun, begun };
  };
  const locks = (navigator as Partial<Navigator>).locks;
  return locks ? locks.request(LOCK, work) : work();
}
