import { groupKey } from '#contracts/group';
import type { Cell, Change, Cut, GroupRef, HeadEntry, Manifest, PublishedCell } from '#contracts/release';
import { seriesOf } from '#contracts/series';
import { SUPPRESSED } from '#contracts/suppressed';
import { POLICY, shownCuts } from '#disclosure/policy';
import { onStep } from '#standing/place-score';
import type { ReleaseReader } from '#store/ports';

const HASH = '0'.repeat(64);
const DIMENSIONS = ['it', 'processes', 'leadership', 'innovation', 'overall'];
const STEP = 5;

/** The cuts that so many participations show, evenly from `low` to `high`, on the grid. */
export function figures(participations: number, low: number, high: number): Cut[] {
  return shownCuts(participations, POLICY.cutLadder).map((permille) => ({
    permille,
    value: onStep(low + ((high - low) * permille) / 1000, STEP),
  }));
}

/** What a release shows of a group: so many participations with cuts from `low` to `high`, or nothing. */
export interface GroupFixture {
  unitType?: string;
  where?: Record<string, string>;
  association?: string;
  participations?: number;
  low?: number;
  high?: number;
  suppressed?: true;
  /** Matched organisations, whose change runs from 0 to 10 points; suppressed without. */
  matched?: number;
}

export interface ReleaseFixture {
  manifest: Manifest;
  cells: Map<string, Cell>;
  changes: Map<string, Change>;
}

/** A release of `digitalcheck.1` by hand. */
export function releaseFixture(
  cutoffOn: string,
  groups: GroupFixture[],
  more: Partial<Pick<Manifest, 'follows' | 'replaces' | 'marks'>> & { hash?: string } = {},
): ReleaseFixture {
  const { hash = '0a1b2c3d', ...changed } = more;
  const releaseId = `digitalcheck.1-${cutoffOn}-${hash}`;
  const cells = new Map<string, Cell>();
  const changes = new Map<string, Change>();
  for (const { where = {}, unitType = 'facility', participations = 140, low = 10, high = 90, ...fixture } of groups) {
    const association = fixture.association === undefined ? {} : { association: fixture.association };
    const key = groupKey({ unitType, where, ...association }, 'level');
    const group = { key, unitType, where, ...association };
    const published: PublishedCell = {
      group,
      state: 'published',
      participations,
      dimensions: Object.fromEntries(DIMENSIONS.map((id) => [id, figures(participations, low, high)])),
    };
    changes.set(key, changeFixture(group, fixture.matched));
    cells.set(key, fixture.suppressed ? { group, ...SUPPRESSED } : published);
  }
  const manifest: Manifest = {
    releaseId,
    series: seriesOf('digitalcheck.1'),
    instrument: 'digitalcheck.1',
    cutoffOn,
    acceptedUntil: `${cutoffOn}T22:00:00.000Z`,
    nextReleaseOn: `${Number(cutoffOn.slice(0, 4)) + 1}${cutoffOn.slice(4)}`,
    follows: null,
    replaces: null,
    marks: { isTrial: false, isInvented: false, hasKnownKey: false },
    policy: POLICY,
    policyHash: HASH,
    instrumentHash: HASH,
    codeVersion: 'test',
    leftOut: [
      { unitType: 'facility', incomplete: 10, underReview: 5 },
      { unitType: 'carrier', incomplete: 0, underReview: 0 },
    ],
    epsilonSum: 1234.5,
    cells: [...cells.values()].filter(isPublic).map(entryOf),
    changes: [...changes.values()].filter(isPublic).map(entryOf),
    ...changed,
  };
  return { manifest, cells, changes };
}

const isPublic = ({ group }: Cell | Change) => group.association === undefined;

function entryOf(shown: Cell | Change): Manifest['cells'][number] {
  const { group } = shown;
  if (shown.state === 'suppressed') return { group, ...SUPPRESSED };
  return { group, state: 'published', participations: shown.participations };
}

