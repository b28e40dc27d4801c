import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Instrument, panelIdOf } from '#contracts/instrument';
import digitalcheck1 from '../packages/instruments/digitalcheck.1.json' with { type: 'json' };

/** Every instrument the program knows, by full id (`digitalcheck.1`, `digitalcheck.1.1`). */
export type Instruments = ReadonlyMap<string, Instrument>;

/** An instrument file that must not be used. The message is one sentence naming file, place and rule. */
export class InstrumentFileError extends Error {
  override name = 'InstrumentFileError';
}

// Imported, not read from disk, so that a bundle carries them.
const BUILT_IN: [file: string, content: unknown][] = [['packages/instruments/digitalcheck.1.json', digitalcheck1]];

/**
 * The built-in instruments and every `*.json` directly inside the given folders.
 *
 * Throws `InstrumentFileError` for an unreadable folder or file, for a file that breaks a rule of the contract, for an
 * id that two files claim, and for a minor version that scores otherwise than the version it corrects.
 */
export async function loadInstruments(folders: string[]): Promise<Instruments> {
  const instruments = new Map<string, Instrument>();
  const fileOf = new Map<string, string>();
  for (const [file, content] of [...BUILT_IN, ...(await readFolders(folders))]) {
    const instrument = parseInstrument(file, content);
    const former = fileOf.get(instrument.id);
    if (former)
      throw new InstrumentFileError(`${file}, id: "${instrument.id}" is already defined by ${former}; ids are unique.`);
    instruments.set(instrument.id, instrument);
    fileOf.set(instrument.id, file);
  }
  for (const instrument of instruments.values()) {
    const panel = panelIdOf(instrument.id);
    if (panel === instrument.id) continue;
    const file = fileOf.get(instrument.id);
    const first = instruments.get(panel);
    if (!first)
      throw new InstrumentFileError(`${file}, id: "${instrument.id}" corrects "${panel}", which is in no folder.`);
    const part = changedScoring(first, instrument);
    if (part)
      throw new InstrumentFileError(
        `${file}, ${part}: this differs from "${panel}"; changed scoring needs a new major version.`,
      );
  }
  return instruments;
}

/**
 * SHA-256 (hex) of all that decides a score or who is compared with whom: kind, dimensions, items with their dimension,
 * profile codes, panel attribute with its default, panel months. Words and order do not matter. Versions with the same
 * hash may share a panel and its history.
 */
export function scoringHash(instrument: Instrument): string {
  return createHash('sha256')
    .update(JSON.stringify(scoringOf(instrument)))
    .digest('hex');
}

function scoringOf(instrument: Instrument) {
  const panel = instrument.profile.find((attribute) => attribute.id === instrument.panelAttribute);
  return {
    kind: instrument.kind,
    dimensions: instrument.dimensions.map((dimension) => dimension.id).sort(),
    items: instrument.items.map((item) => `${item.dimension}/${item.id}`).sort(),
    profile: instrument.profile
      .map((attribute) => {
        const codes = attribute.codes.map((code) => code.id).sort();
        return `${attribute.id}${attribute.required ? '' : '?'}=${codes.join(',')}`;
      })
      .sort(),
    // The first code of the panel attribute is what a group means that names none.
    panelAttribute: panel ? `${panel.id}=${panel.codes[0]?.id}` : null,
    panelMonths: instrument.panelMonths,
  };
}

/** The first part of the scoring in which two versions differ, or undefined. */
function changedScoring(first: Instrument, other: Instrument): string | undefined {
  if (scoringHash(first) === scoringHash(other)) return undefined;
  const [before, after] = [scoringOf(first), scoringOf(other)];
  return (Object.keys(before) as (keyof typeof before)[]).find(
    (part) => JSON.stringify(before[part]) !== JSON.stringify(after[part]),
  );
}

async function readFolders(folders: string[]): Promise<[file: string, content: unknown][]> {
  const files: [string, unknown][] = [];
  for (const folder of folders) {
    const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
      throw new InstrumentFileError(`${folder}: this folder of instruments cannot be read (${error.code ?? 'error'}).`);
    });
    for (const name of names.filter((entry) => entry.endsWith('.json')).sort()) {
      const file = join(folder, name);
      files.push([file, await readJson(file)]);
    }
  }
  return files;
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

function parseInstrument(file: string, content: unknown): Instrument {
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
