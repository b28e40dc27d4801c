import type { Instrument } from '#contracts/instrument';
import type { PublishedCell } from '#contracts/release';
import type { Placing } from '#contracts/standing';
import type { Lang } from '#contracts/text';
import type { DimensionStanding, GroupFigures, OwnScores, OwnStanding } from '#standing/own-standing';
import type { Layout, Theme } from './chart-style.ts';
import { type DimensionLine, linesSpec } from './dimension-lines.ts';
import { groupLabel } from './group-label.ts';
import {
  cutoffSentence,
  inventedWords,
  marksSentence,
  movedOf,
  movedSentence,
  type ReleaseFacts,
  SAMPLE_CAVEAT,
} from './release-words.ts';
import {
  type Among,
  amongOf,
  dimensionTitle,
  groupInNumbers,
  indicationSentence,
  largerWords,
  maturityWord,
  NO_VERDICT_WORDS,
  rangeSentence,
  scoreSentence,
  upperFirst,
  VERDICT_WORDS,
  verdictSentence,
  weakestWords,
  wouldBeSeenWords,
} from './standing-words.ts';
import type { View } from './view.ts';

/** What a standing is drawn from. Range, verdict and zone are taken as given. */
export interface StandingInput {
  instrument: Instrument;
  own: OwnScores;
  /** Null before the first release. */
  standing: OwnStanding | null;
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
  /** Score and verdict as complete sentences. */
  sentence: string;
  /** The range in per cent, behind "Genauer"; empty without one. */
  detail: string;
  /** What stands beside the line, each a line of its own. */
  words: string[];
  /** Beside the overall score: the lowest dimensions. */
  weakest: string;
}

/** The words of a standing: every dimension in the instrument's order, the overall score last. */
export function standingLines(input: StandingInput): StandingLine[] {
  return dimensionsOf(input).map((line) => standingLine(line, input));
}

function standingLine(
  { dimension, score, group, placing, inLarger }: DimensionStanding,
  { instrument, own, standing, lang }: StandingInput,
): StandingLine {
  const title = dimensionTitle(instrument, dimension, lang);
  const maturity = maturityWord(instrument, score, lang);
  const weakest = dimension === 'overall' && score !== null ? weakestWords(instrument, own.weakest, lang) : '';
  const base = { dimension, title, score, maturity, group, placing, inLarger, weakest };
  if (score === null) {
    const words = noScoreWords(instrument, dimension, lang);
    return {
      ...base,
      state: 'no-score',
      verdict: words.verdict,
      words: [words.reason],
      sentence: `${title}: ${words.verdict}. ${words.sentence}`,
      detail: '',
    };
  }
  const facts = scoreSentence({ title, score, maturity }, lang);
  const withWeakest = (...sentences: string[]) =>
    [facts, ...sentences, weakest === '' ? '' : `${upperFirst(weakest)}.`].filter(Boolean).join(' ');
  if (!standing?.cell || !group || !placing) {
    const verdict = lang === 'de' ? 'Noch kein Vergleich' : 'No comparison yet';
    return { ...base, state: 'no-comparison', verdict, words: [], sentence: withWeakest(), detail: '' };
  }
  const among = amongOf(instrument, standing.cell, lang);
  const { larger } = standing.chosen;
  if (placing.verdict === null) {
    const beyond =
      inLarger?.verdict && larger ? largerWords(inLarger.verdict, amongOf(instrument, larger, lang), lang) : '';
    return {
      ...base,
      state: 'compared',
      verdict: NO_VERDICT_WORDS[lang],
      words: [beyond].filter(Boolean),
      sentence: withWeakest(
        betweenSentence(score, group.median, lang),
        indicationSentence(housesOf(standing.cell, instrument, lang), lang),
        beyond === '' ? '' : `${beyond}.`,
      ),
      detail: '',
    };
  }
  const seen = placing.verdict === 'near' && group.zone ? wouldBeSeenWords(group.zone, lang) : '';
  return {
    ...base,
    state: 'compared',
    verdict: VERDICT_WORDS[placing.verdict][lang],
    words: [upperFirst(seen)].filter(Boolean),
    sentence: withWeakest(
      verdictSentence(placing.verdict, among, group.median, lang),
      seen === '' ? '' : `${upperFirst(seen)}.`,
    ),
    detail: rangeSentence(placing.range, lang),
  };
}

