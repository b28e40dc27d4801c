import type { Group } from '#contracts/group';
import type { Instrument } from '#contracts/instrument';
import type { PublishedCell } from '#contracts/release';
import { medianOf, quartilesOf } from '#contracts/released-cell';
import { scoredIds } from '#contracts/scored-ids';
import type { IsoDate, Lang } from '#contracts/text';
import { type OwnScores, scoreOf } from '#standing/own-standing';
import { type Canvas, type ChartBody, framed } from './chart-frame.ts';
import type { PictureWish } from './chart-style.ts';
import { groupLabel } from './group-label.ts';
import { lines as across, boxes, courses, PIXELS, points, type TextMark } from './marks.ts';
import { caveatSentence, sourceLine } from './release-words.ts';
import { markWords } from './standing-view.ts';
import { dimensionTitle, longDate, upperFirst } from './standing-words.ts';
import { textLines } from './text-lines.ts';
import type { View } from './view.ts';

/** What progress is drawn from. */
export interface ProgressInput {
  instrument: Instrument;
  group: Pick<Group, 'unitType' | 'where' | 'association'>;
  /** One group in every listed release, in any order; null where a release does not show it. */
  versions: { cutoffOn: IsoDate; cell: PublishedCell | null }[];
  /** The own checks, in any order; empty for the public view. */
  own: (OwnScores & { conductedOn: IsoDate })[];
  /** Whether any of the releases holds invented data. */
  isInvented: boolean;
  lang: Lang;
}

/** One dimension over time. Groups are known at the cut-offs of releases, the own scores on the day of a check. */
export interface ProgressLine {
  dimension: string;
  title: string;
  group: {
    cutoffOn: IsoDate;
    low: number | null;
    median: number;
    high: number | null;
    /** Counts up over every release that does not show the group: points of one run may be joined by a line. */
    run: number;
  }[];
  own: { conductedOn: IsoDate; score: number }[];
  sentence: string;
}

/** The words and points of progress: every dimension in the instrument's order, the overall score last. */
export function progressLines({
  instrument,
  versions,
  own,
  lang,
}: Pick<ProgressInput, 'instrument' | 'versions' | 'own' | 'lang'>): ProgressLine[] {
  const inOrder = versions.toSorted((a, b) => (a.cutoffOn < b.cutoffOn ? -1 : 1));
  const checks = own.toSorted((a, b) => (a.conductedOn < b.conductedOn ? -1 : 1));
  return scoredIds(instrument).map((dimension) => {
    let run = 0;
    const group = inOrder.flatMap(({ cutoffOn, cell }) => {
      if (!cell) {
        run += 1;
        return [];
      }
      const half = quartilesOf(cell, dimension);
      return [
        { cutoffOn, low: half?.lower ?? null, median: medianOf(cell, dimension), high: half?.upper ?? null, run },
      ];
    });
    const scores = checks.flatMap((check) => {
      const score = scoreOf(check, dimension);
      return score === null ? [] : [{ conductedOn: check.conductedOn, score }];
    });
    const title = dimensionTitle(instrument, dimension, lang);
    return { dimension, title, group, own: scores, sentence: progressSentence(title, group, scores, lang) };
  });
}

/** How a group, and the own scores beside it, moved from release to release. */
export function progressView(input: ProgressInput & PictureWish): View {
  const { instrument, group, lang, address } = input;
  const german = lang === 'de';
  const lines = progressLines(input);
  const shown = input.versions.filter(({ cell }) => cell !== null);
  const hasOwn = lines.some((line) => line.own.length > 0);
  const title = TITLES[group.association !== undefined ? 'members' : hasOwn ? 'own' : 'group'][lang];
  const subtitle =
    shown.length > 0
      ? `${upperFirst(groupLabel(instrument, group, lang))}. ${german ? '0 bis 100 Punkte.' : '0 to 100 points.'}`
      : '';
  const caveat = [progressCaveat(shown.length, lang), caveatSentence(instrument, group, lang)].join(' ');
  const cutoffOn =
    shown
      .map((version) => version.cutoffOn)
      .sort()
      .at(-1) ?? null;
  const footnotes = [caveat, sourceLine(instrument, { cutoffOn, isInvented: input.isInvented }, { address }, lang)];
  const alternative = [title, ...lines.map((line) => line.sentence), caveat].join(' ');
  const marks = markWords(lang);
  const key = [
    ...(hasOwn ? [{ mark: 'own' as const, text: german ? 'Sie' : 'You' }] : []),
    ...(shown.length > 0
      ? [{ mark: 'tick' as const, text: german ? 'Mitte der Gruppe am Stichtag' : 'middle of the group at a cut-off' }]
      : []),
    ...(lines.some((line) => line.group.some(({ low }) => low !== null))
      ? [{ mark: 'half' as const, text: marks.half }]
      : []),
  ];
  const words = { lang, title, subtitle, key, below: '', footnotes, description: alternative };
  return { spec: framed(words, input, (canvas) => drawPanels(lines, canvas, lang)), title, alternative };
}

