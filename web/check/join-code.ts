/**
 * The association's code that an invitation's link carries behind `#`: `#c-0a1b2c3d.K7M2-P9QX`, association and code. What
 * stands there is never sent to a server by opening the link; the page shows the code, and the visitor decides.
 *
 * @returns the code, or undefined for any other fragment
 * @example
 * joinCodeFrom('#c-0a1b2c3d.K7M2-P9QX'); // => 'K7M2-P9QX'
 */
export function joinCodeFrom(fragment: string): string | undefined {
  return JOIN_FRAGMENT.exec(fragment)?.[1];
}

/** Letters, digits and hyphens, as codes are written; anything else in a link is not shown. */
const JOIN_FRAGMENT = /^#c-[0-9a-f]{8}\.([A-Za-z0-9][A-Za-z0-9-]{2,38}[A-Za-z0-9])$/;