/** Cut-off, how far the group's figures were moved, the assumption and the marks: what stands beside every standing. */
export function standingNotes({ instrument, standing, release, lang }: StandingInput): string[] {
  if (!standing?.cell || !release) return [];
  const placed = standing.dimensions.filter(({ placing }) => placing !== null);
  return [
    cutoffSentence(release.cutoffOn, lang),
    movedSentence(
      movedOf(standing.dimensions.flatMap(({ group }) => group ?? [])),
      housesOf(standing.cell, instrument, lang),
      { hasScore: placed.length > 0, hasVerdict: placed.some(({ placing }) => placing?.verdict != null) },
      lang,
    ),
    SAMPLE_CAVEAT[lang],
    marksSentence(release.marks, lang),
  ].filter(Boolean);
}

/** Where an organisation stands: its scores among a group's published cuts. */
export function standingView(input: StandingInput & { layout?: Layout; theme?: Theme }): View {
  const { instrument, standing, release, lang } = input;
  const cell = standing?.cell ?? null;
  const lines = standingLines(input);
  const german = lang === 'de';
  const title = cell
    ? german
      ? `So stehen Sie im Vergleich zu ${groupInNumbers(instrument, cell, lang)}.`
      : `This is where you stand among ${groupInNumbers(instrument, cell, lang)}.`
    : german
      ? 'Das sind Ihre Ergebnisse, noch ohne Vergleich.'
      : 'These are your results, not yet compared.';
  const footnotes = cell ? standingNotes(input) : [input.whyNone ?? ''].filter(Boolean);
  const description = cell
    ? howToRead(
        lines.flatMap(({ group }) => group ?? []),
        lang,
        true,
      )
    : howToReadAlone(lang);
  const alternative = [title, ...lines.map((line) => line.sentence), ...footnotes].join(' ');

  const spec = linesSpec({
    instrument,
    lang,
    layout: input.layout ?? 'wide',
    theme: input.theme ?? 'light',
    title,
    subtitle: subtitleOf(instrument, cell ? release : null, lang),
    description: `${description} ${alternative}`,
    footnotes,
    lines: lines.map(
      (line): DimensionLine => ({
        dimension: line.dimension,
        title: line.title,
        facts: [pointsWords(line, lang), line.maturity ?? '', line.weakest].filter(Boolean),
        cuts: line.group?.cuts ?? null,
        zone: line.group?.zone ?? null,
        own: line.score,
        verdict: line.verdict,
        words: line.words,
        isSummary: line.dimension === 'overall',
      }),
    ),
  });
  return { spec, title, description, alternative };
}

/** The instrument's name, and beside invented figures that they are. */
export function subtitleOf(instrument: Instrument, release: ReleaseFacts | null, lang: Lang): string {
  return [instrument.title[lang], inventedWords(release?.marks.isInvented ?? false, lang)].filter(Boolean).join(' · ');
}

