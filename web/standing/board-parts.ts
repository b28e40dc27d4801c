import type { Lang } from '#contracts/text';
import { CHANGE_CAVEAT } from '#views/change-lines';
import { marksSentence } from '#views/release-words';
import { amongWords, longDate } from '#views/standing-words';
import { words } from '../words.ts';
import type { StandingAnswer } from './standing-source.ts';

/** What a board is told, in the house's own voice: on the paper and on the slides alike. */
export interface BoardParts {
  /** Right in every head. */
  kind: string;
  title: string;
  lead: string;
  /** The overall score, and what hinders. */
  findings: string[];
  /** What the figures stand for. */
  note: string;
  /** Since the last check; null without one. */
  changed: { title: string; sentences: string[]; note: string } | null;
  /** How exact the group's figures are; null without any. */
  moved: { title: string; text: string } | null;
}

export function boardParts(answer: StandingAnswer, lang: Lang): BoardParts {
  const text = WORDS[lang];
  const { board, obstacles, caveat, release, state, conductedOn, earlier } = answer;
  const { group, cutoffOn } = comparedWith(answer, lang);
  const [changed] = earlier;
  const isCompared = state === 'compared';
  const marks = release && isCompared ? marksSentence(release.marks, lang) : '';
  return {
    kind: text.kind,
    title: board.title,
    lead: [
      group && cutoffOn ? text.compared(group, longDate(cutoffOn, lang)) : '',
      conductedOn ? text.day(longDate(conductedOn, lang)) : text.unsent,
    ]
      .filter(Boolean)
      .join(' '),
    findings: [
      `${board.overall} ${board.larger}`.trim(),
      ...(obstacles.length > 0 ? [text.obstacles(obstacles.join('; '))] : []),
    ],
    note: [caveat, marks, text.noEnd].filter(Boolean).join(' '),
    changed: changed
      ? {
          title: text.change(longDate(changed.conductedOn, lang)),
          sentences: changed.dimensions.map(({ sentence }) => sentence),
          note: `${changed.groupChanged} ${CHANGE_CAVEAT[lang]}`,
        }
      : null,
    moved: isCompared ? { title: text.movedTitle, text: text.moved } : null,
  };
}

/** The group compared with in words, and of when it is; null without a comparison. */
export function comparedWith({ group: { label, participations }, release }: StandingAnswer, lang: Lang) {
  if (label === null || participations === null) return { group: null, cutoffOn: null };
  return { group: amongWords({ organisations: label, participations }, lang), cutoffOn: release?.cutoffOn ?? null };
}

const WORDS = words({
  de: {
    kind: 'Vorlage für die Sitzung',
    compared: (group: string, cutoff: string) => `Verglichen mit ${group}, Stichtag ${cutoff}.`,
    day: (date: string) => `Unser Digitalisierungscheck ist vom ${date}.`,
    unsent: 'Unser Digitalisierungscheck ist noch nicht eingesandt.',
    obstacles: (words: string) => `Was uns zurzeit am meisten hindert: ${words}.`,
    change: (date: string) => `Seit unserem Check vom ${date}`,
    movedTitle: 'Wie genau die Werte sind',
    moved:
      'Aus den Werten kleiner Gruppen könnte man sonst auf einzelne Organisationen schließen. Deshalb wurde jeder Gruppenwert vor der Veröffentlichung einmal zufällig nach oben oder unten verschoben; nach demselben Grundsatz wurde der Zensus 2022 geschützt. Unser eigener Wert ist genau, und „vor“ oder „hinter der Mitte“ steht nur da, wo Zufall und Verschiebung den Abstand kaum erklären.',
    noEnd: '„Weiter“ heißt nicht „besser“: Digitalisierung ist kein Selbstzweck.',
  },
  en: {
    kind: 'Paper for the meeting',
    compared: (group: string, cutoff: string) => `Compared with ${group}, cut-off ${cutoff}.`,
    day: (date: string) => `Our digital maturity check is of ${date}.`,
    unsent: 'Our digital maturity check has not been sent in yet.',
    obstacles: (words: string) => `What hinders us most at present: ${words}.`,
    change: (date: string) => `Since our check of ${date}`,
    movedTitle: 'How exact the figures are',
    moved:
      'From the figures of small groups one could otherwise infer single organisations. Therefore every figure of a group was shifted up or down once, at random, before it was published; the German census of 2022 was protected by the same principle. Our own score is exact, and “ahead of” or “behind the middle” stands only where chance and the shift hardly explain the distance.',
    noEnd: '“Further along” does not mean “better”: digitalisation is no end in itself.',
  },
});
