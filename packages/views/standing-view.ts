import type { Instrument } from '#contracts/instrument';
import type { Placing } from '#contracts/standing';
import type { Lang } from '#contracts/text';
import type { DimensionStanding, GroupFigures, OwnScores, OwnStanding } from '#standing/own-standing';
import type { KeyEntry } from './chart-frame.ts';
import type { PictureWish } from './chart-style.ts';
import { type Speaker, type Voice, verdictsFinding, voiceOf } from './finding.ts';
import {
  caveatSentence,
  movedOf,
  movedSentence,
  RANDOM_SAMPLE,
  type ReleaseFacts,
  sourceLine,
} from './release-words.ts';
import { type ChartRow, rowsChart } from './rows-chart.ts';
import {
  amongWords,
  dimensionTitle,
  groupInNumbers,
  housesOf,
  inSentence,
  listed,
  lowerFirst,
  maturityWord,
  NO_VERDICT_WORDS,
  rangeSentence,
  VERDICT_WORDS,
  wouldBeSeenSentence,
} from './standing-words.ts';
import type { View } from './view.ts';

/** What a standing is drawn from. Range, verdict and zone are taken as given. */
export interface StandingInput {
  instrument: Instrument;
  own: OwnScores;
  /** Null before the first release. */
  standing: OwnStanding | null;
  /** The organisation's own unit type, which decides what it is called. */
  unitType?: string | undefined;
  /** The release that the group's figures are of; null before the first. */
  release: ReleaseFacts | null;
  /** Why there is no comparison, as complete sentences; used where no group is shown. */
  whyNone?: string;
  lang: Lang;
}

/** One dimension of a standing, or the overall score, in words. */
export interface StandingLine {
  dimension: string;
  title: string;
  score: number | null;
  maturity: string | null;
  state: 'compared' | 'no-score' | 'no-comparison';
  /** The group's figures, also without an own score; null without a group. */
  group: GroupFigures | null;
  placing: Placing | null;
  /** In the next larger group, where the one shown is too small for a verdict. */
  inLarger: Placing | null;
  verdict: string;
  /** Score, middle and verdict in sentences. */
  sentence: string;
  /** The range in per cent, behind "Genauer"; empty without one. */
  detail: string;
}

/** The words of a standing: every dimension in the instrument's order, the overall score last. */
export function standingLines(input: StandingInput): StandingLine[] {
  const { standing, instrument, own, lang } = input;
  // Title, picture and answer ask for the same lines; a standing is made for one question and let go with it.
  const former = standing && said.get(standing);
  if (former && former.instrument === instrument && former.own === own && former.lang === lang) return former.lines;
  const lines = makeLines(input);
  if (standing) said.set(standing, { instrument, own, lang, lines });
  return lines;
}

const said = new WeakMap<OwnStanding, Pick<StandingInput, 'instrument' | 'own' | 'lang'> & { lines: StandingLine[] }>();

function makeLines(input: StandingInput): StandingLine[] {
  const { instrument, own, standing } = input;
  const none = { group: null, placing: null, inLarger: null };
  const dimensions: DimensionStanding[] = standing?.dimensions ?? [
    ...instrument.dimensions.map(({ id }) => ({ dimension: id, score: own.scores[id] ?? null, ...none })),
    { dimension: 'overall', score: own.overall, ...none },
  ];
  return dimensions.map((line) => standingLine(line, input));
}

function standingLine(
  { dimension, score, ...rest }: DimensionStanding,
  { instrument, own, lang }: StandingInput,
): StandingLine {
  const german = lang === 'de';
  const { group, placing } = rest;
  const title = dimensionTitle(instrument, dimension, lang);
  const maturity = maturityWord(instrument, score, lang);
  const base = { dimension, title, score, maturity, ...rest, detail: '' };
  if (score === null)
    return {
      ...base,
      state: 'no-score',
      verdict: german ? 'Kein eigener Wert' : 'No score of your own',
      sentence: `${title}: ${noScoreWords(instrument, dimension, lang)}`,
    };
  const facts = german ? `${score} von 100 Punkten (${maturity})` : `${score} of 100 points (${maturity})`;
  const weakest = own.weakest.map((id) => inSentence(instrument, id, lang));
  // An overall score says little without where it is lowest.
  const lowest =
    dimension === 'overall' && weakest.length > 0
      ? german
        ? ` Am niedrigsten: in ${listed(weakest, lang)}.`
        : ` Lowest: in ${listed(weakest, lang)}.`
      : '';
  if (!group || !placing)
    return {
      ...base,
      state: 'no-comparison',
      verdict: german ? 'Noch kein Vergleich' : 'No comparison yet',
      sentence: `${title}: ${facts}.${lowest}`,
    };
  const { verdict } = placing;
  const told = VERDICT_WORDS[verdict ?? 'near'][lang];
  const seen = verdict === 'near' && group.zone ? ` ${wouldBeSeenSentence(group.zone, lang)}` : '';
  const middle = german ? `die Mitte der Gruppe bei ${group.median}` : `the middle of the group at ${group.median}`;
  return {
    ...base,
    state: 'compared',
    verdict: verdict ? told : NO_VERDICT_WORDS[lang],
    sentence: `${title}: ${facts}, ${middle}${verdict ? `; ${lowerFirst(told)}` : ''}.${seen}${lowest}`,
    detail: verdict ? rangeSentence(placing.range, lang) : '',
  };
}

