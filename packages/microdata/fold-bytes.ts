import {
  type Columns,
  createFold,
  type Fold,
  type FoldWindow,
  firstInstrument,
  Rows,
  type RowsContent,
} from './fold.ts';

/** These bytes are no fold, or not the one that was asked for; the message says which, and never what is in them. */
export class FoldBytesError extends Error {
  override name = 'FoldBytesError';
}

/** `SPGF`. Written in the machine's byte order, so bytes from a machine of the other one do not begin with it. */
const MARK = 0x53504746;
/** Rises with every change of the form. A part lives for minutes, so no former form has to be read. */
const FORM = 1;
/** Mark, form, checksum of all that follows, bytes of the lists; then the lists as JSON, then the columns. */
const PREAMBLE = 4;
const SUMMED_FROM = 12;
/** Columns begin where their numbers may: at multiples of eight bytes. */
const ALIGNMENT = 8;

/**
 * A fold as bytes, for whoever merges it elsewhere: `foldFromBytes` reads it back. It holds answers under the hash of
 * their organisation, so it may lie nowhere for longer than it takes to merge it.
 *
 * @param of what the fold is of, in the caller's words; who reads must ask for the same
 */
export function foldToBytes(fold: Fold, window: FoldWindow, of: string): Uint8Array {
  const { columns, lists } = fold.rows.content();
  const head = new TextEncoder().encode(JSON.stringify({ of, window: described(window), lists }));
  const layout = layoutOf(window, lists.keys.length, head.length);
  const bytes = new Uint8Array(layout.size);
  bytes.set(head, PREAMBLE * 4);
  for (const { name, from } of layout.columns) {
    const { buffer, byteOffset, byteLength } = columns[name];
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), from);
  }
  new Int32Array(bytes.buffer, 0, PREAMBLE).set([MARK, FORM, 0, head.length]);
  new Int32Array(bytes.buffer, 0, PREAMBLE)[2] = checksum(bytes);
  return bytes;
}

/**
 * The fold that `foldToBytes` wrote, to be merged or added to.
 *
 * @throws FoldBytesError for bytes that are no fold, are damaged, are of another form, window or instrument, or are of
 *   something else than `of`
 */
export function foldFromBytes(bytes: Uint8Array, window: FoldWindow, of: string): Fold {
  // A copy of its own begins at a multiple of eight, which the columns need.
  const whole = new Uint8Array(bytes);
  if (whole.length < PREAMBLE * 4) throw new FoldBytesError('These bytes are no fold: they are too few.');
  const [mark, form, sum, headLength] = new Int32Array(whole.buffer, 0, PREAMBLE) as unknown as number[];
  if (mark !== MARK) throw new FoldBytesError('These bytes are no fold.');
  if (form !== FORM) throw new FoldBytesError(`The fold is written in form ${form}; this program reads form ${FORM}.`);
  if (sum !== checksum(whole)) throw new FoldBytesError('The fold is damaged: its checksum is another.');
  const head = JSON.parse(new TextDecoder().decode(whole.subarray(PREAMBLE * 4, PREAMBLE * 4 + headLength!))) as Head;
  if (head.of !== of) throw new FoldBytesError(`The fold is of "${head.of}", and not of "${of}".`);
  if (JSON.stringify(head.window) !== JSON.stringify(described(window)))
    throw new FoldBytesError('The fold was made for another window or instrument.');
  const layout = layoutOf(window, head.lists.keys.length, headLength!);
  const columns = Object.fromEntries(
    layout.columns.map(({ name, kind, from, length }) => [name, new kind(whole.buffer, from, length)]),
  ) as unknown as Columns;
  return createFold(window, Rows.of(firstInstrument(window), { columns, lists: head.lists }));
}

interface Head {
  of: string;
  window: object;
  lists: RowsContent['lists'];
}

/** All that decides what a row means: two folds may be merged when these are equal. */
function described(window: FoldWindow): object {
  const { cutoffOn, after, acceptedUntil, instruments } = window;
  const { profile, dimensions, items } = firstInstrument(window);
  return {
    ...{ cutoffOn, after, acceptedUntil, instruments: [...instruments.keys()] },
    profile: profile.map(({ id, codes }) => [id, codes.map((code) => code.id)]),
    dimensions: dimensions.map(({ id }) => id),
    items: items.map(({ id }) => id),
  };
}

type Column = Int32ArrayConstructor | Float64ArrayConstructor | Uint8ArrayConstructor;

/** Where each column lies in the bytes. */
function layoutOf(window: FoldWindow, rows: number, headLength: number) {
  const { profile, dimensions, items } = firstInstrument(window);
  const wanted: [name: keyof Columns, kind: Column, width: number][] = [
    ['acceptedAt', Float64Array, 1],
    ['organisation', Int32Array, 1],
    ['day', Int32Array, 1],
    ['seconds', Int32Array, 1],
    ['source', Int32Array, 1],
    ['cohort', Int32Array, 1],
    ['choices', Int32Array, 1],
    ['flags', Uint8Array, 1],
    ['codes', Uint8Array, profile.length],
    ['scores', Uint8Array, dimensions.length + 1],
    ['answers', Uint8Array, items.length],
  ];
  let size = PREAMBLE * 4 + headLength;
  const columns = wanted.map(([name, kind, width]) => {
    const from = Math.ceil(size / ALIGNMENT) * ALIGNMENT;
    size = from + rows * width * kind.BYTES_PER_ELEMENT;
    return { name, kind, from, length: rows * width };
  });
  return { columns, size };
}

/** FNV-1a of everything that follows it: tells a bit that fell over, not an attacker. */
function checksum(bytes: Uint8Array): number {
  let hash = 0x811c9dc5 | 0;
  for (let place = SUMMED_FROM; place < bytes.length; place++) hash = Math.imul(hash ^ bytes[place]!, 0x01000193);
  return hash;
}
