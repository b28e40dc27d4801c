import { monthsBefore } from '#contracts/calendar';
import { createFold, type Fold, type FoldWindow } from '#microdata/fold';
import type { Instrument } from '#contracts/instrument';
import { panelIdOf } from '#contracts/instrument-id';
import type { Plan } from '#contracts/release';
import type { Instruments } from '#functions/instruments';
import type { SubmissionLog } from '#store/ports';

export interface FoldDependencies {
  instruments: Instruments;
  submissions: Pick<SubmissionLog, 'scan'>;
  /** Segments of the scan, folded side by side. */
  segments: number;
}

/** What of a plan decides which submissions count. */
export type PlanWindow = Pick<Plan, 'panel' | 'cutoffOn' | 'acceptedUntil'>;

/** Folds every segment of the log and merges them. */
export async function foldLog(deps: FoldDependencies, instrument: Instrument, plan: PlanWindow): Promise<Fold> {
  const window = windowOf(deps.instruments, instrument, plan);
  const folds = await Promise.all(
    Array.from({ length: deps.segments }, (_, segment) => foldSegment(deps, window, segment, deps.segments)),
  );
  const [first, ...others] = folds;
  for (const other of others) first!.merge(other);
  return first!;
}

/** Folds one segment of the log. */
export async function foldSegment(
  { submissions }: Pick<FoldDependencies, 'submissions'>,
  window: FoldWindow,
  segment: number,
  segments: number,
): Promise<Fold> {
  const fold = createFold(window);
  for await (const item of submissions.scan(segment, segments)) fold.add(item);
  return fold;
}

/** @param instrument the panel's first version, which gives the order of codes, items and dimensions */
export function windowOf(instruments: Instruments, instrument: Instrument, plan: PlanWindow): FoldWindow {
  const versions = [...instruments].filter(([id]) => panelIdOf(id) === plan.panel).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    instruments: new Map([[instrument.id, instrument], ...versions]),
    cutoffOn: plan.cutoffOn,
    after: monthsBefore(plan.cutoffOn, instrument.panelMonths),
    acceptedUntil: plan.acceptedUntil,
  };
}
