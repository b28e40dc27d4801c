import { readFile, rm, writeFile } from 'node:fs/promises';
import { stringify } from 'csv-stringify/sync';
import type { Problem } from '#contracts/problem';
import { CannotRun } from '#functions/local/cannot-run';
import { type ReadRow, type Reject, rejectOf } from './row.ts';

const COLUMNS = ['line', 'organisation', 'column', 'value', 'reason'] as const;

/** Refuses to use a file that is something else: only an earlier rejects file may be replaced. */
export async function checkRejectsPath(file: string): Promise<void> {
  const existing = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw new CannotRun(`The rejects file ${file} cannot be used (${error.code}).`);
  });
  if (existing !== '' && !existing.startsWith(COLUMNS.join(',')))
    throw new CannotRun(`${file} exists and is not a rejects file: name another one with --rejects.`);
}

/**
 * One line a reason, in the order of the input; none: an earlier run's file is removed. Cells that a spreadsheet would
 * run as a formula are escaped. Holds the partner's keys: only its owner may read it.
 */
export async function writeRejects(file: string, rejects: readonly Reject[]): Promise<void> {
  if (rejects.length === 0) return rm(file, { force: true });
  const sorted = [...rejects].sort((a, b) => a.line - b.line);
  const text = stringify(sorted, { header: true, columns: [...COLUMNS], escape_formulas: true });
  await writeFile(file, text, { mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    throw new CannotRun(
      `The rejects file ${file} cannot be written (${error.code}). Run the same command again, nothing goes in twice.`,
    );
  });
}

/** A refusal by the service, field by field, in the file's own columns. */
export function rejectsOf(row: ReadRow, status: number, problem: Problem | null): Reject[] {
  if (status === 410) return [rejectOf(row, 'withdrawn: the organisation has taken this submission back')];
  if (!problem) return [rejectOf(row, `the service answers ${status} without a reason`)];
  if (!problem.errors?.length) return [rejectOf(row, problem.detail)];
  return problem.errors.map(({ field, message }) => {
    const column = columnOf(field);
    return column in row.cells ? rejectOf(row, message, column) : rejectOf(row, `${field}: ${message}`);
  });
}

/** `/profile/sector` -> `sector`, `/answers/it-core` -> `it-core`, `/associations/1` -> `associations`. */
function columnOf(pointer: string): string {
  const [, first = '', second = ''] = pointer.split('/').map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~'));
  return ['profile', 'answers', 'scores'].includes(first) ? second : first;
}
