import { plainCode } from '#contracts/plain-code';

/**
 * The association codes that an invitation's link carries behind `#`, e.g. `/de/check#join=ABCD-EFG`. What stands there is
 * never sent to a server by opening the link; the page shows it and the visitor decides.
 *
 * @returns at most three codes in their order; none for any other fragment
 * @example
 * joinCodesFrom('#join=ABCD-EFG,HJKM-NPQ'); // => ['ABCD-EFG', 'HJKM-NPQ']
 */
export function joinCodesFrom(fragment: string): string[] {
  const codes = linkedWith(fragment, 'join').split(',').map(plainCode);
  return [...new Set(codes)].filter((code) => JOIN_CODE.test(code)).slice(0, 3);
}

/** The id of the association that a link names; undefined for none. */
export function associationFrom(fragment: string): string | undefined {
  const id = linkedWith(fragment, 'association').toLowerCase();
  return /^c-[0-9a-f]{8}$/.test(id) ? id : undefined;
}

/** What a link's fragment says under a name, whatever a mail program made of its letter case, and of a full stop behind it. */
function linkedWith(fragment: string, name: string): string {
  const parameters = [...new URLSearchParams(fragment.replace(/^#/, ''))];
  const value = parameters.find(([other]) => other.toLowerCase() === name)?.[1] ?? '';
  return value.replace(/[^\p{L}\p{N}]+$/u, '');
}

/** Letters, digits and hyphens, as the service takes them; anything else in a link is not shown. */
const JOIN_CODE = /^[A-Za-z0-9][A-Za-z0-9-]{2,38}[A-Za-z0-9]$/;
