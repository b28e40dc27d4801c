/**
 * The origin of a service's address: where people reach its pages, as they write it.
 *
 * @returns undefined for what is no http or https address, or has more than an origin: a path, a query, a user. Links lead
 * to the root, so that what stood behind it would be lost
 * @example serviceOrigin('https://example.org/') // => 'https://example.org'
 */
export function serviceOrigin(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, origin, href } = new URL(address);
  return /^https?:$/.test(protocol) && href === `${origin}/` ? origin : undefined;
}
