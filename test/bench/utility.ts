import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { parse } from 'csv-parse/sync';
import { addDays, monthsBefore } from '#contracts/calendar';
import { catalogueOf } from '#microdata/peer-groups';
import { createFold } from '#microdata/fold';
import type { Instrument } from '#contracts/instrument';
import type { StoredSubmission } from '#contracts/submission';
import { loadInstruments } from '#functions/instruments';
import { syntheticSector } from '#functions/local/synthetic-sector';
import { type PublishDependencies, publish } from '#functions/publish/publish';
import { memoryPublishing } from './memory-publishing.ts';

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
  /** Public groups that somebody belongs to, by what became of them. */
  groups: { fresh: number; carried: number; suppressed: number };
  /** Organisations by the first group of their ladder that is shown, in the ladder's order, and those without any. */
  rungs: number[];
  none: number;
  deferred: number;
}

/** Publishes release after release and counts who finds figures. Without the audit, which changes none of them. */
export async function utilityOf({ instrument, log, cutoffs }: Field): Promise<Utility[]> {
  const instruments = new Map([[instrument.id, instrument]]);
  const publishing = memoryPublishing(instruments, log, '');
  const catalogue = catalogueOf(instrument);
  const found: Utility[] = [];
  for (const cutoffOn of cutoffs) {
    const now = new Date(`${addDays(cutoffOn, 2)}T08:00:00.000Z`);
    const { manifest, report } = await publish(
      { ...publishing, now: () => now, audit: passAll },
      { instrument: instrument.id, cutoffOn },
    );
    const isShown = new Set(manifest.cells.flatMap(({ key, state }) => (state === 'published' ? [key] : [])));
    const fold = createFold({
      instruments,
      cutoffOn,
      after: monthsBefore(cutoffOn, instrument.panelMonths),
      acceptedUntil: now.toISOString(),
    });
    for (const submission of log) fold.add(submission);
    const roster = fold.roster();
    const rungs = instrument.ladder.map(() => 0);
    let none = 0;
    for (let row = 0; row < roster.size; row++) {
      const own = catalogue.groupsOf(roster, row).map((place) => catalogue.groups[place]!);
      const rung = instrument.ladder.findIndex((set) =>
        own.some(({ key, where }) => Object.keys(where).sort().join() === set.toSorted().join() && isShown.has(key)),
      );
      if (rung === -1) none += 1;
      else rungs[rung]! += 1;
    }
    const keys = new Set(manifest.cells.map(({ key }) => key));
    const lines = report.lines.filter(({ key, n, outcome }) => keys.has(key) && (n > 0 || outcome === 'carried'));
    const count = (wanted: string) => lines.filter(({ outcome }) => outcome === wanted).length;
    found.push({
      cutoffOn,
      organisations: roster.size,
      groups: { fresh: count('fresh'), carried: count('carried'), suppressed: count('suppressed') },
      rungs,
      none,
      deferred: report.deferred,
    });
  }
  return found;
}

const passAll: NonNullable<PublishDependencies['audit']> = async (_, { plan }) => ({
  releaseId: plan.releaseId,
  attempts: [],
  breaks: [],
  notices: [],
});

/** The demo's invented sector at any size; one in six is an association's member. The demo's dates, and half a year on. */
export function inventedField(instrument: Instrument, organisations: number): Field {
  const lookedOn = '2026-06-30';
  const members = Math.floor(organisations / 6);
  const sector = syntheticSector(instrument, { organisations, members, seed: 'sektorspiegel demo' });
  const log = sector.map((submission): StoredSubmission => {
    const conductedOn = addDays(lookedOn, -submission.daysBefore);
    return {
      ...accepted(`${submission.organisation}`, `${submission.wave}`, conductedOn),
      instrument: instrument.id,
      admission: submission.isMember ? 'invited' : 'open',
      ...(submission.isMember ? { cohorts: ['c-de300001'] } : {}),
      profile: submission.profile,
      answers: submission.answers,
      questions: submission.questions,
    };
  });
  return {
    name: `${organisations.toLocaleString('en')} invented`,
    instrument,
    log,
    cutoffs: ['2025-05-31', '2026-01-31', '2026-07-31'],
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
export function tableOf(name: string, found: readonly Utility[]): string {
  return found
    .map(({ cutoffOn, organisations, groups, rungs, none, deferred }) => {
      const percent = (count: number) => `${Math.round((100 * count) / organisations)} %`;
      const { fresh, carried, suppressed } = groups;
      return `| ${name} | ${cutoffOn} | ${organisations.toLocaleString('en')} | ${fresh} / ${carried} / ${suppressed} | ${rungs.map(percent).join(' | ')} | ${percent(none)} | ${deferred} |\n`;
    })
    .join('');
}

export const TABLE_HEAD =
  '| field | cut-off | organisations | groups fresh / carried / suppressed | own sector and size | own sector | all | nothing | wait |\n|---|---|---|---|---|---|---|---|---|\n';

/** `npm run utility -- ../shared/data/egdi`; without a folder the invented sector alone. */
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { positionals } = parseArgs({ allowPositionals: true });
  const [folder] = positionals;
  const instruments = await loadInstruments(['test/fixtures/instruments']);
  const check = instruments.get('digitalcheck.1')!;
  process.stdout.write(TABLE_HEAD);
  for (const organisations of [270, 1000, 10_000]) {
    const field = inventedField(check, organisations);
    process.stdout.write(tableOf(field.name, await utilityOf(field)));
  }
  if (folder) {
    const field = await egdiField(instruments.get('egovernment.1')!, folder);
    process.stdout.write(tableOf(field.name, await utilityOf(field)));
  }
}
