import type { Lang } from '#contracts/text';
import { longDate } from '#views/standing-words';

/** What a board is asked to decide. What is not known yet stays a blank to fill in. */
export interface ResolutionInput {
  /** "rund 65 Einrichtungen der Altenhilfe und Pflege"; null without a comparison. */
  group: string | null;
  /** The cut-off of the release compared with; null without a comparison. */
  cutoffOn: string | null;
  /** The one step, in the house's own words. */
  step: string;
  sponsor: string;
  /** Working hours, as typed. */
  hours: string;
  /** The day of the report, `YYYY-MM-DD`. */
  until: string;
}

const BLANK = '____________';

/** A draft resolution (Beschlussvorschlag) in numbered sentences: seen, begun with one step, backed, limited, reported. */
export function resolutionText(input: ResolutionInput, lang: Lang): string {
  const step = input.step.trim().replace(/[.\s]+$/, '') || BLANK;
  const sponsor = input.sponsor.trim() || BLANK;
  const hours = input.hours.trim() || '____';
  const until = /^\d{4}-\d\d-\d\d$/.test(input.until) ? longDate(input.until, lang) : BLANK;
  const { group, cutoffOn } = input;
  if (lang === 'de') {
    const compared = group && cutoffOn ? `, verglichen mit ${group} (Stichtag ${longDate(cutoffOn, lang)})` : '';
    return [
      `1. Das Gremium nimmt zur Kenntnis, wo die Organisation digital steht${compared}.`,
      `2. Begonnen wird mit einem Schritt, auf Probe: ${step}.`,
      `3. Rückhalt an der Spitze gibt: ${sponsor}.`,
      `4. Dafür stehen bis zu ${hours} Arbeitsstunden bereit, bis zum ${until}.`,
      `5. Dann wird dem Gremium berichtet, was zu sehen war und was es gekostet hat, und vorgeschlagen, den Versuch zu beenden, anzupassen oder auszuweiten. Auch ein beendeter Versuch ist ein Ergebnis.`,
    ].join('\n');
  }
  const compared = group && cutoffOn ? `, compared with ${group} (cut-off date ${longDate(cutoffOn, lang)})` : '';
  return [
    `1. The board takes note of where the organisation stands digitally${compared}.`,
    `2. It begins with one step, on trial: ${step}.`,
    `3. Backed at the top by: ${sponsor}.`,
    `4. Up to ${hours} working hours are set aside for it, until ${until}.`,
    `5. Then the board is told what was seen and what it cost, and whether to end, adapt or extend the trial. A trial that ends is a result, too.`,
  ].join('\n');
}
