import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { compose, type FormerVersion } from '#benchmark/compose';
import { createFold } from '#microdata/fold';
import { POLICY } from '#disclosure/policy';
import { bindDecisions, type FrozenRelease, releaseOf } from '#disclosure/release';
import { changeKey } from '#contracts/group';
import { Instrument } from '#contracts/instrument';
import type { Plan } from '#contracts/release';
import type { Answer, LogItem, StoredSubmission } from '#contracts/submission';
import { auditRelease } from '#functions/operator/audit/audit-release';
import { rosterFromLog } from '#functions/operator/audit/log-roster';
import { type AuditReport, reportLines } from '#functions/operator/audit/report';
import { scoresInstrument } from '../benchmark/rosters.ts';

/**
 * Random worlds: houses join, correct, move, withdraw and return, enter and leave associations that overlap, some of them
 * invented, sent by one source or all alike in one dimension, over several releases of the real publisher. The auditor, with code of its own, must find no break in any of them.
 */
export type WorldEvent =
  | {
      kind: 'join';
      count: number;
      sector: number;
      size: number;
      by: 'trusted' | 'open' | 'invited' | 'carrier';
      /** 1 and 2 for the first and the second association, 3 for both. */
      cohorts: number;
      /** They always answer the items of one dimension in the same way. */
      isAlike: boolean;
    }
  | { kind: 'correct' | 'move' | 'withdraw' | 'return'; count: number; from: number }
  | { kind: 'enter' | 'leave'; count: number; from: number; cohort: number };
/** One list of events before each release. */
export type World = WorldEvent[][];

const DEFAULT_WORLDS = 25;
const CUTOFFS = ['2025-03-31', '2025-10-31', '2026-05-31', '2026-12-31', '2027-07-31'];
const SECTORS = ['a', 'b', 'c', 'd'];
const SIZES = ['s', 'l'];
const COHORTS = ['c-00000001', 'c-00000002'];

const joining = fc.record({
  kind: fc.constant('join' as const),
  count: fc.integer({ min: 1, max: 45 }),
  sector: fc.nat({ max: SECTORS.length - 1 }),
  size: fc.nat({ max: SIZES.length - 1 }),
  by: fc.constantFrom('trusted' as const, 'trusted' as const, 'open' as const, 'invited' as const, 'carrier' as const),
  cohorts: fc.constantFrom(0, 0, 1, 2, 3),
  isAlike: fc.constantFrom(false, false, false, true),
});
const switching = fc.record({
  kind: fc.constantFrom('enter' as const, 'leave' as const),
  count: fc.integer({ min: 1, max: 25 }),
  from: fc.nat({ max: 300 }),
  cohort: fc.nat({ max: 1 }),
});
const changing = fc.record({
  kind: fc.constantFrom('correct' as const, 'move' as const, 'withdraw' as const, 'return' as const),
  count: fc.integer({ min: 1, max: 25 }),
  from: fc.nat({ max: 300 }),
});
export const worlds: fc.Arbitrary<World> = fc
  .tuple(
    fc.array(joining, { minLength: 2, maxLength: 8 }),
    fc.array(fc.array(fc.oneof(joining, changing, changing, switching), { minLength: 1, maxLength: 6 }), {
      minLength: 1,
      maxLength: CUTOFFS.length - 1,
    }),
  )
  .map(([first, later]) => [first, ...later]);

/** Lives through a world and audits each of its releases; the report of the first that breaks, or null. */
export async function firstBreak(
  world: World,
  admit?: Parameters<typeof compose>[0]['admit'],
): Promise<AuditReport | null> {
  const log = new Map<string, LogItem>();
  const names: string[] = [];
  const releases: FrozenRelease[] = [];
  const state: Life = { log, names, profiles: new Map(), alike: new Set(), submitted: 0 };
  for (const [place, events] of world.entries()) {
    const cutoffOn = CUTOFFS[place]!;
    for (const event of events) live(event, state, cutoffOn);
    const plan = planOf(cutoffOn, releases.at(-1)?.manifest.releaseId ?? null);
    const window = { cutoffOn, after: monthsEarlier(cutoffOn), acceptedUntil: plan.acceptedUntil };
    const fold = createFold({ ...window, instruments: INSTRUMENTS });
    for (const item of log.values()) fold.add(item);
    const composition = compose({
      instrument: QUESTIONNAIRE,
      policy: POLICY,
      cutoffOn,
      rosterWithout: (waiting) => fold.roster(waiting),
      former: formerVersions(releases),
      admit,
    });
    const bound = bindDecisions(plan, QUESTIONNAIRE, composition);
    const release = releaseOf(plan, bound, POLICY);
    const report = await auditRelease({
      candidate: release,
      former: releases,
      ledgers: [...releases, release].map(({ ledger }) => ledger),
      roster: await rosterFromLog(itemsOf(log), INSTRUMENTS, { panel: plan.panel, ...window }),
      isRosterOfPlan: true,
      instrument: QUESTIONNAIRE,
      policy: POLICY,
      limits: { seconds: 3 },
      now: () => performance.now(),
    });
    if (report.breaks.length > 0) return report;
    releases.push(release);
  }
  return null;
}

