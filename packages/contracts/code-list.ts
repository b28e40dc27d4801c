interface ListedCode {
  id: string;
  broader?: string | undefined;
}

/**
 * A list of codes that roll up: each may name one broader code (an SDMX hierarchical code list). Level 0 are the codes that
 * organisations answer with, level 1 the codes these name as broader, and so on.
 */
interface CodeList<Listed extends ListedCode = ListedCode> {
  codes: readonly Listed[];
  broaderCodes: readonly Listed[];
}

/** A code of any level, or undefined. */
export function findCode<Listed extends ListedCode>(
  { codes, broaderCodes }: CodeList<Listed>,
  id: string,
): Listed | undefined {
  return codes.find((code) => code.id === id) ?? broaderCodes.find((code) => code.id === id);
}

/**
 * The code some steps up from an answered one.
 *
 * @param id a code that organisations answer with
 * @param level 0 for the code itself
 * @returns undefined where nobody can answer so, or the code has no broader one at that level
 * @example broaderAt(sector, 'elder-care', 1) // => 'care-disability-health'
 */
export function broaderAt(list: CodeList, id: string, level: number): string | undefined {
  let code = list.codes.find((one) => one.id === id);
  for (let step = 0; step < level && code; step++)
    code = code.broader === undefined ? undefined : findCode(list, code.broader);
  return code?.id;
}

/** Every code of a level, in the list's order, each once. */
export function codesAt<Listed extends ListedCode>(list: CodeList<Listed>, level: number): Listed[] {
  const ids = new Set(list.codes.map(({ id }) => broaderAt(list, id, level)));
  const inOrder = level === 0 ? list.codes : list.broaderCodes;
  return inOrder.filter(({ id }) => ids.has(id));
}

/**
 * The level of a code, which the list makes sure it has only one of: 0 for an answered one.
 *
 * @throws RangeError for a code that the list does not have
 * @example levelOf(sector, 'care-disability-health') // => 1
 */
export function levelOf(list: CodeList, id: string): number {
  for (let level = 0; level <= list.broaderCodes.length; level++)
    if (list.codes.some((code) => broaderAt(list, code.id, level) === id)) return level;
  throw new RangeError(`the list has no code "${id}"`);
}

/** Whether a code is another, or lies under it. */
export function isUnder(list: CodeList, id: string, broader: string): boolean {
  for (
    let code = findCode(list, id);
    code;
    code = code.broader === undefined ? undefined : findCode(list, code.broader)
  )
    if (code.id === broader) return true;
  return false;
}
