/** The keys of the desk: all with Alt, so that none is in the way of writing. */

export const SHORTCUTS = [
  ["next", "n"],
  ["queue", "1"],
  ["composer", "2"],
  ["details", "3"],
  ["following", "ArrowDown"],
  ["previous", "ArrowUp"],
  ["note", "i"],
  ["canned", "r"],
  ["operate", "o"],
  ["transfer", "t"],
  ["handBack", "b"],
  ["close", "x"],
  ["help", "h"],
] as const;

export type Shortcut = (typeof SHORTCUTS)[number][0];

/** What a key press asks for; by the key's place where Alt makes another letter of it. */
export function shortcutOf(event: KeyboardEvent): Shortcut | undefined {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.isComposing) return undefined;
  const place = /^(?:Key|Digit)(?<key>.)$/u.exec(event.code)?.groups?.["key"]?.toLowerCase();
  const found = SHORTCUTS.find(([, key]) => key === event.key.toLowerCase() || key === event.key);
  return (found ?? SHORTCUTS.find(([, key]) => key === place))?.[0];
}

/** How a key is written: "Alt + N". */
export function keyName(key: string): string {
  const arrows: Record<string, string> = { ArrowDown: "↓", ArrowUp: "↑" };
  return `Alt\u00a0+\u00a0${arrows[key] ?? key.toUpperCase()}`;
}

/** The key of a shortcut, as the attribute aria-keyshortcuts has it. */
export function ariaKey(name: Shortcut): string {
  const key = SHORTCUTS.find(([known]) => known === name)?.[1] ?? "";
  return `Alt+${key.length === 1 ? key.toUpperCase() : key}`;
}