const text = (word: string) => ({ de: word, en: word });
const anchors: Instrument['items'][number]['anchors'] = [text('0'), text('1'), text('2'), text('3'), text('4')];

/** The probe as a questionnaire: five items a dimension, a question with one choice and one with several. */
const QUESTIONNAIRE: Instrument = Instrument.parse({
  ...scoresInstrument,
  kind: 'questionnaire',
  items: scoresInstrument.dimensions.flatMap(({ id: dimension }) =>
    [1, 2, 3, 4, 5].map((place) => ({
      id: `${dimension}${place}`,
      dimension,
      title: text(`${dimension}${place}`),
      question: text(`${dimension}${place}`),
      anchors,
    })),
  ),
  questions: [
    { id: 'one', maxChoices: 1 },
    { id: 'many', maxChoices: 3 },
  ].map(({ id, maxChoices }) => ({
    id,
    title: text(id),
    question: text(id),
    why: text(id),
    maxChoices,
    codes: ['p', 'q', 'r'].map((code) => ({ id: code, label: text(code) })),
  })),
});
const INSTRUMENTS = new Map([[QUESTIONNAIRE.id, QUESTIONNAIRE]]);

interface Life {
  log: Map<string, LogItem>;
  names: string[];
  profiles: Map<string, Pick<StoredSubmission, 'profile' | 'admission' | 'source' | 'cohorts'>>;
  alike: Set<string>;
  submitted: number;
}

function live(event: WorldEvent, state: Life, cutoffOn: string): void {
  if (event.kind === 'join') {
    for (let place = 0; place < event.count; place++) {
      const name = `house-${state.names.length}`;
      state.names.push(name);
      if (event.isAlike) state.alike.add(name);
      state.profiles.set(name, {
        profile: { sector: SECTORS[event.sector]!, size: SIZES[event.size]! },
        ...admitted(
          event.by === 'carrier' ? 'open' : event.by,
          COHORTS.filter((_, bit) => event.cohorts & (1 << bit)),
        ),
        ...(event.by === 'carrier' ? { source: 'carrier:one' } : event.by === 'trusted' ? { source: 'import:it' } : {}),
      });
      submit(name, state, cutoffOn);
    }
    return;
  }
  for (let place = 0; place < Math.min(event.count, state.names.length); place++) {
    const name = state.names[(event.from + place) % state.names.length]!;
    const own = state.profiles.get(name)!;
    if (event.kind === 'withdraw' || event.kind === 'return') {
      for (const [key, item] of state.log)
        if (item.organisation === name && item.kind === 'submission')
          state.log.set(key, {
            kind: 'tombstone',
            organisation: name,
            key: item.key,
            withdrawnAt: item.acceptedAt,
            expiresAt: item.expiresAt,
          });
      if (event.kind === 'withdraw') continue;
    }
    if (event.kind === 'enter' || event.kind === 'leave') {
      const cohort = COHORTS[event.cohort]!;
      const others = (own.cohorts ?? []).filter((id) => id !== cohort);
      const admission = own.admission === 'invited' ? 'open' : own.admission;
      const { cohorts: _, ...rest } = own;
      state.profiles.set(name, {
        ...rest,
        ...admitted(admission, event.kind === 'enter' ? [...others, cohort] : others),
      });
    }
    if (event.kind === 'move') {
      const sector = SECTORS[(SECTORS.indexOf(own.profile.sector!) + 1) % SECTORS.length]!;
      state.profiles.set(name, { ...own, profile: { ...own.profile, sector } });
    }
    submit(name, state, cutoffOn);
  }
}

function levelOf(level: number): Answer {
  return Math.min(4, Math.max(0, level)) as Answer;
}

