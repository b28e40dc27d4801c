import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Instrument } from '#contracts/instrument';
import type { Answer, StoredSubmission } from '#contracts/submission';
import { organisationOf, submissionKeyOf } from '#store/hashes';
import { decodeLogItem, encodeSubmission, itemSize } from '#store/submission-item';
import digitalcheck from '../../packages/instruments/digitalcheck.1.json' with { type: 'json' };

const LEVELS: Answer[] = [0, 1, 2, 3, 4, 'na', 'dk'];
const hash = organisationOf('any');

describe('an item of the log', () => {
  // A write unit is 1,024 bytes: every ordinary submission costs one.
  it('of digitalcheck.1 has at most 1,024 bytes, however it is filled in', () => {
    const instrument = Instrument.parse(digitalcheck);
    const largest = itemSize(encodeSubmission(largestSubmission(instrument)));
    console.info(`largest possible ordinary item of ${instrument.id}: ${largest} bytes`);
    expect(largest).toBeLessThanOrEqual(1_024);
  });

  it('of any filling is no larger than the largest', () => {
    const instrument = Instrument.parse(digitalcheck);
    const most = largestSubmission(instrument);
    const largest = itemSize(encodeSubmission(most));
    const answers = fc.record(
      Object.fromEntries(instrument.items.map((item) => [item.id, fc.constantFrom(...LEVELS)])),
      { requiredKeys: [] },
    );
    const profile = fc.record(
      Object.fromEntries(
        instrument.profile.map((attribute) => [
          attribute.id,
          fc.constantFrom(...attribute.codes.map((code) => code.id)),
        ]),
      ),
      { requiredKeys: instrument.profile.filter((entry) => entry.required).map((entry) => entry.id) },
    );
    const questions = fc.record(
      Object.fromEntries(
        instrument.questions.map((question) => [
          question.id,
          fc.uniqueArray(fc.constantFrom(...question.codes.map((code) => code.id)), {
            minLength: 1,
            maxLength: question.maxChoices,
          }),
        ]),
      ),
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(answers, profile, questions, (answers, profile, questions) => {
        const submission = { ...most, answers, profile, questions } as StoredSubmission;
        const item = encodeSubmission(submission);
        expect(itemSize(item)).toBeLessThanOrEqual(largest);
        expect(decodeLogItem(item)).toEqual(submission);
      }),
    );
  });

  it('refuses a code that its packing could not tell apart', () => {
    const submission = largestSubmission(Instrument.parse(digitalcheck));
    for (const code of ['', 'a,b', 'a=b', 'a;b', '-', 'Ä'])
      expect(() => encodeSubmission({ ...submission, profile: { sector: code } })).toThrow(TypeError);
    expect(() => encodeSubmission({ ...submission, key: 'short' })).toThrow(TypeError);
  });
});

describe('the size of an item', () => {
  it('follows the published rules', () => {
    expect(itemSize({ name: { S: 'Träger' } })).toBe(4 + 7);
    expect(itemSize({ b: { B: new Uint8Array(32) } })).toBe(33);
    expect(itemSize({ n: { N: '20260630' } })).toBe(1 + 5);
    expect(itemSize({ n: { N: '1000000' } })).toBe(1 + 2);
    expect(itemSize({ n: { N: '0' } })).toBe(1 + 1);
    for (const other of [{ N: '-12.5' }, { BOOL: true as const }, { L: [{ S: 'ab' }] }])
      expect(() => itemSize({ a: other })).toThrow(TypeError);
  });
});

/** Every item answered so that all seven levels occur, the longest codes everywhere, three associations, the longest source. */
function largestSubmission(instrument: Instrument): StoredSubmission {
  const longest = (codes: { id: string }[], count: number) =>
    codes
      .map((code) => code.id)
      .sort((a, b) => b.length - a.length)
      .slice(0, count);
  return {
    kind: 'submission',
    organisation: hash,
    key: submissionKeyOf(instrument.id, 'any'),
    // A later minor version has the longest id.
    instrument: `${instrument.id}.999`,
    conductedOn: '2099-12-31',
    acceptedAt: '2099-12-31T23:59:59.999Z',
    admission: 'invited',
    // The hash of a shared secret is longer than any partner's id.
    source: `carrier:${hash}`,
    profile: Object.fromEntries(instrument.profile.map(({ id, codes }) => [id, longest(codes, 1)[0]!])),
    answers: Object.fromEntries(instrument.items.map((item, index) => [item.id, LEVELS[index % LEVELS.length]!])),
    questions: Object.fromEntries(
      instrument.questions.map(({ id, codes, maxChoices }) => [id, longest(codes, maxChoices)]),
    ),
    secondsTaken: 86_400,
    associations: ['c-0a1b2c3d', 'c-4e5f6a7b', 'c-8c9d0e1f'],
    bodyHash: hash,
    expiresAt: 4_102_444_799,
  };
}
