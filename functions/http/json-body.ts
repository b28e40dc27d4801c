import type { Context } from 'hono';
import { parseReceipt } from '#contracts/receipt';
import { type FieldFault, problem } from './problem.ts';

/** Bytes a request's body may have. A submission rarely needs two thousand. */
const BODY_LIMIT = 65_536;

export interface JsonBody {
  value: unknown;
  /** Keys that JSON.parse would swallow in silence: repeated ones. */
  faults: FieldFault[];
}

/**
 * Reads a JSON body: media type first, then at most `limit` bytes of the stream whatever Content-Length says, then UTF-8,
 * then JSON.
 *
 * @throws ProblemError `unsupported-media-type`, `body-too-large` or `malformed-json`
 */
export async function readJsonBody(c: Context, limit = BODY_LIMIT): Promise<JsonBody> {
  const [mediaType, ...parameters] = (c.req.header('Content-Type') ?? '').toLowerCase().split(';');
  const charset = parameters.map((entry) => /^\s*charset\s*=\s*"?([^"\s]*)"?\s*$/.exec(entry)?.[1]).find(Boolean);
  const encoding = c.req.header('Content-Encoding') ?? 'identity';
  if (mediaType?.trim() !== 'application/json' || (charset ?? 'utf-8') !== 'utf-8' || encoding !== 'identity') {
    throw problem('unsupported-media-type', {}, { headers: { Accept: 'application/json' } });
  }
  const bytes = await readAtMost(c.req.raw.body, limit);
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    value = JSON.parse(text);
  } catch {
    throw problem('malformed-json');
  }
  return { value, faults: repeatedKeys(text) };
}

async function readAtMost(stream: ReadableStream<Uint8Array> | null, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop by a throw cancels the stream: the rest is never read.
  for await (const chunk of (stream ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > limit) throw problem('body-too-large', { limit });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** No field lies deeper; what does is refused as a whole, and long pointers into it would cost memory. */
const TRACKED_DEPTH = 4;

/** Keys that occur twice in one object of a text that is known to be valid JSON, each with its JSON pointer. */
function repeatedKeys(json: string): FieldFault[] {
  const faults = new Map<string, FieldFault>();
  const open: { keys: Set<string> | null; pointer: string; place: string | number }[] = [];
  for (const match of json.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]/g)) {
    const token = match[0];
    const inner = open.at(-1);
    if (token === '{' || token === '[') {
      const pointer = inner ? pointerTo([inner.place], inner.pointer) : '';
      open.push(token === '{' ? { keys: new Set(), pointer, place: '' } : { keys: null, pointer, place: 0 });
    } else if (token === '}' || token === ']') {
      open.pop();
    } else if (token === ',') {
      if (inner && typeof inner.place === 'number') inner.place += 1;
    } else if (inner?.keys && open.length <= TRACKED_DEPTH && isKey(json, match.index + token.length)) {
      const key: string = JSON.parse(token);
      inner.place = key;
      const field = pointerTo([key], inner.pointer);
      if (inner.keys.has(key)) faults.set(field, { field, rule: 'duplicate-field' });
      inner.keys.add(key);
    }
  }
  return [...faults.values()];
}

/** Whether the string that ends at `end` is followed by a colon: then it is a key and not a value. */
function isKey(json: string, end: number): boolean {
  let at = end;
  while (/\s/.test(json.charAt(at))) at += 1;
  return json.charAt(at) === ':';
}

/** A JSON pointer (RFC 6901), continued from `base`. A key of more than 80 characters is cut. */
export function pointerTo(path: PropertyKey[], base = ''): string {
  return path.reduce<string>((pointer, key) => {
    const text = String(key);
    // Pasted as a key by mistake, a receipt must not come back in an error.
    const shown = text.length > 80 || parseReceipt(text).ok ? `${text.slice(0, 3)}…` : text;
    return `${pointer}/${shown.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  }, base);
}
