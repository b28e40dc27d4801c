import type { Association, Campaign } from '#contracts/registry';
import type { Lang } from '#contracts/text';
import { longDate } from '#views/standing-words';
import { pathTo } from '../site-map.ts';
import { joinLink } from './join-link.ts';

/** The texts of letters.de.json or letters.en.json by name, each as its lines. */
export type Letters = Record<string, string[]>;

/** Who writes to whom, about which campaign. */
export interface Letter {
  lang: Lang;
  association: Pick<Association, 'id' | 'name' | 'joinCode' | 'contact'>;
  campaign: Pick<Campaign, 'closesOn' | 'resultsOn' | 'invitations'>;
  /** Of the service, as `https://example.org`. */
  origin: string;
  /** The reader's own single-use code; a text for everybody has none. */
  ownCode?: string | undefined;
  /** The field of work of those who are written to, as "Altenhilfe"; absent in a letter to all. */
  sector?: string | undefined;
}

const CODE_GOES_HERE = {
  de: '[bitte hier einen Code aus der Liste einsetzen]',
  en: '[please insert a code of the list here]',
};

/** The link of a letter: with the reader's own code, else with the join code where that is what lets members in. */
export function linkOf({ lang, association, campaign, origin, ownCode }: Letter): string {
  const code = ownCode ?? (campaign.invitations === undefined ? association.joinCode : undefined);
  return joinLink(origin, lang, { id: association.id, code });
}

/**
 * A text with its values.
 *
 * @param lines `{{name}}` is a value; `{{#name}}...{{/name}}` is kept where there is one, `{{^name}}...{{/name}}` where there
 * is none. A tag alone on its line takes the line with it
 */
export function letterText(lines: readonly string[], letter: Letter): string {
  const { lang, association, campaign, origin, ownCode, sector } = letter;
  const values: Record<string, string | undefined> = {
    name: association.name,
    contact: association.contact,
    code: campaign.invitations === undefined ? association.joinCode : undefined,
    ownCode: ownCode ?? CODE_GOES_HERE[lang],
    sector,
    link: linkOf(letter),
    privacy: new URL(pathTo('privacy', lang), origin).href,
    closes: longDate(campaign.closesOn, lang),
    results: longDate(campaign.resultsOn, lang),
  };
  const text = `${lines.join('\n')}\n`
    .replaceAll(/^(\{\{[#^/]\w+\}\})\n/gm, '$1')
    .replaceAll(/\{\{([#^])(\w+)\}\}(.*?)\{\{\/\2\}\}/gs, (_, sign: string, name: string, inner: string) =>
      (values[name] !== undefined) === (sign === '#') ? inner : '',
    );
  return text.replaceAll(/\{\{(\w+)\}\}/g, (tag, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`Nothing fills ${tag}.`);
    return value;
  });
}
