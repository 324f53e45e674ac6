/** What the bot keeps of a half-finished operation: a text, or an object that names its kind. */

import type { Address, Language } from "./types";

const KINDS = ["cents", "date", "address", "email", "account", "number", "code"];

/** The value itself, as forms hold it. */
export function bare(value: unknown): unknown {
  if (!isObject(value)) return value;
  const kind = KINDS.find((name) => name in value);
  return kind === undefined ? value : value[kind];
}

/** What a choice is called in a language, where the bot keeps its name with it. */
export function nameOf(value: unknown, language: Language): string | undefined {
  const values = isObject(value) ? value["values"] : undefined;
  const name = isObject(values) ? values["name"] : undefined;
  const said = isObject(name) ? name[language] : name;
  return typeof said === "string" ? said : undefined;
}

/** An address on one line; of a half-finished one, what is known. */
export function addressLine({ line1, line2, city, province, postal_code }: Partial<Address>): string {
  const town = [city, province, postal_code?.replace(" ", "\u00a0")].filter(Boolean).join(" ");
  return [line1, line2, town].filter(Boolean).join(", ");
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