function changeFixture(group: GroupRef, matched: number | undefined): Change {
  if (matched === undefined) return { group, ...SUPPRESSED };
  const one = {
    cuts: shownCuts(matched, POLICY.changeCutLadder).map((permille) => ({
      permille,
      value: onStep(permille / 50 - 5, STEP),
    })),
    ...(matched < POLICY.itemsFromN ? {} : { shares: { rose: 75, same: 20, fell: 6 } }),
  };
  return {
    group,
    state: 'published',
    participations: matched,
    dimensions: Object.fromEntries(DIMENSIONS.map((id) => [id, one])),
  };
}

interface MemoryReleases extends ReleaseReader {
  listed: string[];
  gone: Map<string, 'replaced' | 'taken-down'>;
  reads: string[];
}

/**
 * The reader's contract in memory. `listed` is what is given out, newest first, and `gone` what once was; anything else
 * that was written was never put in force. `reads` counts what was asked for.
 */
export function memoryReleases(written: ReleaseFixture[]): MemoryReleases {
  const byId = new Map(written.map((release) => [release.manifest.releaseId, release]));
  const isListed = (id: string): boolean => reader.listed.includes(id);
  const entryFor = ({ manifest }: ReleaseFixture): HeadEntry[] => {
    const { releaseId, cutoffOn, acceptedUntil } = manifest;
    const state = isListed(releaseId) ? 'listed' : reader.gone.get(releaseId);
    return state ? [{ releaseId, cutoffOn, acceptedUntil, state }] : [];
  };
  const reader: MemoryReleases = {
    listed: written.map(({ manifest }) => manifest.releaseId).reverse(),
    gone: new Map(),
    reads: [],
    async head(series: string) {
      const releases = written.toReversed().flatMap(entryFor);
      return series === 'digitalcheck.1' && releases.length > 0 ? { series, releases } : undefined;
    },
    async manifest(id: string) {
      reader.reads.push(id);
      return isListed(id) ? structuredClone(byId.get(id)?.manifest) : undefined;
    },
    async cell(id: string, key: string) {
      reader.reads.push(`${id}/${key}`);
      const cell = isListed(id) ? byId.get(id)?.cells.get(key) : undefined;
      return cell && isPublic(cell) ? structuredClone(cell) : undefined;
    },
    async change(id: string, key: string) {
      reader.reads.push(`${id}/${key} change`);
      const change = isListed(id) ? byId.get(id)?.changes.get(key) : undefined;
      return change && isPublic(change) ? structuredClone(change) : undefined;
    },
    async memberCells(id: string, association: string) {
      reader.reads.push(`${id}/${association}`);
      const release = isListed(id) ? byId.get(id) : undefined;
      const own = <Shown extends Cell | Change>(all: Map<string, Shown>) =>
        [...all.values()].filter(({ group }) => group.association === association);
      const cells = release ? own(release.cells) : [];
      return release && cells.length > 0
        ? structuredClone({ association, cells, changes: own(release.changes) })
        : undefined;
    },
  };
  return reader;
}

const ELDER_CARE = { sector: 'elder-care' };
/** Two releases: everybody and one sector large enough, its broader sector, one size class small, others suppressed. */
export const FIRST = releaseFixture('2025-06-30', [
  { participations: 200, low: 5, high: 80 },
  { where: ELDER_CARE, participations: 60, low: 8, high: 82 },
  { unitType: 'carrier', participations: 30 },
]);
export const SECOND = releaseFixture(
  '2026-03-31',
  [
    { participations: 270, matched: 60 },
    { where: { size: '50-and-more' }, participations: 40 },
    { where: { sector: 'care-disability-health' }, participations: 120 },
    { where: ELDER_CARE, participations: 65, matched: 40 },
    { where: { sector: 'health' }, suppressed: true },
    { where: { sector: 'daycare' }, participations: 25 },
    { where: { ...ELDER_CARE, size: '50-and-more' }, participations: 30 },
    { where: { ...ELDER_CARE, size: '50-249' }, suppressed: true },
    { unitType: 'carrier', participations: 30 },
    { unitType: 'carrier', where: ELDER_CARE, participations: 20 },
  ],
  { follows: FIRST.manifest.releaseId },
);

/** A problem's type and detail. */
export async function problemIn(response: Response): Promise<{ type: string; detail: string }> {
  return (await response.json()) as { type: string; detail: string };
}
