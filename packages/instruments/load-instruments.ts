import { createHash } from 'node:crypto';
import { setKey } from '#contracts/group-set';
import type { Instrument } from '#contracts/instrument';
import { seriesOf } from '#contracts/series';
import { builtInInstruments } from './built-in-instruments.ts';
import { InstrumentFileError } from './instrument-file-error.ts';

/** Every instrument the program knows, by full id (`digitalcheck.1`, `digitalcheck.1.1`). */
export type Instruments = ReadonlyMap<string, Instrument>;

/**
 * The built-in instruments and every `*.json` directly inside the given folders.
 *
 * Throws `InstrumentFileError` for an unreadable folder or file, for a file that breaks a rule of the contract, for an
 * id that two files claim, and for a minor version that scores otherwise than the version it corrects.
 */
export async function loadInstruments(folders: string[]): Promise<Instruments> {
  const instruments = new Map<string, Instrument>();
  const fileOf = new Map<string, string>();
  for (const [file, instrument] of [...builtInInstruments, ...(await readFolders(folders))]) {
    const former = fileOf.get(instrument.id);
    if (former)
      throw new InstrumentFileError(`${file}, id: "${instrument.id}" is already defined by ${former}; ids are unique.`);
    instruments.set(instrument.id, instrument);
    fileOf.set(instrument.id, file);
  }
  for (const instrument of instruments.values()) {
    const series = seriesOf(instrument.id);
    if (series === instrument.id) continue;
    const file = fileOf.get(instrument.id);
    const first = instruments.get(series);
    if (!first)
      throw new InstrumentFileError(`${file}, id: "${instrument.id}" corrects "${series}", which is in no folder.`);
    const part = changedScoring(first, instrument);
    if (part)
      throw new InstrumentFileError(
        `${file}, ${part}: this differs from "${series}"; changed scoring needs a new major version.`,
      );
    for (const earlier of [...instruments.values()].filter((other) => isEarlier(other, instrument))) {
      const code = missingCode(earlier, instrument);
      if (code)
        throw new InstrumentFileError(
          `${file}, questions: ${code} of "${earlier.id}" is missing; a code that is no longer offered needs a new major version.`,
        );
    }
  }
  return instruments;
}

/**
 * SHA-256 (hex) of all that decides a score or who is compared with whom: kind, score step, dimensions, items with their
 * dimension, profile codes with their broader ones, unit type attribute with its default, catalogue, member sets, window months. Words
 * and order do not matter, nor which group is shown by default, nor questions. Versions with the same hash may share a
 * series and its history.
 */
export function scoringHash(instrument: Instrument): string {
  return createHash('sha256')
    .update(JSON.stringify(scoringOf(instrument)))
    .digest('hex');
}

function scoringOf(instrument: Instrument) {
  const unitType = instrument.profile.find((attribute) => attribute.id === instrument.unitTypeAttribute);
  return {
    kind: instrument.kind,
    scoreStep: instrument.scoreStep,
    dimensions: instrument.dimensions.map((dimension) => dimension.id).sort(),
    items: instrument.items.map((item) => `${item.dimension}/${item.id}`).sort(),
    profile: instrument.profile
      .map((attribute) => {
        const codes = [...attribute.codes, ...attribute.broaderCodes]
          .map(({ id, broader }) => (broader === undefined ? id : `${id}<${broader}`))
          .sort();
        return `${attribute.id}${attribute.required ? '' : '?'}=${codes.join(',')}`;
      })
      .sort(),
    // The first code of the unit type attribute is what a group means that names none.
    unitTypeAttribute: unitType ? `${unitType.id}=${unitType.codes[0]?.id}` : null,
    catalogue: instrument.catalogue.map(setKey).sort(),
    memberSets: instrument.memberSets.map(setKey).sort(),
    windowMonths: instrument.windowMonths,
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

function isEarlier(other: Instrument, instrument: Instrument): boolean {
  const order = other.id.localeCompare(instrument.id, 'en', { numeric: true });
  return order < 0 && seriesOf(other.id) === seriesOf(instrument.id);
}

/** A question's code of an earlier version that a later one lacks: both are counted as one, so it would seem chosen by nobody. */
function missingCode(first: Instrument, other: Instrument): string | undefined {
  const codesOf = ({ questions }: Instrument) =>
    questions.flatMap(({ id, codes }) => codes.map((code) => `${id}.${code.id}`));
  const kept = new Set(codesOf(other));
  return codesOf(first).find((code) => !kept.has(code));
}

/** The schema is loaded with the first folder: a deployment without one starts faster. */
async function readFolders(folders: string[]): Promise<[file: string, instrument: Instrument][]> {
  if (folders.length === 0) return [];
  const { readInstruments } = await import('./instrument-files.ts');
  return (await Promise.all(folders.map(readInstruments))).flat();
}