const TITLES: Record<'own' | 'group' | 'members', Record<Lang, string>> = {
  own: {
    de: 'Das sind Ihre Ergebnisse und die der Gruppe im Lauf der Zeit.',
    en: 'These are your results and those of the group over time.',
  },
  group: {
    de: 'Das sind die Werte der Gruppe im Lauf der Zeit.',
    en: 'These are the figures of the group over time.',
  },
  // Readers would otherwise take it for the members' progress.
  members: {
    de: 'Stand je Stichtag (jedes Mal andere Teilnehmende).',
    en: 'Status at each cut-off (other participants each time).',
  },
};

const PANEL = 84;
const DAY = 86_400_000;

/** A panel for each dimension, one above the other on a common time axis. */
function drawPanels(lines: ProgressLine[], canvas: Canvas, lang: Lang): ChartBody {
  const { sizes, palette, isWide, top } = canvas;
  const [middle, you] = lang === 'de' ? ['Mitte', 'Sie'] : ['Middle', 'You'];
  const track: [number, number] = isWide ? [200, 760] : [sizes.margin + 28, 270];
  const place = timeScale(lines, track);
  const panels = lines.map((line, index) => {
    const start = top + (isWide ? 6 : 30) + index * (PANEL + (isWide ? 26 : 44));
    return { line, start, at: (score: number) => start + (1 - score / 100) * PANEL };
  });
  const bottom = panels.at(-1)!.start + PANEL;
  const told = (title: string, what: string, value: number, date: IsoDate) =>
    `${title}, ${longDate(date, lang)} – ${what} ${value}`;
  const group = panels.flatMap(({ line: { dimension, title, group: points }, at }) =>
    points.map(({ cutoffOn, median, run, low, high }) => ({
      ...{ dimension, cutoffOn, median, run: `${dimension} ${run}`, at: place(cutoffOn), y: at(median) },
      half: low === null || high === null ? null : { low, high, y: at(high), y2: at(low) },
      says: told(title, middle, median, cutoffOn),
    })),
  );
  const own = panels.flatMap(({ line: { dimension, title, own: checks }, at }) =>
    checks.map(({ conductedOn, score }) => ({
      ...{ dimension, conductedOn, score, run: dimension, at: place(conductedOn), y: at(score) },
      says: told(title, you, score, conductedOn),
    })),
  );
  const halves = group.flatMap(({ dimension, cutoffOn, at, half }) =>
    half ? [{ dimension, cutoffOn, ...half, from: at - 9, to: at + 9 }] : [],
  );
  const levels = panels.flatMap(({ at }) =>
    [0, 50, 100].map((score) => ({ from: track[0], to: track[1], y: at(score) })),
  );
  const middles = group.map(({ half: _, ...tick }) => tick);
  const small = { size: 12, color: palette.quiet };
  return {
    bottom: bottom + 28,
    layers: [
      ...across('levels', levels, { color: palette.grid }, PIXELS),
      ...boxes('half', halves, palette.half, PIXELS),
      ...courses('course', middles, { color: palette.text, width: 1 }),
      ...across(
        'tick',
        middles.map((tick) => ({ ...tick, from: tick.at - 13, to: tick.at + 13 })),
        { color: palette.text, width: 3 },
        PIXELS,
      ),
      ...courses('own course', own, { color: palette.own, width: 2 }),
      ...points('point', own, { color: palette.own, background: palette.background }, PIXELS),
    ],
    texts: [
      ...panels.flatMap(({ line, start, at }) => [
        ...titleMarks(line.title, start, canvas, track[0]),
        ...[0, 50, 100].map(
          (score): TextMark => ({ ...small, text: `${score}`, x: track[0] - 8, y: at(score) + 4, align: 'right' }),
        ),
        ...endLabels(
          [
            {
              text: `${middle} ${line.group.at(-1)?.median}`,
              score: line.group.at(-1)?.median,
              color: palette.text,
              isBold: false,
            },
            {
              text: `${you} ${line.own.at(-1)?.score}`,
              score: line.own.at(-1)?.score,
              color: palette.own,
              isBold: true,
            },
          ],
          at,
          track[1] + 16,
        ),
      ]),
      ...axisDates(lines).map(
        (date): TextMark => ({
          ...small,
          text: `${date.slice(5, 7)}/${date.slice(0, 4)}`,
          x: place(date),
          y: bottom + 20,
          align: 'center',
        }),
      ),
    ],
  };
}

