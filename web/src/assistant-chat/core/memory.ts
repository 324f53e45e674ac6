/** What the browser remembers for us; when it may not (private mode, blocked storage), only this page does. */

export interface Memory {
  get(key: string): string | null;
  set(key: string, value: string): void;
  remove(key: string): void;
  /** All our keys that begin with `start`, without our prefix. */
  keys(start: string): string[];
}

type Kind = "localStorage" | "sessionStorage";

/** The browser's storage under a prefix of ours. */
export function browserMemory(kind: Kind, prefix: string): Memory {
  const storage = usable(kind);
  return storage ? new StoredMemory(storage, prefix) : new PageMemory();
}

function usable(kind: Kind): Storage | undefined {
  try {
    const storage = globalThis[kind];
    const probe = "assistant-chat:probe";
    storage.setItem(probe, "1");
    storage.removeItem(probe);
    return storage;
  } catch {
    return undefined;
  }
}

class StoredMemory implements Memory {
  constructor(
    private readonly storage: Storage,
    private readonly prefix: string,
  ) {}

  get(key: string): string | null {
    return this.storage.getItem(this.prefix + key);
  }

  set(key: string, value: string): void {
    try {
      this.storage.setItem(this.prefix + key, value);
    } catch {
      // Full: what isn't remembered is still on the screen and will be sent from there.
    }
  }

  remove(key: string): void {
    this.storage.removeItem(this.prefix + key);
  }

  keys(start: string): string[] {
    const found: string[] = [];
    for (let index = 0; index < this.storage.length; index += 1) {
      const key = this.storage.key(index);
      if (key?.startsWith(this.prefix + start)) found.push(key.slice(this.prefix.length));
    }
    return found;
  }
}

/** Forgets everything with the page. */
export class PageMemory implements Memory {
  readonly #values = new Map<string, string>();

  get(key: string): string | null {
    return this.#values.get(key) ?? null;
  }

  set(key: string, value: string): void {
    this.#values.set(key, value);
  }

  remove(key: string): void {
    this.#values.delete(key);
  }

  keys(start: string): string[] {
    return [...this.#values.keys()].filter((key) => key.startsWith(start));
  }
}
