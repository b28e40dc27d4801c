import { createReadStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import type { Problem } from '#contracts/problem';
import type { Lang, LocalText } from '#contracts/text';
import { BYTE_ORDER_MARK, csvOptions } from '../spreadsheet-csv.ts';
import { comparable } from './columns.ts';
import { inBatches, type PlanStore } from './plan-store.ts';
import { Refusal } from './refusal.ts';
import { type ReadRow, type Reject, rejectOf } from './row.ts';

const COLUMNS = ['line', 'organisation', 'column', 'value', 'reason'] as const;

/** Refuses to use a file that is something else: only an earlier rejects file may be replaced. */
export async function checkRejectsPath(file: string): Promise<void> {
  let start = '';
  try {
    for await (const chunk of createReadStream(file, { end: 199 })) start += (chunk as Buffer).toString('utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return;
    throw new Refusal({
      de: `Die Datei der abgewiesenen Zeilen ${file} kann nicht benutzt werden (${code}).`,
      en: `The rejects file ${file} cannot be used (${code}).`,
    });
  }
  const titles = (start.split(/[\r\n]/)[0] ?? '').split(/[,;\t]/).map(comparable);
  if (start !== '' && COLUMNS.some((name, at) => titles[at] !== name))
    throw new Refusal({
      de: `${file} gibt es schon, und es ist keine Datei abgewiesener Zeilen: Nennen Sie mit --rejects eine andere.`,
      en: `${file} exists and is not a rejects file: name another one with --rejects.`,
    });
}

/**
 * One line a reason, in the order of the input; none: an earlier run's file is removed. Opens in a spreadsheet as it is.
 * Holds the partner's keys: only its owner may read it.
 *
 * @returns how many rows were rejected, and why
 */
export async function writeRejects(
  file: string,
  { rejects }: PlanStore,
  lang: Lang,
): Promise<{ rows: number; reasons: { column: string; reason: LocalText; count: number }[] }> {
  const reasons = new Map<string, { column: string; reason: LocalText; count: number }>();
  let rows = 0;
  let lastLine = -1;
  try {
    for await (const batch of inBatches(rejects.values(), 500)) {
      const handle = await open(file, lastLine < 0 ? 'w' : 'a', 0o600);
      if (lastLine < 0) await handle.write(BYTE_ORDER_MARK + stringify([[...COLUMNS]], csvOptions(lang)));
      for (const { line, column, reason } of batch) {
        if (line !== lastLine) rows += 1;
        lastLine = line;
        // Lines named in a reason differ from row to row; the reason is one.
        const key = `${column} ${reason.en.replace(/\d+/g, '#')}`;
        const former = reasons.get(key) ?? { column, reason, count: 0 };
        if (reasons.size < REASONS_LIMIT) reasons.set(key, former);
        former.count += 1;
      }
      const lines = batch.map(({ reason, ...rest }) => [
        rest.line,
        rest.organisation,
        rest.column,
        rest.value,
        reason[lang],
      ]);
      await handle.write(stringify(lines, csvOptions(lang)));
      await handle.close();
    }
    if (rows === 0) await rm(file, { force: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new Refusal({
      de: `Die Datei der abgewiesenen Zeilen ${file} kann nicht geschrieben werden (${code}). Führen Sie denselben Befehl noch einmal aus, nichts geht doppelt ein.`,
      en: `The rejects file ${file} cannot be written (${code}). Run the same command again, nothing goes in twice.`,
    });
  }
  return { rows, reasons: [...reasons.values()].sort((a, b) => b.count - a.count) };
}

/** More different reasons than anybody reads. */
const REASONS_LIMIT = 1_000;

/** A refusal by the service, field by field, in the file's own columns and in the caller's language. */
export function rejectsOf(
  row: Pick<ReadRow, 'line' | 'organisation' | 'cells'>,
  status: number,
  problem: Problem | null,
): Reject[] {
  if (status === 410) return [rejectOf(row, WITHDRAWN)];
  if (!problem)
    return [
      rejectOf(row, {
        de: `der Dienst antwortet ${status} ohne einen Grund`,
        en: `the service answers ${status} without a reason`,
      }),
    ];
  const asIs = (text: string): LocalText => ({ de: text, en: text });
  if (!problem.errors?.length) return [rejectOf(row, asIs(problem.detail))];
  return problem.errors.map(({ field, message }) => {
    const column = columnOf(field);
    return column in row.cells ? rejectOf(row, asIs(message), column) : rejectOf(row, asIs(`${field}: ${message}`));
  });
}

const WITHDRAWN: LocalText = {
  de: 'widerrufen: die Organisation hat diesen Check zurückgenommen',
  en: 'withdrawn: the organisation has taken this submission back',
};

/** `/profile/sector` -> `sector`, `/answers/it-core` -> `it-core`, `/associations/1` -> `associations`. */
function columnOf(pointer: string): string {
  const [, first = '', second = ''] = pointer.split('/').map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'));
  return ['profile', 'answers', 'scores', 'questions'].includes(first) ? second : first;
}
