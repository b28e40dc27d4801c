import type { Instrument } from '#contracts/instrument';
import { panelIdOf } from '#contracts/instrument-id';
import type { GroupRef } from '#contracts/release';
import type { LogItem, StoredSubmission } from '#contracts/submission';

/** One organisation as the auditor counts it, from its own reading of the log. */
export interface Participation {
  organisation: string;
  submission: string;
  conductedOn: string;
  /** What orders an organisation's submissions. */
  order: string;
  isTrusted: boolean;
  source: string | undefined;
  profile: Record<string, string>;
  cohorts: readonly string[];
  /** Dimension id, or "overall", -> 0 to 100. */
  scores: Record<string, number>;
  answers: StoredSubmission['answers'];
}

export interface AuditWindow {
  panel: string;
  cutoffOn: string;
  /** Undefined where the plan is gone: everything of today's log up to the cut-off. */
  acceptedUntil?: string | undefined;
}

export interface LogRoster {
  participations: Participation[];
  /** `organisation/submission` -> every complete submission of the window: where the last one waits, the one before counts. */
  eligible: Map<string, Participation>;
  /** `organisation/submission` of what has been withdrawn. */
  withdrawn: Set<string>;
}

/** Folds the log once more, without the publisher's code: each organisation's last complete submission of the window. */
export async function rosterFromLog(
  items: AsyncIterable<LogItem>,
  instruments: ReadonlyMap<string, Instrument>,
  { panel, cutoffOn, acceptedUntil }: AuditWindow,
): Promise<LogRoster> {
  const withdrawn = new Set<string>();
  const complete: { submission: StoredSubmission; scores: Record<string, number> }[] = [];
  for await (const item of items) {
    if (item.kind === 'withdrawal') for (const key of item.keys) withdrawn.add(`${item.organisation}/${key}`);
    if (item.kind === 'tombstone') withdrawn.add(`${item.organisation}/${item.key}`);
    if (item.kind !== 'submission' || panelIdOf(item.instrument) !== panel) continue;
    const instrument = instruments.get(item.instrument);
    if (!instrument || item.conductedOn > cutoffOn) continue;
    if (item.conductedOn <= lowerEnd(cutoffOn, instrument.panelMonths)) continue;
    if (acceptedUntil !== undefined) {
      if (item.acceptedAt > acceptedUntil) continue;
      if (item.expiresAt <= Date.parse(acceptedUntil) / 1000) continue;
    }
    const scores = completeScores(instrument, item);
    if (scores) complete.push({ submission: item, scores });
  }
  const last = new Map<string, StoredSubmission>();
  const eligible = new Map<string, Participation>();
  const order = ({ conductedOn, acceptedAt, key }: StoredSubmission) => `${conductedOn} ${acceptedAt} ${key}`;
  for (const { submission, scores } of complete) {
    const { organisation, key } = submission;
    if (withdrawn.has(`${organisation}/${key}`)) continue;
    eligible.set(`${organisation}/${key}`, {
      organisation,
      submission: key,
      conductedOn: submission.conductedOn,
      order: order(submission),
      isTrusted: submission.admission === 'trusted',
      source: submission.source,
      profile: submission.profile,
      cohorts: submission.cohorts ?? [],
      scores,
      answers: submission.answers,
    });
    const former = last.get(organisation);
    if (!former || order(submission) > order(former)) last.set(organisation, submission);
  }
  const participations = [...last.values()].map(({ organisation, key }) => eligible.get(`${organisation}/${key}`)!);
  return { participations, eligible, withdrawn };
}

/**
 * The submission that an organisation's change is measured from, by its earlier ones of the window: the first of those
 * that lie six calendar months or more before it and have the same value of the panel attribute. Absent: not matched.
 */
export function firstOf(
  participation: Participation,
  own: readonly Participation[],
  panelAttribute: string | undefined,
): Participation | undefined {
  const latest = lowerEnd(participation.conductedOn, 6);
  const isSamePanel = (other: Participation) =>
    panelAttribute === undefined || other.profile[panelAttribute] === participation.profile[panelAttribute];
  return own
    .filter((other) => other.submission !== participation.submission && other.conductedOn <= latest)
    .filter(isSamePanel)
    .sort((a, b) => (a.order < b.order ? -1 : 1))[0];
}

/** Whether a participation belongs to a group, by its profile and the instrument's panel attribute. */
export function belongsTo(participation: Participation, group: GroupRef, panelAttribute: string | undefined): boolean {
  if (panelAttribute !== undefined && participation.profile[panelAttribute] !== group.panel) return false;
  if (group.cohort !== undefined && !participation.cohorts.includes(group.cohort)) return false;
  return Object.entries(group.where).every(([id, code]) => participation.profile[id] === code);
}

/** All scores with the overall one, or null unless every dimension has one (docs/method.md, "Score"). */
function completeScores(instrument: Instrument, submission: StoredSubmission): Record<string, number> | null {
  const scores: Record<string, number> = {};
  let sum = 0;
  for (const { id } of instrument.dimensions) {
    const score =
      instrument.kind === 'scores'
        ? submission.scores?.[id]
        : meanOfLevels(
            instrument.items.filter(({ dimension }) => dimension === id).map((item) => submission.answers?.[item.id]),
          );
    if (score === undefined) return null;
    scores[id] = score;
    sum += score;
  }
  return { ...scores, overall: halfUp(sum, instrument.dimensions.length) };
}

function meanOfLevels(answers: readonly unknown[]): number | undefined {
  const applicable = answers.filter((answer) => answer !== 'na');
  const levels = applicable.filter((answer): answer is number => typeof answer === 'number');
  if (levels.length < 3 || levels.length * 5 < applicable.length * 4) return undefined;
  return halfUp(25 * levels.reduce((sum, level) => sum + level, 0), levels.length);
}

const halfUp = (sum: number, count: number) => Math.floor((2 * sum + count) / (2 * count));

/** The day `months` before; the month's last day where there is no such day. Exclusive. */
function lowerEnd(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month - months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 - months, Math.min(day, lastDay))).toISOString().slice(0, 10);
}
