/**
 * One spelling of a group set.
 *
 * @example setKey([{ attribute: 'sector', level: 0 }, { attribute: 'size', level: 1 }]) // => 'sector,size^1'
 */
export function setKey(set: readonly { attribute: string; level: number }[]): string {
  return set.map(({ attribute, level }) => (level === 0 ? attribute : `${attribute}^${level}`)).join(',');
}
