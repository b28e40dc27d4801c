import { POLICY } from '#disclosure/policy';
import { groupKey } from '#contracts/group';
import { panelIdOf } from '#contracts/instrument-id';
import type {
  Cell,
  Change,
  ChangeFigures,
  Cut,
  DimensionFigures,
  GroupRef,
  Manifest,
  PublishedCell,
} from '#contracts/release';
import { SUPPRESSED } from '#contracts/suppressed';
import type { ReleaseReader } from '#store/ports';

const HASH = '0'.repeat(64);
const DIMENSIONS = ['it', 'processes', 'leadership', 'innovation', 'overall'];

/** Cuts of every `step` permille, evenly from `low` to `high`. */
export function figures(step: number, low: number, high: number): DimensionFigures {
  const cuts: Cut[] = [];
  for (let permille = step; permille < 1000; permille += step) {
    cuts.push({ permille, value: Math.round(low + ((high - low) * permille) / 1000) });
  }
  return { state: 'published', cuts };
}

/** What a release shows of a group: so many participations with cuts from `low` to `high`, or nothing. */
export interface GroupFixture {
  panel?: string;
  where?: Record<string, string>;
  cohort?: string;
  participations?: number;
  step?: number;
  low?: number;
  high?: number;
  suppressedDimensions?: string[];
  carriedFrom?: string;
  suppressed?: true;
  /** Matched organisations, whose change runs from 0 to 20 points; suppressed without. */
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
  more: Partial<Pick<Manifest, 'follows' | 'replaces'>> & { hash?: string } = {},
): ReleaseFixture {
  const { hash = '0a1b2c3d', ...changed } = more;
  const releaseId = `digitalcheck.1-${cutoffOn}-${hash}`;
  const cells = new Map<string, Cell>();
  const changes = new Map<string, Change>();
  for (const fixture of groups) {
    const where = fixture.where ?? {};
    const panel = fixture.panel ?? 'facility';
    const cohort = fixture.cohort === undefined ? {} : { cohort: fixture.cohort };
    const key = groupKey({ panel, where, ...cohort }, 'level');
    const group = { key, panel, where, ...cohort };
    const dimensions = Object.fromEntries(
      DIMENSIONS.map((id) => [
        id,
        fixture.suppressedDimensions?.includes(id)
          ? SUPPRESSED
          : figures(fixture.step ?? 50, fixture.low ?? 10, fixture.high ?? 90),
      ]),
    );
    const published: PublishedCell = {
      version: `${releaseId}/${key}`,
      asOf: fixture.carriedFrom ?? cutoffOn,
      isCarriedForward: fixture.carriedFrom !== undefined,
      group,
      state: 'published',
      participations: fixture.participations ?? 140,
      dimensions,
      items: {},
      questions: {},
    };
    changes.set(key, changeFixture(`${releaseId}/${key},measure=change`, cutoffOn, group, fixture.matched));
    cells.set(key, fixture.suppressed ? { group, ...SUPPRESSED } : published);
  }
  const manifest: Manifest = {
    releaseId,
    panel: panelIdOf('digitalcheck.1'),
    instrument: 'digitalcheck.1',
    cutoffOn,
    nextReleaseOn: `${Number(cutoffOn.slice(0, 4)) + 1}${cutoffOn.slice(4)}`,
    follows: null,
    replaces: null,
    policy: POLICY,
    policyHash: HASH,
    instrumentHash: HASH,
    codeVersion: 'test',
    cells: [...cells.values()].filter(isPublic).map(entryOf),
    changes: [...changes.values()].filter(isPublic).map(entryOf),
    ...changed,
  };
  return { manifest, cells, changes };
}

const isPublic = ({ group }: Cell | Change) => group.cohort === undefined;

function entryOf(shown: Cell | Change): Manifest['cells'][number] {
  const { group } = shown;
  if (shown.state === 'suppressed') return { key: group.key, group, ...SUPPRESSED };
  const { participations, asOf, isCarriedForward, version } = shown;
  return { key: group.key, group, state: 'published', participations, asOf, isCarriedForward, version };
}

function changeFixture(version: string, asOf: string, group: GroupRef, matched: number | undefined): Change {
  if (matched === undefined) return { group, ...SUPPRESSED };
  const one: ChangeFigures = {
    state: 'published',
    cuts: [250, 500, 750].map((permille) => ({ permille, value: permille / 50 - 5 })),
    rose: 75,
  };
  const dimensions = Object.fromEntries(DIMENSIONS.map((id) => [id, id === 'innovation' ? SUPPRESSED : one]));
  return { version, asOf, group, state: 'published', participations: matched, dimensions, isCarriedForward: false };
}

/**
 * The reader's contract in memory. `listed` is what the head names, newest first; what was written and is not listed
 * cannot be read. `reads` counts what was asked for.
 */
export function memoryReleases(written: ReleaseFixture[]): ReleaseReader & { listed: string[]; reads: string[] } {
  const byId = new Map(written.map((release) => [release.manifest.releaseId, release]));
  const reader = {
    listed: written.map(({ manifest }) => manifest.releaseId).reverse(),
    reads: [] as string[],
    async head(panel: string) {
      return panel === 'digitalcheck.1' && reader.listed.length > 0
        ? { panel, releases: [...reader.listed] }
        : undefined;
    },
    async manifest(id: string) {
      reader.reads.push(id);
      return reader.listed.includes(id) ? structuredClone(byId.get(id)?.manifest) : undefined;
    },
    async cell(id: string, key: string) {
      reader.reads.push(`${id}/${key}`);
      return reader.listed.includes(id) ? structuredClone(byId.get(id)?.cells.get(key)) : undefined;
    },
    async change(id: string, key: string) {
      reader.reads.push(`${id}/${key} change`);
      return reader.listed.includes(id) ? structuredClone(byId.get(id)?.changes.get(key)) : undefined;
    },
  };
  return reader;
}

const ELDER_CARE = { sector: 'elder-care' };
/** Two releases: everybody and one sector large enough, one size small, the combination and others suppressed. */
export const FIRST = releaseFixture('2025-06-30', [
  { participations: 200, low: 5, high: 80 },
  { where: ELDER_CARE, participations: 60, step: 125, low: 8, high: 82 },
  { panel: 'carrier', participations: 30, step: 250 },
]);
export const SECOND = releaseFixture(
  '2026-03-31',
  [
    { participations: 270 },
    { where: ELDER_CARE, participations: 65, step: 125, suppressedDimensions: ['innovation'] },
    { where: { size: '50-249' }, participations: 20, step: 250 },
    { where: { ...ELDER_CARE, size: '50-249' }, suppressed: true },
    { where: { sector: 'health' }, suppressed: true },
    { panel: 'carrier', participations: 30, step: 250, carriedFrom: '2025-06-30' },
    { panel: 'carrier', where: ELDER_CARE, participations: 15, step: 500 },
  ],
  { follows: FIRST.manifest.releaseId },
);

/** A problem's type and detail. */
export async function problemIn(response: Response): Promise<{ type: string; detail: string }> {
  return (await response.json()) as { type: string; detail: string };
}