/** The headline: a finding made from the verdicts, or why there is none. */
export function standingTitle(input: StandingInput, speaker: Speaker = 'service'): string {
  const { instrument, standing, lang } = input;
  const german = lang === 'de';
  const dimensions = placedDimensions(input);
  if (!standing?.cell)
    return german
      ? `Das sind ${speaker === 'service' ? 'Ihre' : 'unsere'} Ergebnisse, noch ohne Vergleich.`
      : `These are ${speaker === 'service' ? 'your' : 'our'} results, not yet compared.`;
  if (dimensions.length === 0)
    return german
      ? 'Für einen Vergleich fehlt noch ein eigener Wert.'
      : 'A comparison still needs a score of your own.';
  const verdicts = dimensions.map(({ dimension, placing }) => ({ dimension, verdict: placing!.verdict }));
  const finding = verdictsFinding(verdicts, instrument, voiceFor(input, speaker), lang);
  if (finding !== '') return finding;
  const among = amongWords(housesOf(standing.cell, instrument, lang), lang);
  return german
    ? `Bei ${among} ist der Vergleich nur ein Anhaltspunkt.`
    : `With ${among}, the comparison is no more than an indication.`;
}

/** The overall score in one line. */
export function overallLine(input: StandingInput, speaker: Speaker = 'service'): string {
  const { lang } = input;
  const german = lang === 'de';
  const { title, state, score, group, placing, sentence } = standingLines(input).at(-1)!;
  if (state === 'no-score') return sentence;
  if (state === 'no-comparison')
    return german ? `${title}: ${score} von 100 Punkten.` : `${title}: ${score} of 100 points.`;
  const { label, lies } = voiceFor(input, speaker);
  const own = speaker === 'service' ? label : lowerFirst(label);
  const verdict = placing!.verdict ? ` ${lies} ${lowerFirst(VERDICT_WORDS[placing!.verdict][lang])}.` : '';
  return german
    ? `${title}: ${own} ${score}, Mitte ${group!.median} Punkte.${verdict}`
    : `${title}: ${lowerFirst(label)} ${score}, middle ${group!.median} points.${verdict}`;
}

/** The verdicts in the next larger group, where the one shown is too small for any; empty where there is none. */
export function largerSentence(input: StandingInput, speaker: Speaker = 'service'): string {
  const { instrument, standing, lang } = input;
  const larger = standing?.chosen.larger;
  if (!larger) return '';
  const verdicts = placedDimensions(input).flatMap(({ dimension, inLarger }) =>
    inLarger ? [{ dimension, verdict: inLarger.verdict }] : [],
  );
  const finding = verdictsFinding(verdicts, instrument, voiceFor(input, speaker), lang);
  if (finding === '') return '';
  return `${lang === 'de' ? 'Unter' : 'Among'} ${groupInNumbers(instrument, larger, lang)}: ${finding}`;
}

/** How far the group's figures were moved, and what verdicts rest on: behind "Genauer". */
export function standingNotes({ instrument, standing, lang }: StandingInput): string[] {
  if (!standing?.cell) return [];
  const placed = standing.dimensions.filter(({ placing }) => placing !== null);
  const hasVerdict = placed.some(({ placing }) => placing?.verdict != null);
  return [
    movedSentence(
      movedOf(standing.dimensions.flatMap(({ group }) => group ?? [])),
      housesOf(standing.cell, instrument, lang),
      { hasScore: placed.length > 0, hasVerdict },
      lang,
    ),
    ...(hasVerdict ? [RANDOM_SAMPLE[lang]] : []),
  ];
}

