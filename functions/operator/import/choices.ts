import type { CodeEntry, Instrument, Item, Question } from '#contracts/instrument';
import type { Answer } from '#contracts/submission';
import { comparable } from './columns.ts';

/** What a cell may say for a code of a list: the code, or its label in either language. */
export type CodeReader = (cell: string) => string | undefined;

/**
 * Reads a code, or its label in German or English, whatever a spreadsheet did to letter case, dashes and spaces. The points
 * of `1.000 und mehr` do not matter, nor whether a range is `1 bis 9` or `1-9`.
 */
export function codeReader(codes: readonly Pick<CodeEntry, 'id' | 'label'>[]): CodeReader {
  const found = new Map<string, string>();
  for (const { id, label } of codes)
    for (const text of [label.de, label.en]) if (!found.has(labelKey(text))) found.set(labelKey(text), id);
  for (const { id } of codes) found.set(labelKey(id), id);
  return (cell) => found.get(labelKey(cell));
}

const labelKey = (text: string) =>
  comparable(text)
    .replace(/(?<=\d)[.,](?=\d{3}(?!\d))/g, '')
    .replace(/(?<=\d) (?:bis|to) (?=\d)/g, '-');

/** Words for the two answers that are no level. */
export const NO_LEVEL: Record<'na' | 'dk', { de: string; en: string }> = {
  na: { de: 'Trifft nicht zu', en: 'Does not apply' },
  dk: { de: 'Weiß nicht', en: "Don't know" },
};

/** Reads an answer to an item: 0 to 4 (also as `3.0`, or `Stufe 3`), na, dk, or the words of a level. */
export function answerReader({ anchors }: Item): (cell: string) => Answer | undefined {
  const read = codeReader([
    ...anchors.map((label, level) => ({ id: String(level), label })),
    { id: 'na', label: NO_LEVEL.na },
    { id: 'dk', label: NO_LEVEL.dk },
  ]);
  return (cell) => {
    const code = read(cell.replace(/^(?:stufe|level) (?=[0-4]$)/i, '').replace(/^([0-4])[.,]0+$/, '$1'));
    return code === undefined || code === 'na' || code === 'dk' ? code : (Number(code) as Answer);
  };
}

/** A whole number from 0 to 100, also as `47.0`. */
export function readScore(cell: string): number | undefined {
  const whole = /^(\d|[1-9]\d|100)(?:[.,]0+)?$/.exec(cell);
  return whole ? Number(whole[1]) : undefined;
}

/** The readers of an instrument, built once. */
export interface Readers {
  profile: Map<string, CodeReader>;
  answers: Map<string, ReturnType<typeof answerReader>>;
  questions: Map<string, CodeReader>;
}

export function readersOf(instrument: Instrument): Readers {
  const byId = <T extends { id: string }, R>(entries: readonly T[], reader: (entry: T) => R) =>
    new Map(entries.map((entry) => [entry.id, reader(entry)]));
  return {
    profile: byId(instrument.profile, ({ codes }) => codeReader(codes)),
    answers: byId(instrument.items, answerReader),
    questions: byId(instrument.questions, ({ codes }) => codeReader(codes)),
  };
}

/** Several codes in one cell: one of them with its label as it stands, or some, separated by a bar, semicolon, comma or space. */
export function readChoices(cell: string, read: CodeReader): { codes: string[]; unknown: string[] } {
  const whole = read(cell);
  if (whole !== undefined) return { codes: [whole], unknown: [] };
  const best = [/\s*[|;\n]\s*/, /\s*,\s*/, /\s+/]
    .map((separator) => cell.split(separator).filter(Boolean))
    .map((parts) => ({ parts, unknown: parts.filter((part) => read(part) === undefined) }))
    .reduce((one, other) => (other.unknown.length < one.unknown.length ? other : one));
  return { codes: best.parts.flatMap((part) => read(part) ?? []), unknown: best.unknown };
}

/** What is wrong with the chosen codes of a question, as the service sees it. */
export function choiceFault(
  question: Question,
  codes: readonly string[],
): 'too-many' | 'exclusive' | 'repeated' | null {
  if (new Set(codes).size < codes.length) return 'repeated';
  if (codes.length > question.maxChoices) return 'too-many';
  return question.exclusive && codes.length > 1 && codes.includes(question.exclusive) ? 'exclusive' : null;
}
