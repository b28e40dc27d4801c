import type { ShownCount } from '#contracts/participation';
import type { Lang } from '#contracts/text';
import type { AssociationOverview } from '#functions/api/association-paths';
import { longDate } from '#views/standing-words';
import { Table } from '../components/table.tsx';
import { words } from '../words.ts';

/** How many took part in all: "Mindestens 45 von 48 Mitgliedern ...". */
export function countWords({ participation, members }: AssociationOverview, instrument: string, lang: Lang): string {
  const text = WORDS[lang];
  if (!participation) return text.notCounted;
  const panel = instrument.split('.').slice(0, 2).join('.');
  const count = participation.panels[panel] ?? { state: 'not-enough' };
  const on = longDate(participation.countedOn, lang);
  return count.state === 'counted' ? text.counted(count.atLeast, members, on) : text.notEnough(on);
}

/** Every campaign in a sentence, for plain text. */
export function campaignSentences({ campaigns, members, participation }: AssociationOverview, lang: Lang): string[] {
  const text = WORDS[lang];
  return campaigns.map(({ id, opensOn, closesOn, invitations }) => {
    const count = participation?.campaigns[id]?.count;
    return text.campaign(
      text.range(longDate(opensOn, lang), longDate(closesOn, lang)),
      invitations ?? members ?? text.unknown,
      count?.state === 'counted' ? text.atLeast(count.atLeast) : text.few,
    );
  });
}

/** Every campaign: when, how many were invited, how many took part. */
export function CampaignTable({ lang, overview }: { lang: Lang; overview: AssociationOverview }) {
  const text = WORDS[lang];
  if (overview.campaigns.length === 0) return null;
  const shown = (count: ShownCount | undefined) =>
    count?.state === 'counted' ? text.atLeast(count.atLeast) : text.few;
  return (
    <Table
      caption={text.campaigns}
      columns={[text.period, text.invited, text.tookPart, text.results]}
      rows={overview.campaigns.map(({ id, opensOn, closesOn, resultsOn, invitations }) => [
        text.range(longDate(opensOn, lang), longDate(closesOn, lang)),
        invitations ?? overview.members ?? text.unknown,
        shown(overview.participation?.campaigns[id]?.count),
        longDate(resultsOn, lang),
      ])}
    />
  );
}

const WORDS = words({
  de: {
    notCounted: 'Gezählt wird einmal in der Nacht; die erste Zählung steht noch aus.',
    counted: (count: number, members: number | null, on: string) =>
      `Mindestens ${count} ${members === null ? 'Mitglieder' : `von ${members} Mitgliedern`} haben einen vollständigen Check gesendet (gezählt am ${on}, auf Fünfer abgerundet).`,
    notEnough: (on: string) =>
      `Noch nicht genug: Eine Zahl gibt es ab zehn vollständigen Checks (zuletzt gezählt am ${on}).`,
    campaign: (period: string, invited: number | string, tookPart: string) =>
      `Runde vom ${period}: eingeladen ${invited}, teilgenommen ${tookPart}.`,
    campaigns: 'Runden',
    period: 'Zeitraum',
    invited: 'Eingeladen',
    tookPart: 'Teilgenommen',
    results: 'Ergebnisse ab',
    atLeast: (count: number) => `mindestens ${count}`,
    few: 'noch nicht genug',
    unknown: 'nicht angegeben',
    range: (from: string, to: string) => `${from} bis ${to}`,
  },
  en: {
    notCounted: 'Participation is counted once a night; the first count is still to come.',
    counted: (count: number, members: number | null, on: string) =>
      `At least ${count}${members === null ? '' : ` of ${members}`} members sent a complete check (counted on ${on}, rounded down to fives).`,
    notEnough: (on: string) => `Not enough yet: there is a number from ten complete checks on (last counted on ${on}).`,
    campaign: (period: string, invited: number | string, tookPart: string) =>
      `Round from ${period}: invited ${invited}, took part ${tookPart}.`,
    campaigns: 'Rounds',
    period: 'Period',
    invited: 'Invited',
    tookPart: 'Took part',
    results: 'Results from',
    atLeast: (count: number) => `at least ${count}`,
    few: 'not enough yet',
    unknown: 'not stated',
    range: (from: string, to: string) => `${from} to ${to}`,
  },
});
