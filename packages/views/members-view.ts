import type { ComparedVerdict } from '#contracts/answers/association';
import type { Instrument } from '#contracts/instrument';
import type { Lang } from '#contracts/text';
import type { MembersCompared } from '#standing/compare-members';
import type { PictureWish } from './chart-style.ts';
import { findingSentence } from './finding.ts';
import { comparedLines, membersNotes } from './members-comparison.ts';
import { type ReleaseFacts, sourceLine } from './release-words.ts';
import { type ChartRow, rowsChart } from './rows-chart.ts';
import { amongWords, groupInNumbers, housesOf, SUPPRESSED_WORDS, upperFirst, wholeNumber } from './standing-words.ts';
import type { View } from './view.ts';

/** What an association's members are drawn from, beside the field. */
export interface MembersInput {
  instrument: Instrument;
  compared: MembersCompared;
  association: { name: string; members: number | null };
  release: ReleaseFacts;
  lang: Lang;
}

/** Members beside the field: the field as a tick, the members as a point on the interval of their distance from it. */
export function membersView(input: MembersInput & PictureWish): View {
  const { instrument, compared, association, release, lang, address } = input;
  const german = lang === 'de';
  const { members, field } = compared;
  const lines = comparedLines(instrument, compared.dimensions, lang);
  const shown = lines.slice(0, -1);
  const title = titleOf(shown, instrument, members !== null, lang);
  const rows = shown.map(
    ({ dimension, title: name, members: own, field: all, difference, verdict }): ChartRow => ({
      dimension,
      title: name,
      phrase: PHRASES[verdict][lang],
      isTold: verdict === 'ahead' || verdict === 'behind',
      half: null,
      zone: null,
      interval: difference && all && intervalAround(all.median, difference),
      tick: all?.median ?? null,
      point: own?.median ?? null,
    }),
  );
  const beside = field
    ? `${german ? ', verglichen mit ' : ', compared with '}${amongWords(housesOf(field, instrument, lang), lang)}`
    : '';
  const subtitle = members
    ? `${upperFirst(groupInNumbers(instrument, members, lang))}${beside}. ${german ? '0 bis 100 Punkte.' : '0 to 100 points.'}`
    : '';
  // How far moved, and what they stand for; without members the latter alone.
  const told = membersNotes(instrument, compared, lang).slice(0, 2).join(' ');
  const rights = german ? `nur für: ${association.name}` : `for ${association.name} only`;
  const source = { cutoffOn: members && release.cutoffOn, isInvented: release.marks.isInvented };
  const below = [
    seenSentence(shown, lang),
    members ? takingPart(members.participations, association.members, lang) : '',
  ]
    .filter(Boolean)
    .join(' ');
  const alternative = [title, subtitle, ...(members ? lines.map(({ sentence }) => sentence) : []), below, told]
    .filter(Boolean)
    .join(' ');
  const words = {
    lang,
    title,
    subtitle,
    key: members
      ? [
          ...(field ? [{ mark: 'tick' as const, text: german ? 'Mitte des Feldes' : 'middle of the field' }] : []),
          rows.some(({ interval }) => interval)
            ? {
                mark: 'interval' as const,
                text: german
                  ? 'Mitglieder, mit Unsicherheit des Abstands'
                  : 'members, with the uncertainty of the distance',
              }
            : { mark: 'members' as const, text: german ? 'Mitglieder' : 'members' },
        ]
      : [],
    below,
    footnotes: [told, sourceLine(instrument, source, { address, rights }, lang)],
    description: alternative,
  };
  const labels = {
    tick: german ? 'Feld' : 'Field',
    point: german ? 'Mitglieder' : 'Members',
    pointOf: 'members' as const,
    half: '',
    zone: german ? 'Unsicherheit des Abstands' : 'uncertainty of the distance',
  };
  return { spec: rowsChart(words, members ? rows : [], labels, input), title, alternative };
}

const PHRASES: Record<ComparedVerdict, Record<Lang, string>> = {
  ahead: { de: 'vor dem Feld', en: 'ahead of the field' },
  behind: { de: 'hinter dem Feld', en: 'behind the field' },
  'no-difference': { de: 'gleichauf, soweit erkennbar', en: 'level, as far as can be told' },
  'not-determinable': { de: '', en: '' },
  'no-reference': { de: '', en: '' },
  suppressed: { de: SUPPRESSED_WORDS.de, en: SUPPRESSED_WORDS.en },
};

type Line = ReturnType<typeof comparedLines>[number];

/** States a difference, or that there is none to see; neutral where neither can be said. */
function titleOf(lines: readonly Line[], instrument: Instrument, isShown: boolean, lang: Lang): string {
  const german = lang === 'de';
  if (!isShown)
    return german
      ? `Die Werte Ihrer Mitglieder sind ${SUPPRESSED_WORDS.de}.`
      : `Your members’ figures are ${SUPPRESSED_WORDS.en}.`;
  const of = (verdict: ComparedVerdict) =>
    lines.filter((line) => line.verdict === verdict).map(({ dimension }) => dimension);
  const told = (['ahead', 'behind'] as const).map((verdict) => ({
    dimensions: of(verdict),
    place: PHRASES[verdict][lang],
  }));
  const isTold = told.some(({ dimensions }) => dimensions.length > 0);
  const rest = of('no-difference').length;
  if (isTold) {
    const finding = findingSentence(told, instrument, german ? 'liegen Ihre Mitglieder' : 'your members are', lang);
    if (rest === 0) return finding;
    return `${finding} ${german ? 'Sonst ist kein Unterschied erkennbar.' : 'Elsewhere no difference can be told.'}`;
  }
  if (rest === lines.length)
    return german
      ? 'Zwischen Ihren Mitgliedern und dem Feld ist kein Unterschied erkennbar.'
      : 'No difference can be told between your members and the field.';
  return german ? 'Wo Ihre Mitglieder stehen.' : 'Where your members stand.';
}

/** The interval of the difference, placed around the field: it includes the field's tick only if no difference is shown. */
function intervalAround(field: number, { interval, verdict }: NonNullable<Line['difference']>) {
  const from = verdict === 'ahead' ? Math.max(1, interval.lower) : interval.lower;
  const to = verdict === 'behind' ? Math.min(-1, interval.upper) : interval.upper;
  return { from: Math.max(0, field + from), to: Math.min(100, field + to) };
}

/** How large a difference would have been seen where none was: the largest over all such dimensions. Empty where each was seen. */
export function seenSentence(lines: readonly Pick<Line, 'difference'>[], lang: Lang): string {
  const seen = lines.flatMap(({ difference }) =>
    difference?.verdict === 'no-difference' ? [difference.smallestSeen] : [],
  );
  if (seen.length === 0) return '';
  const points = Math.max(...seen);
  return lang === 'de'
    ? `Sichtbar wäre hier ein Unterschied ab etwa ${points} Punkten.`
    : `A difference would be seen here from about ${points} points on.`;
}

function takingPart(participations: number, members: number | null, lang: Lang): string {
  if (members === null) return '';
  const [part, all] = [wholeNumber(participations, lang), wholeNumber(members, lang)];
  return lang === 'de'
    ? `Beteiligung: rund ${part} von ${all} Mitgliedern.`
    : `Taking part: around ${part} of ${all} members.`;
}
