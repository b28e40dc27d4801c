import type { Instrument } from '#contracts/instrument';
import type { Standing } from '#contracts/position';
import type { PublishedCell } from '#contracts/release';
import type { DimensionScores } from '#contracts/submission';
import type { Lang } from '#contracts/text';
import type { Layout, Theme } from './chart-style.ts';
import { type DimensionLine, linesSpec } from './dimension-lines.ts';
import { groupLabel } from './group-label.ts';
import {
  ageSentence,
  dimensionTitle,
  groupInNumbers,
  maturityWord,
  positionWords,
  SAMPLE_CAVEAT,
  SUPPRESSED_WORDS,
  scoreSentence,
  standingSentence,
  VERDICT_WORDS,
  weakestWords,
} from './standing-words.ts';
import type { View } from './view.ts';

/** An organisation's own scores: by dimension, overall, and which are lowest. */
export interface OwnScores {
  scores: DimensionScores;
  /** Null unless every dimension has a score. */
  overall: number | null;
  /** Ids of the dimensions with the lowest score. */
  weakest: string[];
}

/** What a standing is drawn from. */
export interface StandingInput {
  instrument: Instrument;
  own: OwnScores;
  /** The group compared with; null before the first release, and where no group shows anything. */
  comparison: { cell: PublishedCell /** Dimension id, or "overall". */; standings: Record<string, Standing> } | null;
  /** Why there is no comparison, as complete sentences; used where `comparison` is null. */
  whyNone?: string;
  lang: Lang;
}

/** One dimension of a standing, or the overall score, in words. */
export interface StandingLine {
  dimension: string;
  title: string;
  score: number | null;
  maturity: string | null;
  state: 'compared' | 'suppressed' | 'no-score' | 'no-comparison';
  standing: Standing | null;
  verdict: string;
  /** Score, verdict and position as complete sentences. */
  sentence: string;
  /** The position as it stands beside the line. */
  words: string[];
  /** Beside the overall score: the lowest dimensions. */
  weakest: string;
}

/** The words of a standing: every dimension in the instrument's order, the overall score last. */
export function standingLines({ instrument, own, comparison, lang }: StandingInput): StandingLine[] {
  return [...instrument.dimensions.map(({ id }) => id), 'overall'].map((dimension) => {
    const title = dimensionTitle(instrument, dimension, lang);
    const score = scoreOf(own, dimension);
    const maturity = maturityWord(instrument, score, lang);
    const standing = comparison?.standings[dimension] ?? null;
    const isSuppressed = comparison !== null && comparison.cell.dimensions[dimension]?.state !== 'published';
    const weakest = dimension === 'overall' && score !== null ? weakestWords(instrument, own.weakest, lang) : '';
    const base = { dimension, title, score, maturity, weakest };
    const facts = score === null ? '' : scoreSentence({ title, score, maturity }, lang);

    if (score === null) {
      const words = noScoreWords(instrument, dimension, lang);
      return {
        ...base,
        state: 'no-score',
        standing: null,
        verdict: words.verdict,
        words: [words.reason],
        sentence: `${title}: ${words.verdict}. ${words.sentence}`,
      };
    }
    if (comparison === null) {
      const verdict = lang === 'de' ? 'Noch kein Vergleich' : 'No comparison yet';
      return {
        ...base,
        state: 'no-comparison',
        standing: null,
        verdict,
        words: [],
        sentence: withWeakest(facts, weakest),
      };
    }
    if (isSuppressed || standing === null) {
      const sentence =
        lang === 'de' ? `Der Vergleich ist ${SUPPRESSED_WORDS.de}.` : `The comparison is ${SUPPRESSED_WORDS.en}.`;
      return {
        ...base,
        state: 'suppressed',
        standing: null,
        verdict: lang === 'de' ? 'Kein Vergleich' : 'No comparison',
        words: [SUPPRESSED_WORDS[lang]],
        sentence: `${withWeakest(facts, weakest)} ${sentence}`,
      };
    }
    const organisations = groupLabel(instrument, comparison.cell.group, lang);
    const words = positionWords(standing, comparison.cell.participations, organisations, lang);
    const sentence = standingSentence({ title, score, maturity }, standing, words, lang);
    return {
      ...base,
      state: 'compared',
      standing,
      verdict: VERDICT_WORDS[standing.verdict][lang],
      words: [words.phrase, words.among],
      sentence: withWeakest(sentence, weakest),
    };
  });
}

