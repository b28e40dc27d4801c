import type { AssociationOverview } from '#contracts/answers/association';
import type { CampaignDraw } from '#contracts/participation';
import type { Lang } from '#contracts/text';
import { longDate } from '#views/standing-words';
import { Table } from '../components/table.tsx';
import { words } from '../words.ts';

type Overview = Pick<AssociationOverview, 'campaigns' | 'members' | 'participation'>;

/** Every campaign: when, who was addressed, how many took part by its last count. */
export function CampaignTable({ lang, overview }: { lang: Lang; overview: Overview }) {
  const text = WORDS[lang];
  if (overview.campaigns.length === 0) return <p>{text.none}</p>;
  return (
    <>
      <Table
        caption={text.campaigns}
        columns={[text.period, text.addressed, text.tookPart, text.results]}
        rows={overview.campaigns.map(({ id, opensOn, closesOn, resultsOn, invitations, invited }) => [
          text.range(longDate(opensOn, lang), longDate(closesOn, lang)),
          addressed(invitations, invited ?? overview.members, lang),
          countWords(overview.participation?.campaigns[id]?.at(-1), lang),
          longDate(resultsOn, lang),
        ])}
      />
      <p class="quiet">{text.howCounted}</p>
    </>
  );
}

/** "rund 45 (gezählt am 3. Mai 2026)" */
function countWords(draw: CampaignDraw | undefined, lang: Lang): string {
  const text = WORDS[lang];
  if (!draw) return text.notCounted;
  const { count, countedOn, isFinal } = draw;
  const on = (isFinal ? text.finally : text.counted)(longDate(countedOn, lang));
  return `${count.state === 'counted' ? text.about(count.about) : text.few} (${on})`;
}

/** Codes that were sent out, or how many were invited, by default all members. */
function addressed(invitations: number | undefined, members: number | null, lang: Lang): string {
  const text = WORDS[lang];
  if (invitations !== undefined) return text.codes(invitations);
  return members === null ? text.unknown : text.members(members);
}

const WORDS = words({
  de: {
    none: 'Noch keine Runde. Gezählt wird nur in Runden.',
    campaigns: 'Wie viele angesprochen wurden und wie viele teilnahmen',
    period: 'Zeitraum',
    addressed: 'Angesprochen',
    tookPart: 'Teilgenommen',
    results: 'Ergebnisse ab',
    about: (count: number) => `rund ${count}`,
    few: 'zu wenige für eine Zahl',
    counted: (on: string) => `gezählt am ${on}`,
    finally: (on: string) => `nach dem Ende gezählt am ${on}`,
    notCounted: 'noch nicht gezählt',
    howCounted:
      'Gezählt werden vollständige Checks, höchstens viermal während einer Runde und einmal danach. Jede Zahl ist zum Schutz zufällig verschoben und auf Fünfer abgerundet; unter zehn steht keine.',
    codes: (count: number) => (count === 1 ? '1 Einladungscode' : `${count} Einladungscodes`),
    members: (count: number) => (count === 1 ? '1 Mitglied' : `${count} Mitglieder`),
    unknown: 'nicht angegeben',
    range: (from: string, to: string) => `${from} bis ${to}`,
  },
  en: {
    none: 'No campaign yet. Participation is counted only in campaigns.',
    campaigns: 'How many were invited and how many took part',
    period: 'Period',
    addressed: 'Invited',
    tookPart: 'Took part',
    results: 'Results from',
    about: (count: number) => `around ${count}`,
    few: 'too few for a number',
    counted: (on: string) => `counted on ${on}`,
    finally: (on: string) => `counted after its end, on ${on}`,
    notCounted: 'not counted yet',
    howCounted:
      'Complete checks are counted, at most four times during a campaign and once after it. Every number was shifted at random, for protection, and rounded down to fives; none below ten is given.',
    codes: (count: number) => (count === 1 ? '1 invitation code' : `${count} invitation codes`),
    members: (count: number) => (count === 1 ? '1 member' : `${count} members`),
    unknown: 'not stated',
    range: (from: string, to: string) => `${from} to ${to}`,
  },
});
