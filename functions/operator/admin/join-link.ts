/**
 * The link that a member follows. Association and code stand in the fragment, which no browser sends to any server: no
 * log, proxy or analysis on the way sees who was invited with what.
 *
 * @example joinLink('https://example.org', 'c-0a1b2c3d', 'K7M2-P9QX') // => 'https://example.org/join#c-0a1b2c3d.K7M2-P9QX'
 */
export function joinLink(url: string, associationId: string, code: string): string {
  const link = new URL('/join', url);
  link.hash = `${associationId}.${code}`;
  return link.href;
}
