import { describe, expect, it } from 'vitest';
import { createFold, type Fold } from '#microdata/fold';
import { FoldBytesError, foldFromBytes, foldToBytes } from '#microdata/fold-bytes';
import { POLICY } from '#disclosure/policy';
import type { Answer, LogItem, StoredSubmission } from '#contracts/submission';
import { loadInstruments } from '#functions/instruments';
import { scoresInstrument, submissionOf } from './rosters.ts';

const questionnaire = (await loadInstruments([])).get('digitalcheck.1')!;
const windowOf = (instrument: typeof questionnaire) => ({
  instruments: new Map([[instrument.id, instrument]]),
  cutoffOn: '2026-03-31',
  after: '2024-03-31',
  acceptedUntil: '2026-04-02T00:00:00.000Z',
});
const window = windowOf(questionnaire);

/** Checks in all their variety: twice, matched, invited, trusted, with and without choices, cohorts, seconds; withdrawn. */
function log(): LogItem[] {
  const items: LogItem[] = [];
  for (let place = 0; place < 1500; place++) {
    const house = `h${(place * 7919) % 1201}`;
    const { scores: _, ...rest } = submissionOf(house);
    const submission: StoredSubmission = {
      ...rest,
      key: `${house}-${place}`.padEnd(43, '_'),
      instrument: questionnaire.id,
      conductedOn: ['2024-06-15', '2025-01-31', '2026-01-15', '2026-03-01'][place % 4]!,
      acceptedAt: `2026-03-02T10:00:0${place % 10}.00${place % 7}Z`,
      admission: (['open', 'open', 'invited', 'trusted'] as const)[place % 4]!,
      profile: { level: 'facility', sector: 'elder-care', ...(place % 3 ? { size: '50-249' } : {}), region: 'de-nw' },
      answers: Object.fromEntries(
        questionnaire.items.map(({ id }, item) => [id, place % 50 === 0 ? 2 : ((place * 3 + item * 5) % 11) % 5]),
      ) as Record<string, Answer>,
      ...(place % 5 ? { secondsTaken: place % 700 } : {}),
      ...(place % 4 > 1 ? { cohorts: ['c-0a1b2c3d', ...(place % 8 > 5 ? ['c-11111111'] : [])] } : {}),
      ...(place % 6 ? {} : { cohorts: [] }),
      ...(place % 4 === 3 ? { source: 'import:operator' } : {}),
      ...(place % 7 ? {} : { questions: { purposes: ['b', 'a'], other: [] } }),
    };
    items.push(submission);
    if (place % 90 === 0)
      items.push({
        kind: 'withdrawal',
        organisation: submission.organisation,
        keys: [submission.key],
        withdrawnAt: '2026-03-03T00:00:00.000Z',
        expiresAt: submission.expiresAt,
      } as LogItem);
  }
  return items;
}

/** An organisation's items are all in one segment, as the store promises. */
const segmentOf = (item: LogItem, segments: number) =>
  [...item.organisation].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % segments;

function folds(segments: number): Fold[] {
  const parts = Array.from({ length: segments }, () => createFold(window));
  for (const item of log()) parts[segmentOf(item, segments)]!.add(item);
  return parts;
}

function merged([first, ...others]: Fold[]) {
  for (const other of others) first!.merge(other);
  const everybody = first!.roster();
  const reviewed = first!.review(POLICY.quality, []);
  return { everybody, reviewed, roster: first!.roster() };
}

