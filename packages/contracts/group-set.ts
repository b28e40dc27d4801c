import type { GroupSet } from './instrument.ts';

/**
 * One spelling of a group set.
 *
 * @example setKey([{ attribute: 'sector', level: 0 }, { attribute: 'size', level: 1 }]) // => 'sector,size^1'
 */
export function setKey(set: GroupSet): string {
  return set.map(({ attribute, level }) => (level === 0 ? attribute : `${attribute}^${level}`)).join(',');
}
