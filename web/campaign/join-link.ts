import type { Lang } from '#contracts/text';
import { pathTo } from '../site-map.ts';

/**
 * The link that a member follows. Association and code stand in the fragment, which no browser sends to any server: no
 * log, proxy or analysis on the way sees who was invited with what.
 *
 * @param origin of the service, as `https://example.org`
 * @param code a join or invitation code; without one the page asks for it
 * @example joinLink('https://example.org', 'de', { id: 'c-0a1b2c3d', code: 'K7M2-P9QX' })
 * // => 'https://example.org/de/mitmachen#association=c-0a1b2c3d&join=K7M2-P9QX'
 */
export function joinLink(origin: string, lang: Lang, { id, code }: { id: string; code?: string | undefined }): string {
  const link = new URL(pathTo('join', lang), origin);
  link.hash = new URLSearchParams({ association: id, ...(code === undefined ? {} : { join: code }) }).toString();
  return link.href;
}