/** Where an organisation stands: its scores among a group's published cuts. */
export function standingView(input: StandingInput & { layout?: Layout; theme?: Theme }): View {
  const { instrument, own, comparison, lang } = input;
  const lines = standingLines(input);
  const german = lang === 'de';
  const title = comparison
    ? german
      ? `So stehen Sie im Vergleich zu ${groupInNumbers(instrument, comparison.cell, lang)}.`
      : `This is where you stand among ${groupInNumbers(instrument, comparison.cell, lang)}.`
    : german
      ? 'Das sind Ihre Ergebnisse, noch ohne Vergleich.'
      : 'These are your results, not yet compared.';
  const footnotes = comparison
    ? [`${ageSentence(comparison.cell, lang)} ${SAMPLE_CAVEAT[lang]}`]
    : [input.whyNone ?? ''];
  const description = comparison ? howToRead(comparison.cell, lang) : howToReadAlone(lang);
  const alternative = [title, ...lines.map((line) => line.sentence), ...footnotes].filter(Boolean).join(' ');

  const spec = linesSpec({
    instrument,
    lang,
    layout: input.layout ?? 'wide',
    theme: input.theme ?? 'light',
    title,
    subtitle: instrument.title[lang],
    description: `${description} ${alternative}`,
    footnotes: footnotes.filter(Boolean),
    lines: lines.map((line): DimensionLine => {
      const figures = comparison?.cell.dimensions[line.dimension];
      return {
        dimension: line.dimension,
        title: line.title,
        facts: [pointsWords(line, lang), line.maturity ?? '', line.weakest].filter(Boolean),
        cuts: figures?.state === 'published' ? figures.cuts : null,
        own: scoreOf(own, line.dimension),
        verdict: line.verdict,
        words: line.words,
        isSummary: line.dimension === 'overall',
      };
    }),
  });
  return { spec, title, description, alternative };
}

/** How the lines are read, in complete sentences; says only what the picture holds. */
export function howToRead(cell: PublishedCell, lang: Lang, hasOwn = true): string {
  const published = Object.values(cell.dimensions).flatMap((figures) =>
    figures.state === 'published' ? [figures.cuts] : [],
  );
  const hasMiddleHalf = published.some((cuts) => cuts.some((cut) => cut.permille === 250));
  const hasMore = published.some((cuts) => cuts.some((cut) => cut.permille < 250));
  if (lang === 'de') {
    return [
      'Jeder Bereich ist eine Linie von 0 bis 100 Punkten.',
      'Der Querstrich darauf ist die Mitte der Gruppe: Die eine Hälfte liegt darunter, die andere darüber.',
      hasMiddleHalf ? 'Das kräftigere Feld umfasst die mittlere Hälfte der Gruppe.' : '',
      hasMore ? 'Die blasseren Felder reichen bis zu den äußersten veröffentlichten Werten.' : '',
      hasOwn ? 'Die Marke mit der Spitze ist Ihr eigener Wert.' : '',
    ]
      .filter(Boolean)
      .join(' ');
  }
  return [
    'Each area is one line from 0 to 100 points.',
    'The tick across it is the middle of the group: one half lies below it, the other above.',
    hasMiddleHalf ? 'The stronger field holds the middle half of the group.' : '',
    hasMore ? 'The paler fields reach to the outermost published values.' : '',
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

function scoreOf(own: OwnScores, dimension: string): number | null {
  return dimension === 'overall' ? own.overall : (own.scores[dimension] ?? null);
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

function withWeakest(sentence: string, weakest: string): string {
  return weakest === '' ? sentence : `${sentence} ${weakest.charAt(0).toUpperCase()}${weakest.slice(1)}.`;
}
