import { renderSVG } from 'uqr';
import type { Association, Campaign } from '#contracts/registry';
import { Lang } from '#contracts/text';
import de from '#web/campaign/letters.de.json' with { type: 'json' };
import en from '#web/campaign/letters.en.json' with { type: 'json' };
import { letterText, linkOf } from '#web/campaign/letters.ts';

/** Everything an association sends and shows for a campaign, in both languages: letters, the link, and its QR code. */
export function campaignKit(association: Association, campaign: Campaign, origin: string) {
  return Lang.options.flatMap((lang) => {
    const letter = { lang, association, campaign, origin };
    const letters = Object.entries({ de, en }[lang]).map(([name, lines]) => ({
      name: `${lang}/${name}.txt`,
      text: letterText(lines, letter),
    }));
    const link = linkOf(letter);
    return [
      ...letters,
      { name: `${lang}/link.txt`, text: `${link}\n` },
      { name: `${lang}/qr-code.svg`, text: `${renderSVG(link, { ecc: 'M', border: 4 })}\n` },
    ];
  });
}
