import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { refuseFile } from './refusal.ts';

/**
 * How the file of another tool is meant. Every column of that file is either placed or left out by name, so that nothing is
 * sent by accident.
 */
export const Mapping = z.strictObject({
  /** Their column -> where it goes. */
  columns: z.record(
    z.string(),
    z.strictObject({
      /** A column of the import: `organisation`, `conductedOn`, `associations`, or the id of a part of the instrument. */
      to: z.string(),
      /** Their values -> ours. What is not named is taken as it stands. */
      values: z.record(z.string(), z.string()).optional(),
      /** For a question with several choices, one column each: the code that is chosen where the cell says yes. */
      chosen: z.string().optional(),
    }),
  ),
  /** Their values -> 0 to 4, na or dk, in every column of an item. */
  answers: z.record(z.string(), z.string()).default({}),
  /** What is the same in all rows: a column of the import -> its value. */
  always: z.record(z.string(), z.string()).default({}),
  /** Their columns that are not read. */
  leaveOut: z.array(z.string()).default([]),
});
export type Mapping = z.infer<typeof Mapping>;

/** @throws Refusal naming the file, and the field that is wrong */
export async function readMapping(file: string): Promise<Mapping> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw refuseFile(file, {
      de: `die Zuordnung kann nicht gelesen werden (${error.code})`,
      en: `the mapping cannot be read (${error.code})`,
    });
  });
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    const { message } = error as Error;
    throw refuseFile(file, { de: `das ist kein JSON (${message})`, en: `this is not JSON (${message})` });
  }
  const parsed = Mapping.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.join('.') ?? '';
  throw refuseFile(file, {
    de: `die Zuordnung hat einen Fehler bei „${place}“: ${issue?.message}`,
    en: `the mapping has a fault at "${place}": ${issue?.message}`,
  });
}