describe('a fold written down', () => {
  it.each([1, 7, 64])('and read in %i parts gives the same roster and the same flags', (segments) => {
    const wanted = merged(folds(1));
    expect(wanted.everybody.size).toBeGreaterThan(1100);
    expect(wanted.roster.size).toBeGreaterThan(500);
    expect(wanted.reviewed.length).toBeGreaterThan(10);
    expect(wanted.everybody.firsts.filter((first) => first !== null).length).toBeGreaterThan(10);
    const parts = folds(segments).map((fold, segment) => foldToBytes(fold, window, `segment ${segment}`));
    const read = parts.map((bytes, segment) => foldFromBytes(bytes, window, `segment ${segment}`));
    expect(merged(read)).toEqual(wanted);
  });

  it('goes on like any fold: items may be added to it', () => {
    const [half, rest] = [log().slice(0, 700), log().slice(700)];
    const fold = createFold(window);
    for (const item of half) fold.add(item);
    const read = foldFromBytes(foldToBytes(fold, window, 'half'), window, 'half');
    for (const item of rest) read.add(item);
    expect(merged([read])).toEqual(merged(folds(1)));
  });

  it('may be empty, also where rows follow', () => {
    const read = foldFromBytes(foldToBytes(createFold(window), window, 'none'), window, 'none');
    expect(read.roster().size).toBe(0);
    for (const item of log()) read.add(item);
    expect(merged([read])).toEqual(merged(folds(1)));
  });

  it('is read from bytes that lie anywhere in memory', () => {
    const bytes = foldToBytes(folds(1)[0]!, window, 'all');
    const odd = new Uint8Array(bytes.length + 3).subarray(3);
    odd.set(bytes);
    expect(merged([foldFromBytes(odd, window, 'all')])).toEqual(merged(folds(1)));
    expect(merged([foldFromBytes(Buffer.from(odd), window, 'all')])).toEqual(merged(folds(1)));
  });
});

describe('bytes are refused', () => {
  const bytes = () => foldToBytes(folds(7)[2]!, window, 'segment 2 of 7');
  const refused = (given: Uint8Array, read = window, of = 'segment 2 of 7') => {
    try {
      foldFromBytes(given, read, of);
    } catch (error) {
      expect(error).toBeInstanceOf(FoldBytesError);
      return (error as Error).message;
    }
    throw new Error('they were read');
  };
  const withNumber = (place: number, change: (former: number) => number) => {
    const changed = bytes();
    const numbers = new Int32Array(changed.buffer, 0, 4);
    numbers[place] = change(numbers[place]!);
    return changed;
  };

  it('that are no fold', () => {
    expect(refused(new Uint8Array())).toMatch(/no fold/);
    expect(refused(new TextEncoder().encode('{"not": "a fold at all"}'))).toMatch(/no fold/);
    // As a machine of the other byte order would write it.
    expect(refused(withNumber(0, (mark) => new DataView(new Int32Array([mark]).buffer).getInt32(0)))).toMatch(
      /no fold/,
    );
  });

  it('of another form', () => {
    expect(refused(withNumber(1, (form) => form + 1))).toMatch(/form 2; this program reads form 1/);
  });

  it('of which one bit, or the end, is another', () => {
    const { length } = bytes();
    for (const place of [16, 200, Math.floor(length / 2), length - 1]) {
      const damaged = bytes();
      damaged[place]! ^= 4;
      expect(refused(damaged)).toMatch(/damaged/);
    }
    expect(refused(bytes().subarray(0, length - 1))).toMatch(/damaged/);
    expect(refused(withNumber(3, (head) => head + 1))).toMatch(/damaged/);
  });

  it('of something else, another window or another instrument', () => {
    expect(refused(bytes(), window, 'segment 3 of 7')).toBe(
      'The fold is of "segment 2 of 7", and not of "segment 3 of 7".',
    );
    expect(refused(bytes(), { ...window, acceptedUntil: '2026-04-02T00:00:00.001Z' })).toMatch(/another window/);
    expect(refused(bytes(), windowOf(scoresInstrument))).toMatch(/another window or instrument/);
  });

  it('without a word of what is in them', () => {
    const damaged = bytes();
    damaged[100]! ^= 1;
    expect(refused(damaged)).not.toMatch(/h\d|c-0a1b/);
  });
});