function titleMarks(title: string, start: number, { sizes, palette, isWide }: Canvas, track: number): TextMark[] {
  const style = { x: sizes.margin, size: 16, color: palette.text, isBold: true };
  if (!isWide) return [{ ...style, text: title, y: start - 12 }];
  const names = textLines(title, track - sizes.margin - 44, 16, true);
  return names.map((text, index) => ({
    ...style,
    text,
    y: start + PANEL / 2 + 6 + (index - (names.length - 1) / 2) * 20,
  }));
}

/** The last value of each series, at its height beside the panel; pushed apart where they would touch. */
function endLabels(
  series: { text: string; score: number | undefined; color: string; isBold: boolean }[],
  at: (score: number) => number,
  x: number,
): TextMark[] {
  const marks = series.flatMap(({ score, ...style }): TextMark[] =>
    score === undefined ? [] : [{ ...style, x, y: at(score) + 5, size: 13 }],
  );
  const [upper, lower] = marks.toSorted((a, b) => a.y - b.y);
  if (upper && lower) {
    const missing = Math.max(0, 16 - (lower.y - upper.y));
    upper.y -= missing / 2;
    lower.y += missing / 2;
  }
  return marks;
}

/** Dates to pixels, with some air at both ends, so that marks there are whole. */
function timeScale(lines: ProgressLine[], [from, to]: readonly [number, number]): (date: IsoDate) => number {
  const dates = lines.flatMap((line) => [
    ...line.group.map((point) => Date.parse(point.cutoffOn)),
    ...line.own.map((point) => Date.parse(point.conductedOn)),
  ]);
  if (dates.length === 0) return () => from;
  const [first, last] = [Math.min(...dates), Math.max(...dates)];
  const air = Math.max((last - first) * 0.06, 20 * DAY);
  return (date) => from + ((Date.parse(date) - first + air) / (last - first + 2 * air)) * (to - from);
}

/** Labels the cut-offs, where the group is known; without any, the own checks. */
function axisDates(lines: ProgressLine[]): IsoDate[] {
  const cutoffs = new Set(lines.flatMap((line) => line.group.map(({ cutoffOn }) => cutoffOn)));
  const checks = new Set(lines.flatMap((line) => line.own.map(({ conductedOn }) => conductedOn)));
  return [...(cutoffs.size > 0 ? cutoffs : checks)].sort();
}

function progressSentence(title: string, group: ProgressLine['group'], own: ProgressLine['own'], lang: Lang): string {
  const german = lang === 'de';
  const on = (date: IsoDate) => (german ? `am ${longDate(date, lang)}` : `on ${longDate(date, lang)}`);
  const medians = group.map(({ cutoffOn, median }) => `${median} ${on(cutoffOn)}`).join(', ');
  const scores = own.map(({ conductedOn, score }) => `${score} ${on(conductedOn)}`).join(', ');
  const groupWords =
    medians === ''
      ? german
        ? `${title}: Für die Gruppe gibt es keine veröffentlichten Werte.`
        : `${title}: there are no published figures of the group.`
      : german
        ? `${title}: Die Mitte der Gruppe lag bei ${medians}.`
        : `${title}: the middle of the group was at ${medians}.`;
  if (scores === '') return groupWords;
  return `${groupWords} ${german ? `Ihr Wert war ${scores}.` : `Your score was ${scores}.`}`;
}

function progressCaveat(releases: number, lang: Lang): string {
  if (releases === 0) {
    return lang === 'de'
      ? 'Für diese Gruppe ist noch nichts veröffentlicht.'
      : 'Nothing has been published for this group yet.';
  }
  if (releases === 1) {
    return lang === 'de'
      ? 'Bisher zeigt eine Veröffentlichung diese Gruppe; ein Verlauf zeigt sich mit der nächsten.'
      : 'One release shows this group so far; a course will show with the next.';
  }
  return lang === 'de'
    ? 'Die Gruppe setzt sich jedes Mal neu zusammen, und jedes Mal werden ihre Werte zum Schutz neu zufällig verschoben: Ein Unterschied muss keine Entwicklung sein.'
    : 'The group is composed anew each time, and each time its figures are shifted at random, for protection: a difference need not be a development.';
}
