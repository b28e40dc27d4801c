import { readFileSync } from 'node:fs';
import { renderSVG } from 'uqr';
import type { Association, Campaign } from '#contracts/registry';
import { Lang } from '#contracts/text';
import { longDate } from '#views/standing-words';
import { pathTo } from '#web/site-map.ts';
import { joinLink } from './join-link.ts';

/** The letters of the folder `campaign-kit`, by language: invitation, two reminders, questions, data protection. */
const LETTERS = {
  de: ['1-einladung', '2-erinnerung', '3-letzte-erinnerung', 'fragen-und-antworten', 'datenschutz'],
  en: ['1-invitation', '2-reminder', '3-last-reminder', 'questions-and-answers', 'data-protection'],
} as const;

/** Everything an association sends and shows for a campaign, in both languages: letters, the link, and its QR code. */
export function campaignKit(association: Association, campaign: Campaign, url: string) {
  return Lang.options.flatMap((lang) => {
    // A reminder goes to everybody, so it cannot hold a code of one's own.
    const code = campaign.invitations === undefined ? association.joinCode : undefined;
    const link = joinLink(url, lang, { id: association.id, ...(code === undefined ? {} : { code }) });
    const values = {
      name: association.name,
      contact: association.contact,
      code,
      link,
      privacy: new URL(pathTo('privacy', lang), url).href,
      closes: longDate(campaign.closesOn, lang),
      results: longDate(campaign.resultsOn, lang),
    };
    const letters = LETTERS[lang].map((letter) => {
      const template = readFileSync(new URL(`campaign-kit/${lang}/${letter}.txt`, import.meta.url), 'utf8');
      return { name: `${lang}/${letter}.txt`, text: fill(template, values) };
    });
    return [
      ...letters,
      { name: `${lang}/link.txt`, text: `${link}\n` },
      { name: `${lang}/qr-code.svg`, text: `${renderSVG(link, { ecc: 'M', border: 4 })}\n` },
    ];
  });
}

/**
 * `{{name}}` is a value; `{{#name}}...{{/name}}` is kept where there is one, `{{^name}}...{{/name}}` where there is none.
 * A tag alone on its line takes the line with it.
 */
function fill(template: string, values: Record<string, string | undefined>): string {
  return template
    .replaceAll(/^(\{\{[#^/]\w+\}\})\n/gm, '$1')
    .replaceAll(/\{\{([#^])(\w+)\}\}(.*?)\{\{\/\2\}\}/gs, (_, sign: string, name: string, inner: string) =>
      (values[name] !== undefined) === (sign === '#') ? inner : '',
    )
    .replaceAll(/\{\{(\w+)\}\}/g, (tag, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`Nothing fills ${tag}.`);
      return value;
    });
}
