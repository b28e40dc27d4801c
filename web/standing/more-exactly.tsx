import type { Lang } from '#contracts/text';
import { nextReleaseWords } from '#views/release-words';
import { longDate, rangeWords, upperFirst, wholeNumber } from '#views/standing-words';
import { Disclosure } from '../components/disclosure.tsx';
import { Select } from '../components/select.tsx';
import { Table } from '../components/table.tsx';
import { localDay } from '../local-day.ts';
import { pathTo } from '../site-map.ts';
import { words } from '../words.ts';
import { Downloads } from './standing-picture.tsx';
import type { StandingAnswer, StandingSource } from './standing-source.ts';

/** All that the headline and the picture rest on: figures, ranges, other groups, what was shifted, files. */
export function MoreExactly({
  lang,
  answer,
  source,
  onGroup,
}: {
  lang: Lang;
  answer: StandingAnswer;
  source: StandingSource;
  onGroup: (key: string) => void;
}) {
  const text = WORDS[lang];
  const { shown, label, participations, alternatives } = answer.group;
  const hasVerdict = answer.dimensions.some(({ verdict }) => verdict !== null);
  const option = (group: { key: string; label: string; participations: number }) => ({
    value: group.key,
    label: text.choice(upperFirst(group.label), wholeNumber(group.participations, lang)),
  });
  return (
    <Disclosure summary={text.summary}>
      <Figures lang={lang} answer={answer} />
      {answer.state === 'compared' ? <p>{hasVerdict ? text.verdicts : text.noVerdict}</p> : null}
      {answer.notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      {shown !== null && label !== null && participations !== null ? (
        <Select
          id="group"
          label={text.group}
          hint={text.protection}
          value={shown}
          onChange={onGroup}
          options={[{ key: shown, label, participations }, ...alternatives].map(option)}
        />
      ) : null}
      <p>
        {answer.conductedOn ? text.day(longDate(answer.conductedOn, lang)) : null}{' '}
        {answer.nextReleaseOn ? text.next(nextReleaseWords(answer.nextReleaseOn, localDay(new Date()), lang)) : null}{' '}
        <a href={pathTo('method', lang)}>{text.method}</a>
      </p>
      <Downloads lang={lang} source={source} view="standing" group={shown ?? undefined} />
    </Disclosure>
  );
}

/** The figures of the picture, a row for each dimension, and what the picture leaves out. */
function Figures({ lang, answer }: { lang: Lang; answer: StandingAnswer }) {
  const text = WORDS[lang];
  const half = (cuts: StandingAnswer['dimensions'][number]['cuts']) => {
    const [low, high] = [250, 750].map((at) => cuts?.find(({ permille }) => permille === at)?.value);
    return low === undefined || high === undefined ? '–' : text.fromTo(low, high);
  };
  return (
    <Table
      caption={text.caption}
      columns={[text.dimension, text.score, text.middle, text.half, text.zone, text.furtherThan]}
      rows={answer.dimensions.map(({ title, score, maturity, cuts, zone, range, verdict }) => [
        title,
        score === null ? '–' : `${score} (${maturity})`,
        cuts?.find(({ permille }) => permille === 500)?.value ?? '–',
        half(cuts),
        zone ? text.fromTo(zone.from, zone.to) : '–',
        range && verdict !== null ? rangeWords(range, lang) : '–',
      ])}
    />
  );
}

const WORDS = words({
  de: {
    summary: 'Genauer',
    caption: 'Ihr Ergebnis in Punkten',
    dimension: 'Bereich',
    score: 'Ihr Wert',
    middle: 'Mitte der Gruppe',
    half: 'Mittlere Hälfte',
    zone: 'Kein Unterschied zur Mitte erkennbar',
    furtherThan: 'Weiter als (Anteil der Gruppe, zu 95\u00a0% sicher)',
    fromTo: (from: number, to: number) => `${from} bis ${to}`,
    verdicts:
      '„Vor der Mitte“ steht da, wenn diese Spanne ganz über 50\u00a0% liegt, „im oberen Viertel“ ab 75\u00a0%; für „hinter der Mitte“ und „im unteren Viertel“ gilt dasselbe nach unten. Sonst ist kein Unterschied zur Mitte zu erkennen.',
    noVerdict:
      'In einer so kleinen Gruppe erklären Zufall und Verschiebung auch große Abstände. Deshalb steht hier kein Urteil.',
    group: 'Vergleichsgruppe',
    choice: (label: string, n: string) => `${label} (rund ${n})`,
    protection: 'Was nicht zur Wahl steht, ist zum Schutz nicht veröffentlicht.',
    day: (date: string) => `Ihr Check ist vom ${date}.`,
    next: (from: string) => `Nächste Ausgabe: ${from}.`,
    method: 'Wie gerechnet wird',
  },
  en: {
    summary: 'More exactly',
    caption: 'Your result in points',
    dimension: 'Area',
    score: 'Your score',
    middle: 'Middle of the group',
    half: 'Middle half',
    zone: 'No difference to the middle can be told',
    furtherThan: 'Further along than (share of the group, 95% sure)',
    fromTo: (from: number, to: number) => `${from} to ${to}`,
    verdicts:
      '“Ahead of the middle” is said where this range lies wholly above 50%, “in the upper quarter” from 75% on; “behind the middle” and “in the lower quarter” likewise below. Otherwise no difference to the middle can be told.',
    noVerdict:
      'In a group this small, chance and the random shift explain large distances too. Therefore there is no verdict here.',
    group: 'Group compared with',
    choice: (label: string, n: string) => `${label} (around ${n})`,
    protection: 'What cannot be chosen is not published, to protect participants.',
    day: (date: string) => `Your check is of ${date}.`,
    next: (from) => `Next release: ${from}.`,
    method: 'How it is computed',
  },
});
