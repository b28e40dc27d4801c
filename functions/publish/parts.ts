import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { ReleaseId } from '#contracts/release-id';
import { seriesOf } from '#contracts/series';
import type { LogItem } from '#contracts/submission';
import type { PublishDependencies } from './dependencies.ts';
import type { Sink } from './fold-log.ts';
import { PublishError } from './publish-error.ts';

/** The parts of a run, as their makers named them. */
export interface Parts {
  /** The attempt they were made for. */
  attempt: ReleaseId;
  segments: number;
  keys: readonly string[];
}

/**
 * Stores what a segment of the log holds of a series, in place of a former try: gzipped lines of JSON, the part's key first.
 *
 * @returns the key of the part
 */
export async function storePart(
  deps: PublishDependencies,
  series: string,
  { attempt, segment, segments }: { attempt: ReleaseId; segment: number; segments: number },
): Promise<string> {
  if (segment >= segments) throw new PublishError(`There is no segment ${segment} of ${segments}.`);
  const store = storeOf(deps);
  const key = keyOf(attempt, segment, segments);
  async function* lines() {
    yield `${JSON.stringify(key)}\n`;
    for await (const item of deps.submissions.scan(segment, segments))
      if (item.kind === 'withdrawal' || (item.kind === 'submission' && seriesOf(item.instrument) === series))
        yield `${JSON.stringify(item)}\n`;
  }
  const gzip = createGzip({ level: 1 });
  const [bytes] = await Promise.all([buffer(gzip), pipeline(Readable.from(lines()), gzip)]);
  await store.put(key, bytes);
  return key;
}

/**
 * Feeds the items of all parts to the sinks, one part after the other.
 *
 * @throws PublishError unless there is exactly one part of this run for each segment, whole
 */
export async function readParts(deps: PublishDependencies, parts: Parts, sinks: readonly Sink[]): Promise<void> {
  const store = storeOf(deps);
  const wanted = Array.from({ length: parts.segments }, (_, segment) => keyOf(parts.attempt, segment, parts.segments));
  const missing = wanted.filter((key) => !parts.keys.includes(key));
  if (missing.length > 0) throw new PublishError(`Segments were not read: ${missing.join(', ')}.`);
  const foreign = parts.keys.filter((key) => !wanted.includes(key));
  if (foreign.length > 0) throw new PublishError(`These are no parts of ${parts.attempt}: ${foreign.join(', ')}.`);
  for (const key of wanted) {
    const bytes = await store.get(key);
    if (!bytes) throw new PublishError(`The part ${key} is not in the store.`);
    await readPart(key, bytes, sinks);
  }
}

async function readPart(key: string, bytes: Uint8Array, sinks: readonly Sink[]): Promise<void> {
  let isFirst = true;
  try {
    for await (const line of linesOf(bytes)) {
      if (isFirst && JSON.parse(line) !== key) throw new Error(`It is the part ${line}.`);
      if (!isFirst) for (const sink of sinks) sink.add(JSON.parse(line) as LogItem);
      isFirst = false;
    }
    if (isFirst) throw new Error('It is empty.');
  } catch (error) {
    // gzip ends with a checksum and a length: what is cut or changed does not pass.
    throw new PublishError(`The part ${key} cannot be used. ${(error as Error).message}`);
  }
}

async function* linesOf(bytes: Uint8Array): AsyncIterable<string> {
  const gunzip = createGunzip();
  gunzip.end(bytes);
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of gunzip) {
    const lines = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
}

const keyOf = (attempt: ReleaseId, segment: number, segments: number) => `${attempt}/${segment}-of-${segments}`;

function storeOf({ parts }: PublishDependencies): NonNullable<PublishDependencies['parts']> {
  if (!parts) throw new PublishError('This publisher has no store for parts: PARTS_BUCKET or PARTS_DIR is missing.');
  return parts;
}