/** Whoever sends an association's code is invited, as the api has it. */
function admitted(
  admission: StoredSubmission['admission'],
  cohorts: string[],
): Pick<StoredSubmission, 'admission' | 'cohorts'> {
  if (cohorts.length === 0) return { admission };
  return { admission: admission === 'open' ? 'invited' : admission, cohorts };
}

function submit(name: string, state: Life, conductedOn: string): void {
  state.submitted += 1;
  // Multiples of a large odd number spread over the scale, the same in every run.
  const spread = (factor: number, below: number) => ((state.submitted * factor) >>> 3) % below;
  const leaning = spread(2_654_435, 5);
  const answerTo = (dimension: string, place: number): Answer => {
    if (dimension === 'x' && state.alike.has(name)) return 2;
    const drawn = spread(1_597_463 + 7_919 * place, 11);
    // Levels around the house's own, now and then none.
    return drawn === 10 ? 'na' : drawn === 9 && place % 5 === 0 ? 'dk' : levelOf(leaning + (drawn % 3) - 1);
  };
  const choice = (which: number) => ['p', 'q', 'r'][spread(1_299_709 * which, 3)]!;
  const key = `submission-${state.submitted}`;
  state.log.set(key, {
    kind: 'submission',
    organisation: name,
    key,
    instrument: 'probe.1',
    conductedOn,
    acceptedAt: new Date(Date.parse(conductedOn) + state.submitted).toISOString(),
    ...state.profiles.get(name)!,
    answers: Object.fromEntries(
      QUESTIONNAIRE.items.map(({ id, dimension }, place) => [id, answerTo(dimension, place)]),
    ),
    questions: { one: [choice(1)], many: [...new Set([choice(2), choice(3)])] },
    bodyHash: key,
    expiresAt: Date.parse('2040-01-01') / 1000,
  });
}

function formerVersions(releases: readonly FrozenRelease[]): FormerVersion[] {
  const shownBy = (release: FrozenRelease | undefined) => [...(release?.cells ?? []), ...(release?.changes ?? [])];
  const inForce = new Set(shownBy(releases.at(-1)).flatMap((one) => (one.state === 'published' ? [one.version] : [])));
  return releases.flatMap((release) =>
    shownBy(release).flatMap((one): FormerVersion[] => {
      if (one.state === 'suppressed' || one.isCarriedForward) return [];
      const key = 'items' in one ? one.group.key : changeKey(one.group.key);
      const members = release.ledger.entries.filter(({ groups }) => groups.includes(key));
      const contributions = {
        organisations: members.map(({ organisation }) => organisation),
        submissions: members.map(({ submission }) => submission),
        invited: members.filter(({ isInvited }) => isInvited).length,
        isInForce: inForce.has(one.version),
      };
      if (!('items' in one)) {
        const { isCarriedForward: _, ...cell } = one;
        return [{ ...contributions, cell, firsts: members.map(({ first }) => first!) }];
      }
      const { isCarriedForward: _, ...cell } = one;
      return [{ ...contributions, cell }];
    }),
  );
}

function planOf(cutoffOn: string, follows: string | null): Plan {
  const hash = '0'.repeat(64);
  return {
    releaseId: `probe.1-${cutoffOn}-00000000`,
    panel: 'probe.1',
    instrument: 'probe.1',
    cutoffOn,
    acceptedUntil: `${cutoffOn}T23:00:00.000Z`,
    follows,
    replaces: null,
    instrumentHash: hash,
    policyHash: hash,
    codeVersion: 'worlds',
  };
}

/** The same day two years before; every cut-off exists in each year. */
const monthsEarlier = (date: string) => `${Number(date.slice(0, 4)) - 2}${date.slice(4)}`;

async function* itemsOf(log: ReadonlyMap<string, LogItem>): AsyncIterable<LogItem> {
  yield* log.values();
}

/** Lives through `n` worlds; throws with the smallest world found that breaks, and the auditor's report of it. */
export async function checkWorlds(n: number, seed: number, admit?: Parameters<typeof firstBreak>[1]): Promise<void> {
  await fc.assert(
    fc.asyncProperty(worlds, async (world) => {
      const report = await firstBreak(world, admit);
      if (report) throw new Error(reportLines(report).join('\n'));
    }),
    { numRuns: n, seed, endOnFailure: false },
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({ options: { n: { type: 'string' }, seed: { type: 'string' } } });
  const n = Number(values.n ?? DEFAULT_WORLDS);
  const seed = Number(values.seed ?? 1);
  await checkWorlds(n, seed);
  console.log(`${n} worlds from seed ${seed}: no release in them tells more than it may.`);
}
