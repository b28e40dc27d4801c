import { readFileSync } from 'node:fs';
import { catalogueOf } from '#microdata/peer-groups';
import { changeFiguresOf } from '#disclosure/change';
import { figuresOf } from '#disclosure/figures';
import { POLICY } from '#disclosure/policy';
import { changeKey } from '#contracts/group';
import { Instrument } from '#contracts/instrument';
import { Cell, Change, Manifest } from '#contracts/release';
import type { DatasetInput } from '#datasets/release';
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

/**
 * A release made by the publisher's own functions from made-up tallies: every seventh group is carried forward, every
 * third withheld, and sizes are such that every rung of the ladder of cuts occurs.
 */
export function aRelease(instrument = CHECK, changed: Partial<Manifest> = {}): DatasetInput {
  let state = 7;
  const draw = (below: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
  const cells = catalogueOf(instrument).groups.map((group, place): Cell => {
    if (place % 3 === 2) return { group, state: 'suppressed', reason: 'protection' };
    const n = [14, 27, 61, 130, 640][place % 5]!;
    const counts = (length: number) => {
      const list = new Array<number>(length).fill(0);
      for (let one = 0; one < n; one++) list[draw(length)]! += 1;
      return list;
    };
    const equal = new Array<number>(101).fill(0);
    equal[50] = n;
    const dimensions = [...instrument.dimensions.map(({ id }) => id), 'overall'];
    const isCarried = place % 7 === 3;
    const figures = figuresOf(
      {
        participations: n,
        histograms: Object.fromEntries(
          dimensions.map((id, at) => [id, place % 4 === 0 && at === 1 ? equal : counts(101)]),
        ),
        items: Object.fromEntries(instrument.items.map(({ id }) => [id, counts(7)])),
        questions: Object.fromEntries(
          instrument.questions.map(({ id, codes }) => [
            id,
            Object.fromEntries(codes.map((code) => [code.id, draw(n + 1)])),
          ]),
        ),
        coefficients: {
          reliability: Object.fromEntries(
            instrument.dimensions.map(({ id }) => [id, { answered: n - draw(40), omega: draw(100) / 100 }]),
          ),
          correlations: instrument.dimensions.flatMap(({ id: first }, at) =>
            instrument.dimensions
              .slice(at + 1)
              .map(({ id: second }) => ({ first, second, value: draw(200) / 100 - 1 })),
          ),
        },
      },
      {
        group,
        version: `${isCarried ? FORMER_ID : RELEASE_ID}/${group.key}`,
        asOf: isCarried ? '2025-12-31' : '2026-06-30',
      },
      POLICY,
    );
    return Cell.parse({ ...figures, isCarriedForward: isCarried });
  });
  const changes = catalogueOf(instrument).groups.map((group, place): Change => {
    if (place % 4 === 2) return { group, state: 'suppressed', reason: 'protection' };
    const n = [11, 22, 45, 110, 520][place % 5]!;
    const dimensions = [...instrument.dimensions.map(({ id }) => id), 'overall'];
    const moved = (at: number) => {
      const counts = new Array<number>(201).fill(0);
      for (let one = 0; one < n; one++) counts[place % 4 === 1 && at === 0 ? 100 : 80 + draw(60)]! += 1;
      return counts;
    };
    const tally = { participations: n, histograms: Object.fromEntries(dimensions.map((id, at) => [id, moved(at)])) };
    const cell = { group, version: `${RELEASE_ID}/${changeKey(group.key)}`, asOf: '2026-06-30' };
    return Change.parse({ ...changeFiguresOf(tally, cell, POLICY), isCarriedForward: false });
  });
  const entryOf = (shown: Cell | Change) =>
    shown.state === 'suppressed'
      ? { key: shown.group.key, ...shown }
      : {
          key: shown.group.key,
          group: shown.group,
          state: shown.state,
          participations: shown.participations,
          asOf: shown.asOf,
          isCarriedForward: shown.isCarriedForward,
          version: shown.version,
        };
  const manifest = Manifest.parse({
    releaseId: RELEASE_ID,
    panel: 'digitalcheck.1',
    instrument: instrument.id,
    cutoffOn: '2026-06-30',
    nextReleaseOn: '2026-12-27',
    follows: FORMER_ID,
    replaces: null,
    policy: POLICY,
    policyHash: 'a'.repeat(64),
    instrumentHash: 'b'.repeat(64),
    codeVersion: '0.1.0',
    cells: cells.map(entryOf),
    changes: changes.map(entryOf),
    ...changed,
  });
  return { manifest, cells, changes, instrument, facts: FACTS };
}

/** The same with the groups of everybody and of each sector alone, where the number of rows does not matter. */
export function aSmallRelease(instrument = CHECK): DatasetInput {
  return aRelease({ ...instrument, catalogue: [[], ['sector']], ladder: [['sector'], []] });
}

export const textOf = (files: readonly { path: string; bytes: Uint8Array }[], path: string): string =>
  new TextDecoder().decode(files.find((file) => file.path === path)!.bytes);

/** Name and SHA-256 of each file: megabytes are compared by their sums. */
export const sumsOf = (files: readonly { path: string; bytes: Uint8Array }[]) =>
  files.map(({ path, bytes }) => [path, sha256Hex(bytes)]);