/** How the lines are read, in complete sentences; says only what the picture holds. */
export function howToRead(
  figures: readonly Pick<GroupFigures, 'cuts' | 'quartiles' | 'zone'>[],
  lang: Lang,
  hasOwn: boolean,
): string {
  const hasMiddleHalf = figures.some(({ quartiles }) => quartiles !== null);
  const hasMore = figures.some(({ cuts }) => cuts.some((cut) => cut.permille < 250));
  const hasZone = hasOwn && figures.some(({ zone }) => zone !== null);
  if (lang === 'de') {
    return [
      'Jeder Bereich ist eine Linie von 0 bis 100 Punkten.',
      'Der Querstrich darauf ist die Mitte der Gruppe: Etwa die eine Hälfte liegt darunter, die andere darüber.',
      hasMiddleHalf ? 'Das kräftigere Feld umfasst etwa die mittlere Hälfte der Gruppe.' : '',
      hasMore ? 'Die blasseren Felder reichen bis zu den äußersten veröffentlichten Werten.' : '',
      hasZone ? 'Die Klammer darunter umfasst die Werte, bei denen kein Unterschied zur Mitte zu erkennen ist.' : '',
      hasOwn ? 'Die Marke mit der Spitze ist Ihr eigener Wert.' : '',
    ]
      .filter(Boolean)
      .join(' ');
  }
  return [
    'Each area is one line from 0 to 100 points.',
    'The tick across it is the middle of the group: about one half lies below it, the other above.',
    hasMiddleHalf ? 'The stronger field holds about the middle half of the group.' : '',
    hasMore ? 'The paler fields reach to the outermost published values.' : '',
    hasZone ? 'The bracket below it holds the scores at which no difference to the middle can be told.' : '',
    hasOwn ? 'The pointed mark is your own score.' : '',
  ]
    .filter(Boolean)
    .join(' ');
}

function howToReadAlone(lang: Lang): string {
  return lang === 'de'
    ? 'Jeder Bereich ist eine Linie von 0 bis 100 Punkten, die Marke mit der Spitze ist Ihr eigener Wert.'
    : 'Each area is one line from 0 to 100 points; the pointed mark is your own score.';
}

/** Every dimension, overall last; before the first release the own scores alone. */
function dimensionsOf({ instrument, own, standing }: StandingInput): DimensionStanding[] {
  if (standing) return standing.dimensions;
  const none = { group: null, placing: null, inLarger: null };
  return [
    ...instrument.dimensions.map(({ id }) => ({ dimension: id, score: own.scores[id] ?? null, ...none })),
    { dimension: 'overall', score: own.overall, ...none },
  ];
}

/** The organisations of a group by their unit type alone: "Einrichtungen", where its whole name was told before. */
export function housesOf(
  { group, participations }: Pick<PublishedCell, 'group' | 'participations'>,
  instrument: Instrument,
  lang: Lang,
): Among {
  return { organisations: groupLabel(instrument, { unitType: group.unitType, where: {} }, lang), participations };
}

/** "Sie 70, Mitte 40." */
function betweenSentence(score: number, median: number, lang: Lang): string {
  return lang === 'de' ? `Sie ${score}, Mitte ${median}.` : `You ${score}, middle ${median}.`;
}

function pointsWords({ score }: StandingLine, lang: Lang): string {
  if (score === null) return '';
  return lang === 'de' ? `${score} Punkte` : `${score} points`;
}

function noScoreWords(instrument: Instrument, dimension: string, lang: Lang) {
  const isOverall = dimension === 'overall';
  const isAsked = instrument.kind === 'questionnaire';
  if (lang === 'de') {
    const reason = isAsked ? 'zu wenige Fragen beantwortet' : 'kein Wert übermittelt';
    const sentence = isAsked ? 'Dazu sind zu wenige Fragen beantwortet.' : 'Dazu wurde kein Wert übermittelt.';
    return {
      verdict: 'Kein eigener Wert',
      reason: isOverall ? 'braucht einen Wert in jedem Bereich' : reason,
      sentence: isOverall ? 'Das Gesamtergebnis braucht einen Wert in jedem Bereich.' : sentence,
    };
  }
  const reason = isAsked ? 'too few questions answered' : 'no score sent';
  const sentence = isAsked ? 'Too few questions were answered.' : 'No score was sent.';
  return {
    verdict: 'No score of your own',
    reason: isOverall ? 'needs a score in every area' : reason,
    sentence: isOverall ? 'The overall result needs a score in every area.' : sentence,
  };
}
