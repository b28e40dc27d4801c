import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { parse } from 'csv-parse/sync';
import { addDays, monthsBefore } from '#contracts/calendar';
import { groupKey, groupOfProfile } from '#contracts/group';
import { setKey } from '#contracts/group-set';
import type { Instrument } from '#contracts/instrument';
import { isPublished, medianOf } from '#contracts/released-cell';
import type { StoredSubmission } from '#contracts/submission';
import { decideRelease } from '#disclosure/decide-release';
import { drawRelease } from '#disclosure/draw-release';
import { POLICY } from '#disclosure/policy';
import { syntheticSector } from '#functions/local/synthetic-sector';
import { loadInstruments } from '#instruments/load-instruments';
import { createFold } from '#microdata/fold';
import type { Participations } from '#microdata/participations';
import { scoresOf } from '#microdata/score';

/** A field, and when its releases are cut off. */
export interface Field {
  name: string;
  instrument: Instrument;
  log: StoredSubmission[];
  cutoffs: readonly string[];
}

/** What one release answers. */
export interface Utility {
  cutoffOn: string;
  organisations: number;
  /** Public groups that somebody belongs to, and how many of them are published. */
  groups: { published: number; existing: number };
  /** Share of the organisations by the set of the fallback order that they are shown, in its order. */
  shown: number[];
  none: number;
  /** How far the median of the shown group was moved in any dimension, points: mean and 95th percentile over organisations. */
  moved: { mean: number; most: number };
}

/** Draws release after release, by a known key, and counts who is shown which group by default. */
export function utilityOf({ instrument, log, cutoffs }: Field): Utility[] {
  const acceptedUntil = cutoffs.map((cutoffOn) => `${addDays(cutoffOn, 2)}T08:00:00.000Z`);
  return cutoffs.map((cutoffOn, release) => {
    const fold = createFold({
      instruments: new Map([[instrument.id, instrument]]),
      cutoffOn,
      after: monthsBefore(cutoffOn, instrument.windowMonths),
      acceptedUntil: acceptedUntil[release]!,
      acceptedAfter: acceptedUntil[release - POLICY.releasesPerParticipation] ?? null,
    });
    for (const submission of log) fold.add(submission);
    const participations = fold.participations();
    const decided = decideRelease({ instrument, participations, policy: POLICY });
    const key = createHash('sha256').update(`utility ${cutoffOn}`).digest();
    const { cells } = drawRelease({ instrument, participations, policy: POLICY, decided, cutoffOn, key });
    const byKey = new Map(cells.filter((cell) => isPublished(cell)).map((cell) => [cell.group.key, cell]));
    const byName = new Map(log.map((submission) => [`${submission.organisation} ${submission.key}`, submission]));
    const profiles = Array.from({ length: participations.size }, (_, row) => submissionOf(byName, participations, row));
    const exact = exactMedians(instrument, profiles);
    const shown = instrument.fallbackOrder.map(() => 0);
    const moves: number[] = [];
    let none = 0;
    const existing = new Set<string>();
    for (let row = 0; row < participations.size; row++) {
      const { profile } = profiles[row]!;
      for (const set of instrument.catalogue) {
        const group = groupOfProfile(instrument, profile, set);
        if (group) existing.add(groupKey(group, instrument.unitTypeAttribute));
      }
      const choice = defaultGroup(instrument, profile, (key) => byKey.get(key)?.participations ?? null);
      if (!choice) {
        none += 1;
        continue;
      }
      shown[instrument.fallbackOrder.findIndex(({ set }) => setKey(set) === choice.set)]! += 1;
      const cell = byKey.get(choice.key)!;
      for (const { id } of instrument.dimensions) moves.push(Math.abs(medianOf(cell, id) - exact(choice.key, id)));
    }
    moves.sort((a, b) => a - b);
    const n = participations.size;
    return {
      cutoffOn,
      organisations: n,
      groups: { published: [...existing].filter((key) => byKey.has(key)).length, existing: existing.size },
      shown: shown.map((count) => count / n),
      none: none / n,
      moved: {
        mean: moves.reduce((sum, move) => sum + move, 0) / moves.length,
        most: moves[Math.floor(0.95 * moves.length)]!,
      },
    };
  });
}

function submissionOf(
  byName: ReadonlyMap<string, StoredSubmission>,
  { organisations, submissions }: Participations,
  row: number,
): StoredSubmission {
  return byName.get(`${organisations[row]} ${submissions[row]}`)!;
}

/** The default of docs/method.md, read anew: the first set of the fallback order that holds enough, else the largest. */
function defaultGroup(
  instrument: Instrument,
  profile: Record<string, string>,
  participations: (key: string) => number | null,
): { key: string; set: string } | null {
  const own = instrument.fallbackOrder.flatMap(({ set, fromN }) => {
    const group = groupOfProfile(instrument, profile, set);
    const key = group && groupKey(group, instrument.unitTypeAttribute);
    const n = key === null ? null : participations(key);
    return key === null || n === null ? [] : [{ key, set: setKey(set), n, fromN }];
  });
  return own.find(({ n, fromN }) => n >= fromN) ?? own.toSorted((a, b) => b.n - a.n)[0] ?? null;
}

