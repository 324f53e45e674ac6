/** Which conversation this browser is in, shared by all its tabs. */

import type { Access, Begun } from "./api";
import type { Memory } from "./memory";
import { isLanguage, parseJson } from "./protocol";
import type { Language } from "./protocol";
import { OUTSIDE } from "./sign-in";
import type { Standing } from "./sign-in";

const KEY = "conversation";
const LOCK = "assistant-chat:begin";

export interface Identity extends Access {
  readonly language: Language;
  readonly standing: Standing;
}

export function recallIdentity(memory: Memory): Identity | undefined {
  const { id, token, language, standing } = (parseJson(memory.get(KEY)) ?? {}) as Record<string, unknown>;
  if (typeof id !== "string" || typeof token !== "string" || !isLanguage(language)) return undefined;
  return { id, token, language, standing: readStanding(standing) };
}

export function keepIdentity(memory: Memory, { id, token, language, standing }: Identity): void {
  memory.set(KEY, JSON.stringify({ id, token, language, standing }));
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
    const identity = { id: begun.id, token: begun.token, language: begun.language, standing: OUTSIDE };
    keepIdentity(memory, identity);
    return { identity, begun };
  };
  const locks = (navigator as Partial<Navigator>).locks;
  return locks ? locks.request(LOCK, work) : work();
}

function readStanding(value: unknown): Standing {
  const { isSignedIn, settled } = (value ?? {}) as Record<string, unknown>;
  return { isSignedIn: isSignedIn === true, settled: typeof settled === "number" ? settled : 0 };
}
