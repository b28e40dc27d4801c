import type { Instrument } from '#contracts/instrument';
import { keepText, readText, type TextStore } from './text-store.ts';

/** A schema of `zod/mini`; this module needs no more of it. */
interface Schema<Value> {
  safeParse(value: unknown): { data?: Value | undefined };
}

/** Where and in which shape a value lies in this browser as JSON. */
export interface KeptPlace<Value> {
  /** The storage event of another tab names it. */
  key: string;
  Schema: Schema<Value>;
}

/** A kept value of the check, and how it meets today's instrument. */
export interface Kept<Value> extends KeptPlace<Value> {
  empty: (instrument: Instrument) => Value;
  /** The value as it fits the instrument; undefined when it belongs to another one. */
  fitted: (value: Value, instrument: Instrument) => Value | undefined;
}

/** The kept text and what it says: the whole value, or undefined where the text is damaged. Undefined: nothing is kept. */
export function readKept<Value>(
  store: TextStore | undefined,
  { key, Schema }: KeptPlace<Value>,
): { text: string; value: Value | undefined } | undefined {
  const text = readText(store, key);
  return text === null ? undefined : { text, value: parsedBy(Schema, text) };
}

/** JSON of that shape, or undefined for anything else. */
export function parsedBy<Value>(Schema: Schema<Value>, text: string): Value | undefined {
  try {
    return Schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** False when the browser refuses: private window, full, blocked. The visitor is told how not to lose what was written. */
export function keep<Value>(store: TextStore | undefined, { key }: KeptPlace<Value>, value: Value): boolean {
  return keepText(store, key, JSON.stringify(value));
}