/** Exact medians by group and dimension, type 7, of scores put to nothing. */
function exactMedians(instrument: Instrument, counted: readonly StoredSubmission[]) {
  const scores = new Map<string, number[]>();
  for (const submission of counted) {
    const own = scoresOf(instrument, submission);
    for (const set of instrument.catalogue) {
      const group = groupOfProfile(instrument, submission.profile, set);
      if (!group) continue;
      for (const { id } of instrument.dimensions) {
        const key = `${groupKey(group, instrument.unitTypeAttribute)} ${id}`;
        const list = scores.get(key);
        if (list) list.push(own[id]!);
        else scores.set(key, [own[id]!]);
      }
    }
  }
  for (const list of scores.values()) list.sort((a, b) => a - b);
  return (key: string, dimension: string) => {
    const list = scores.get(`${key} ${dimension}`)!;
    return (list[Math.floor((list.length - 1) / 2)]! + list[Math.ceil((list.length - 1) / 2)]!) / 2;
  };
}

/**
 * The demo's invented sector at any size; one in six is an association's member. Released every year, as a deployment does
 * unless told otherwise, or every half year: then who does not answer again is in no third release.
 */
export function inventedField(instrument: Instrument, organisations: number, isHalfYearly = false): Field {
  const lookedOn = '2026-06-30';
  const members = Math.floor(organisations / 6);
  const sector = syntheticSector(instrument, { organisations, members, seed: 'sektorspiegel demo' });
  const log = sector.map((submission): StoredSubmission => {
    const conductedOn = addDays(lookedOn, -submission.daysBefore);
    return {
      ...accepted(`${submission.organisation}`, `${submission.wave}`, conductedOn),
      instrument: instrument.id,
      admission: submission.isMember ? 'invited' : 'open',
      ...(submission.isMember ? { associations: ['c-de300001'] } : {}),
      profile: submission.profile,
      answers: submission.answers,
      questions: submission.questions,
    };
  });
  return {
    name: `${organisations.toLocaleString('en')} invented${isHalfYearly ? ', every half year' : ''}`,
    instrument,
    log,
    cutoffs: isHalfYearly ? ['2025-06-30', '2026-01-31', '2026-07-31'] : ['2025-06-30', '2026-06-30'],
  };
}

/** The states of the EGDI: two files of a folder, as docs/walkthrough.md imports them, from a trusted source. */
export async function egdiField(instrument: Instrument, folder: string): Promise<Field> {
  const years = ['2016', '2018'];
  const log: StoredSubmission[] = [];
  for (const year of years) {
    const rows: Record<string, string>[] = parse(await readFile(join(folder, `${year}.csv`), 'utf8'), {
      columns: true,
    });
    for (const row of rows) {
      const pick = (ids: readonly { id: string }[]) =>
        ids.flatMap(({ id }) => (row[id] ? [[id, row[id]] as const] : []));
      log.push({
        ...accepted(row.organisation!, year, row.conductedOn!),
        instrument: instrument.id,
        admission: 'trusted',
        source: 'import:operator',
        profile: Object.fromEntries(pick(instrument.profile)),
        scores: Object.fromEntries(pick(instrument.dimensions).map(([id, score]) => [id, Number(score)])),
      });
    }
  }
  return { name: 'EGDI, 193 states', instrument, log, cutoffs: years.map((year) => `${year}-12-31`) };
}

function accepted(organisation: string, wave: string, conductedOn: string) {
  const hash = (text: string) => createHash('sha256').update(text).digest('base64url');
  return {
    kind: 'submission' as const,
    organisation: hash(organisation),
    key: hash(`${organisation} ${wave}`),
    conductedOn,
    acceptedAt: `${conductedOn}T12:00:00.000Z`,
    bodyHash: hash(''),
    expiresAt: Date.parse('2040-01-01') / 1000,
  };
}

/** One line of the table in docs/method.md for each release. */
export function tableOf(name: string, { fallbackOrder }: Instrument, found: readonly Utility[]): string {
  return found
    .map(({ cutoffOn, organisations, groups, shown, none, moved }) => {
      const percent = (share: number) => `${Math.round(100 * share)} %`;
      const columns = SETS.map((set) =>
        percent(fallbackOrder.reduce((sum, entry, at) => sum + (setKey(entry.set) === set ? shown[at]! : 0), 0)),
      );
      return `| ${name} | ${cutoffOn} | ${organisations.toLocaleString('en')} | ${groups.published} of ${groups.existing} | ${columns.join(' | ')} | ${percent(none)} | ${moved.mean.toFixed(1)} (${moved.most.toFixed(1)}) |\n`;
    })
    .join('');
}

const SETS = ['sector,size', 'sector,size^1', 'sector', 'sector^1', 'size^1', ''];

export const TABLE_HEAD =
  '| field | cut-off | organisations | groups published | sector by size | sector by size class | sector | broader sector | size class | all | nothing | median moved by, points (95 %) |\n|---|---|---|---|---|---|---|---|---|---|---|---|\n';

/** `npm run utility -- ../shared/data/egdi`; without a folder the invented sector alone. */
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [folder] = positionals;
  const instruments = await loadInstruments(['test/fixtures/instruments']);
  const check = instruments.get('digitalcheck.1')!;
  process.stdout.write(TABLE_HEAD);
  for (const organisations of [270, 1000, 10_000])
    for (const field of [inventedField(check, organisations), inventedField(check, organisations, true)])
      process.stdout.write(tableOf(field.name, check, utilityOf(field)));
  if (folder) {
    const field = await egdiField(instruments.get('egovernment.1')!, folder);
    process.stdout.write(tableOf(field.name, field.instrument, utilityOf(field)));
  }
}
