import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { monthsBefore } from '#contracts/calendar';
import { Instrument } from '#contracts/instrument';
import { type Cell, type Change, Manifest } from '#contracts/release';
import type { Answer, StoredSubmission } from '#contracts/submission';
import type { DatasetInput } from '#datasets/dataset-input';
import { decideRelease } from '#disclosure/decide-release';
import { drawRelease } from '#disclosure/draw-release';
import { POLICY } from '#disclosure/policy';
import { createFold } from '#microdata/fold';
import { sha256Hex } from '#store/hashes';

export const CHECK = Instrument.parse(
  JSON.parse(readFileSync(new URL('../../packages/instruments/digitalcheck.1.json', import.meta.url), 'utf8')),
);

export const RELEASE_ID = 'digitalcheck.1-2026-06-30-0a1b2c3d';
const FORMER_ID = 'digitalcheck.1-2025-12-31-11111111';

export const FACTS: DatasetInput['facts'] = {
  publishedOn: '2026-07-02',
  publisher: { name: 'Beispielinstitut für „Sozialforschung“', url: 'https://example.org', email: 'data@example.org' },
  serviceUrl: 'https://spiegel.example.org',
  doi: '10.5072/sektorspiegel.1',
  history: [{ releaseId: FORMER_ID, cutoffOn: '2025-12-31', replaces: null }],
};

const ORGANISATIONS = 1200;
const CUTOFF = '2026-06-30';

/** Checks of an invented field in which every size of group occurs; two of three organisations answered twice. */
function aLog(instrument: Instrument): StoredSubmission[] {
  let state = 7;
  const draw = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
  /** Early codes are the common ones. */
  const pick = <Entry>(entries: readonly Entry[]) => entries[Math.min(draw(entries.length), draw(entries.length))]!;
  const hash = (text: string) => createHash('sha256').update(text).digest('base64url');
  return Array.from({ length: ORGANISATIONS }, (_, organisation) => {
    const profile = Object.fromEntries(instrument.profile.map(({ id, codes }) => [id, pick(codes).id]));
    const days = organisation % 3 === 0 ? ['2026-05-01'] : ['2025-06-01', '2026-05-01'];
    return days.map(
      (conductedOn): StoredSubmission => ({
        kind: 'submission',
        organisation: hash(`${organisation}`),
        key: hash(`${organisation} ${conductedOn}`),
        instrument: instrument.id,
        conductedOn,
        acceptedAt: `${conductedOn}T12:00:00.000Z`,
        admission: 'trusted',
        profile,
        ...(instrument.kind === 'scores'
          ? { scores: Object.fromEntries(instrument.dimensions.map(({ id }) => [id, draw(101)])) }
          : {
              answers: Object.fromEntries(
                instrument.items.map(({ id }, at) => [
                  id,
                  (at % 5 === 4 ? pick([draw(5), 'na', 'dk']) : draw(5)) as Answer,
                ]),
              ),
            }),
        questions: Object.fromEntries(
          instrument.questions.flatMap(({ id, codes }) => (draw(4) === 0 ? [] : [[id, [pick(codes).id]]])),
        ),
        bodyHash: hash(''),
        expiresAt: Date.parse('2040-01-01') / 1000,
      }),
    );
  }).flat();
}

/** A release of that field, drawn by the publisher's own functions with a known key. */
export function aRelease(instrument = CHECK, changed: Partial<Manifest> = {}): DatasetInput {
  const fold = createFold({
    instruments: new Map([[instrument.id, instrument]]),
    cutoffOn: CUTOFF,
    after: monthsBefore(CUTOFF, instrument.windowMonths),
    acceptedUntil: '2026-07-01T08:00:00.000Z',
    acceptedAfter: null,
  });
  for (const submission of aLog(instrument)) fold.add(submission);
  const participations = fold.participations();
  const decided = decideRelease({ instrument, participations, policy: POLICY });
  const key = new Uint8Array(32).fill(7);
  const drawn = drawRelease({ instrument, participations, policy: POLICY, decided, cutoffOn: CUTOFF, key });
  const entryOf = (shown: Cell | Change) =>
    shown.state === 'suppressed'
      ? shown
      : { group: shown.group, state: shown.state, participations: shown.participations };
  const manifest = Manifest.parse({
    releaseId: RELEASE_ID,
    series: 'digitalcheck.1',
    instrument: instrument.id,
    cutoffOn: CUTOFF,
    acceptedUntil: '2026-07-01T08:00:00.000Z',
    nextReleaseOn: '2026-12-27',
    follows: FORMER_ID,
    replaces: null,
    marks: { isTrial: false, isInvented: false, hasKnownKey: false },
    policy: POLICY,
    policyHash: 'a'.repeat(64),
    instrumentHash: 'b'.repeat(64),
    codeVersion: '0.1.0',
    leftOut: drawn.leftOut,
    epsilonSum: drawn.epsilonSum,
    cells: drawn.cells.map(entryOf),
    changes: drawn.changes.map(entryOf),
    ...changed,
  });
  return { manifest, cells: drawn.cells, changes: drawn.changes, instrument, facts: FACTS };
}

/** The same with the groups of everybody and of each sector alone, where the number of rows does not matter. */
export function aSmallRelease(instrument = CHECK): DatasetInput {
  const sector = [{ attribute: 'sector', level: 0 }];
  return aRelease({
    ...instrument,
    catalogue: [[], sector],
    fallbackOrder: [
      { set: sector, fromN: 20 },
      { set: [], fromN: 50 },
    ],
    memberSets: [[]],
  });
}

export const textOf = (files: readonly { path: string; bytes: Uint8Array }[], path: string): string =>
  new TextDecoder().decode(files.find((file) => file.path === path)!.bytes);

/** Name and SHA-256 of each file: megabytes are compared by their sums. */
export const sumsOf = (files: readonly { path: string; bytes: Uint8Array }[]) =>
  files.map(({ path, bytes }) => [path, sha256Hex(bytes)]);
