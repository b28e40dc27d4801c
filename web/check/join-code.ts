/**
 * The association codes that an invitation's link carries behind `#`, e.g. `/de/check#join=ABCD-EFG`. What stands there is
 * never sent to a server by opening the link; the page shows it and the visitor decides.
 *
 * @returns at most three codes in their order; none for any other fragment
 * @example
 * joinCodesFrom('#join=ABCD-EFG,HJKM-NPQ'); // => ['ABCD-EFG', 'HJKM-NPQ']
 */
export function joinCodesFrom(fragment: string): string[] {
  const value = new URLSearchParams(fragment.replace(/^#/, '')).get('join') ?? '';
  const codes = value.split(',').map((code) => code.trim());
  return [...new Set(codes)].filter((code) => JOIN_CODE.test(code)).slice(0, 3);
}

/** Letters, digits, spaces and hyphens, as the service takes them; anything else in a link is not shown. */
const JOIN_CODE = /^[A-Za-z0-9][A-Za-z0-9 -]{2,38}[A-Za-z0-9]$/;
