import type { LocalText } from '#contracts/text';
import type { Refusal } from './refusal.ts';

/** One record of a file: the line it begins on (1 is the file's first) and its cells as plain text. */
export interface TableRow {
  line: number;
  cells: string[];
}

/** A file of rows, whatever it was written by. */
export interface Table {
  /** How it is called in messages. */
  name: string;
  isWorkbook: boolean;
  /** What the caller should know about how the file was read. */
  notes: LocalText[];
  /** Every record with something in it, read anew with each call. */
  rows: () => AsyncIterable<TableRow>;
  /** Why nothing of it may be used, though it can be read: all that is wrong is told at once. */
  fault?: Refusal;
}
