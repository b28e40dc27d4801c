import type { ZodMiniType } from 'zod/mini';
import type { Instrument } from '#contracts/instrument';
import { keepText, readText, type TextStore } from '../text-store.ts';

/** What this browser keeps as JSON: under which key, of which shape, and how it meets today's instrument. */
export interface Kept<Value> {
  /** The storage event of another tab names it. */
  key: string;
  Schema: ZodMiniType<Value>;
  empty: (instrument: Instrument) => Value;
  /** The value as it fits the instrument; undefined when it belongs to another one. */
  fitted: (value: Value, instrument: Instrument) => Value | undefined;
}

/** The kept text and what it says: the whole value, or undefined where the text is damaged. Undefined: nothing is kept. */
export function readKept<Value>(
  store: TextStore | undefined,
  { key, Schema }: Pick<Kept<Value>, 'key' | 'Schema'>,
): { text: string; value: Value | undefined } | undefined {
  const text = readText(store, key);
  return text === null ? undefined : { text, value: parsedBy(Schema, text) };
}

/** JSON of that shape, or undefined for anything else. */
export function parsedBy<Value>(Schema: ZodMiniType<Value>, text: string): Value | undefined {
  try {
    return Schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** False when the browser refuses: the visitor is told to keep the tab open. */
export function keep<Value>(store: TextStore | undefined, { key }: Pick<Kept<Value>, 'key'>, value: Value): boolean {
  return keepText(store, key, JSON.stringify(value));
}
