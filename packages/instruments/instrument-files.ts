import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Instrument } from '#contracts/instrument';
import { InstrumentFileError } from './instrument-file-error.ts';

/**
 * Every `*.json` directly inside a folder, by name.
 *
 * @throws InstrumentFileError for a folder or file that cannot be read, and for a file that breaks a rule of the contract
 */
export async function readInstruments(folder: string): Promise<[file: string, instrument: Instrument][]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    throw new InstrumentFileError(`${folder}: this folder of instruments cannot be read (${error.code ?? 'error'}).`);
  });
  const instruments: [string, Instrument][] = [];
  for (const name of names.filter((entry) => entry.endsWith('.json')).sort()) {
    const file = join(folder, name);
    instruments.push([file, parseInstrument(file, await readJson(file))]);
  }
  return instruments;
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new InstrumentFileError(`${file}: this file cannot be read (${error.code ?? 'error'}).`);
  });
  try {
    // Editors on Windows put a byte order mark in front, which JSON.parse refuses.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new InstrumentFileError(`${file}: this is not valid JSON (${(error as Error).message}).`);
  }
}

/**
 * What a file holds, checked.
 *
 * @throws InstrumentFileError for a file that breaks a rule of the contract
 */
export function parseInstrument(file: string, content: unknown): Instrument {
  const parsed = Instrument.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue, ...others] = parsed.error.issues;
  const place = jsonPath(issue?.path ?? []);
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  throw new InstrumentFileError(`${file}, ${place}: ${ruleOf(issue?.message ?? 'invalid')}${more}.`);
}

/** `['items', 3, 'anchors']` -> `items[3].anchors`; the whole file is `$`. */
function jsonPath(path: PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return text === '' ? '$' : text.replace(/^\./, '');
}

function ruleOf(message: string): string {
  return message === 'code'
    ? 'a code is 1 to 40 lower-case letters, digits and inner hyphens'
    : message.replace(/\.$/, '');
}