/** Where an organisation stands: each of its scores beside what a group shows. */
export function standingView(input: StandingInput & PictureWish): View {
  const { instrument, standing, release, lang, setting, address } = input;
  const german = lang === 'de';
  const cell = standing?.cell ?? null;
  const speaker = setting === 'board' ? 'house' : 'service';
  const { label } = voiceFor(input, speaker);
  const lines = standingLines(input);
  const title = standingTitle(input, speaker);
  const points = german ? '0 bis 100 Punkte.' : '0 to 100 points.';
  const compared = german ? 'Verglichen mit' : 'Compared with';
  const subtitle = cell ? `${compared} ${groupInNumbers(instrument, cell, lang)}. ${points}` : points;
  const labels = { tick: german ? 'Mitte' : 'Middle', point: label, pointOf: 'own' as const, ...markWords(lang) };
  const rows = lines.slice(0, -1).map(
    (line): ChartRow => ({
      dimension: line.dimension,
      title: line.title,
      phrase: line.state === 'no-score' || line.placing?.verdict ? lowerFirst(line.verdict) : '',
      isTold: line.placing?.verdict != null && line.placing.verdict !== 'near',
      half: spanOf(line.group?.quartiles),
      zone: line.group?.zone ?? null,
      interval: null,
      tick: line.group?.median ?? null,
      point: line.score,
    }),
  );
  const source = {
    cutoffOn: (cell && release?.cutoffOn) ?? null,
    isInvented: (cell && release?.marks.isInvented) ?? false,
  };
  const footnotes = [
    cell ? [caveatSentence(instrument, cell.group, lang), ...standingNotes(input)].join(' ') : (input.whyNone ?? ''),
    sourceLine(instrument, source, { address }, lang),
  ];
  const below = [overallLine(input, speaker), largerSentence(input, speaker)].filter(Boolean).join(' ');
  const told = lines.map(({ sentence }) => sentence);
  const alternative = [title, subtitle, ...told, largerSentence(input, speaker), ...footnotes.slice(0, 1)]
    .filter(Boolean)
    .join(' ');
  const words = {
    lang,
    title,
    subtitle,
    key: keyOf(rows, { own: label, lang }),
    below,
    footnotes,
    description: alternative,
  };
  return { spec: rowsChart(words, rows, labels, input), title, alternative };
}

/** What the marks of a row are called. */
export function markWords(lang: Lang) {
  return lang === 'de'
    ? { half: 'mittlere Hälfte der Gruppe', zone: 'kein Unterschied zur Mitte erkennbar' }
    : { half: 'middle half of the group', zone: 'no difference to the middle can be told' };
}

/** The key of those marks that the rows show; a tick alone is named by its own label. */
export function keyOf(rows: readonly ChartRow[], { own, lang }: { own?: string; lang: Lang }): KeyEntry[] {
  const { half, zone } = markWords(lang);
  return [
    ...(own !== undefined && rows.some(({ point }) => point !== null) ? [{ mark: 'own' as const, text: own }] : []),
    ...(rows.some((row) => row.half) ? [{ mark: 'half' as const, text: half }] : []),
    ...(rows.some((row) => row.zone) ? [{ mark: 'zone' as const, text: zone }] : []),
  ];
}

export function spanOf(quartiles: { lower: number; upper: number } | null | undefined) {
  return quartiles ? { from: quartiles.lower, to: quartiles.upper } : null;
}

function voiceFor({ instrument, unitType, lang }: StandingInput, speaker: Speaker): Voice {
  return voiceOf(speaker, instrument, unitType, lang);
}

/** Dimensions with a place in the group; the overall score is none of them. */
function placedDimensions({ standing }: StandingInput): DimensionStanding[] {
  return standing?.dimensions.slice(0, -1).filter(({ placing }) => placing !== null) ?? [];
}

function noScoreWords({ kind }: Instrument, dimension: string, lang: Lang): string {
  const german = lang === 'de';
  if (dimension === 'overall')
    return german ? 'Das Ergebnis braucht einen Wert in jedem Bereich.' : 'the result needs a score in every area.';
  if (kind === 'questionnaire')
    return german ? 'Dazu sind zu wenige Fragen beantwortet.' : 'too few questions were answered.';
  return german ? 'Dazu wurde kein Wert übermittelt.' : 'no score was sent.';
}
