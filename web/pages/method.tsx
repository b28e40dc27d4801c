import { setKey } from '#contracts/group-set';
import type { GroupSet, Instrument } from '#contracts/instrument';
import type { Policy } from '#contracts/policy';
import type { Manifest } from '#contracts/release';
import type { Lang } from '#contracts/text';
import { groupLabel } from '#views/group-label';
import { marksSentence } from '#views/release-words';
import { longDate, NO_VERDICT_WORDS, VERDICT_WORDS } from '#views/standing-words';
import { Page } from '../components/page.tsx';
import { WrittenText } from '../components/written-text.tsx';
import { pathsOf, pathTo } from '../site-map.ts';
import { words } from '../words.ts';
import texts from './method.json' with { type: 'json' };

export interface MethodPageProps {
  lang: Lang;
  instrument: Instrument;
  /** Of the release in force; before the first, the one it will be made under. */
  policy: Policy;
  /** Of the release in force; null before the first. */
  manifest: Manifest | null;
}

/** `/de/methode`: definitions, protection and limits in plain words, with the numbers that are in force. */
export function MethodPage(props: MethodPageProps) {
  const { lang, instrument, policy, manifest } = props;
  const { title, lead, inForce, noRelease, distance, to, from } = WORDS[lang];
  /** From how many participations on which percentiles are published. */
  const ladder = (steps: Policy['cutLadder']) =>
    steps.map(({ fromN, permilles }) => [from(fromN), permilles.map((permille) => permille / 10).join(', ')]);
  return (
    <Page lang={lang} title={title} lead={lead} paths={pathsOf('method')}>
      <p>{manifest ? `${inForce(manifest)} ${marksSentence(manifest.marks, lang)}` : noRelease}</p>
      <WrittenText
        lang={lang}
        of={texts}
        given={{
          ...props,
          oneLevel: pointsOfOneLevel(instrument),
          leftOut: manifest && leftOutOf(instrument, manifest, lang),
          distance: distance(policy.minDaysBetweenReleases),
          bands: bandsOf(instrument, to, lang),
          verdicts: { ...wordsOf(VERDICT_WORDS, lang), none: NO_VERDICT_WORDS[lang] },
          levels: ladder(policy.cutLadder),
          changes: ladder(policy.changeCutLadder),
        }}
        parts={{
          order: <FallbackOrder instrument={instrument} lang={lang} />,
          further: <FurtherReading lang={lang} manifest={manifest} />,
        }}
      />
    </Page>
  );
}

/** The words for the points: from and to of each band. */
function bandsOf({ maturityBands }: Instrument, to: string, lang: Lang): string[][] {
  return maturityBands.map(({ from, label }, index) => [
    label[lang],
    `${from} ${to} ${(maturityBands[index + 1]?.from ?? 101) - 1}`,
  ]);
}

/** So many points are one answer that is one level higher, in the dimension with the fewest items. */
function pointsOfOneLevel({ dimensions, items }: Instrument): number {
  const counts = dimensions.map(({ id }) => items.filter(({ dimension }) => dimension === id).length);
  return Math.round(100 / (4 * Math.min(...counts)));
}

/** Who is in no figure of the release, of each unit type. */
function leftOutOf(instrument: Instrument, { leftOut }: Manifest, lang: Lang): string {
  return leftOut
    .map(({ unitType, incomplete, underReview }) =>
      WORDS[lang].leftOut(groupLabel(instrument, { unitType, where: {} }, lang), incomplete, underReview),
    )
    .join('; ');
}

const wordsOf = (table: Record<string, Record<Lang, string>>, lang: Lang) =>
  Object.fromEntries(Object.entries(table).map(([id, text]) => [id, text[lang]]));

/** The kinds of groups in the order in which they are tried: "Handlungsfeld und Größe, zusammengefasst: ab 50". */
function FallbackOrder({ instrument, lang }: { instrument: Instrument; lang: Lang }) {
  const { all, rolledUp, and, from } = WORDS[lang];
  const setWords = (set: GroupSet) =>
    set
      .map(({ attribute, level }) => {
        const title = instrument.profile.find(({ id }) => id === attribute)!.title[lang];
        return level === 0 ? title : `${title}${rolledUp}`;
      })
      .join(and) || all;
  return (
    <ol>
      {instrument.fallbackOrder.map(({ set, fromN }) => (
        <li key={setKey(set)}>{`${setWords(set)}: ${from(fromN)}`}</li>
      ))}
    </ol>
  );
}

function FurtherReading({ lang, manifest }: Pick<MethodPageProps, 'lang' | 'manifest'>) {
  const { file, data, questions } = WORDS[lang];
  return (
    <p>
      {manifest ? (
        <>
          <a href={`/v1/releases/${manifest.releaseId}/files/method.md`}>{file}</a> ·{' '}
        </>
      ) : null}
      <a href={pathTo('data', lang)}>{data}</a> · <a href={pathTo('questionnaire', lang)}>{questions}</a>
    </p>
  );
}

const publishedIn = ({ cells }: Manifest) => cells.filter(({ state }) => state === 'published').length;

const WORDS = words({
  de: {
    title: 'Methode',
    lead: 'Was die Zahlen bedeuten, wie einzelne Organisationen geschützt werden und was sich aus den Werten nicht ablesen lässt.',
    inForce: (manifest: Manifest) =>
      `Alle Angaben auf dieser Seite gelten für die Veröffentlichung zum Stichtag ${longDate(manifest.cutoffOn, 'de')}. Von ${manifest.cells.length} Gruppen des Katalogs sind darin ${publishedIn(manifest)} zu sehen.`,
    noRelease: 'Noch ist nichts veröffentlicht; so wird die erste Veröffentlichung entstehen.',
    all: 'alle der eigenen Ebene',
    rolledUp: ', zusammengefasst',
    and: ' und ',
    from: (n: number) => `ab ${n}`,
    to: 'bis',
    leftOut: (organisations: string, incomplete: number, underReview: number) =>
      `${organisations}: rund ${incomplete} unvollständig, rund ${underReview} in Prüfung oder ausgeschlossen`,
    distance: (days: number) =>
      days === 0
        ? 'In diesem Probebetrieb ist der Abstand zweier Stichtage frei.'
        : `Zwischen zwei Stichtagen liegen mindestens ${days} Tage.`,
    file: 'Methodenbericht dieser Veröffentlichung',
    data: 'Daten zum Nachrechnen',
    questions: 'Alle Fragen',
  },
  en: {
    title: 'Method',
    lead: 'What the figures mean, how individual organisations are protected, and what the figures cannot tell you.',
    inForce: (manifest) =>
      `Everything on this page applies to the release with the cut-off date ${longDate(manifest.cutoffOn, 'en')}. It shows ${publishedIn(manifest)} of the ${manifest.cells.length} groups in the catalogue.`,
    noRelease: 'Nothing has been published yet; this is how the first release will be made.',
    all: 'all at your own level',
    rolledUp: ', combined',
    and: ' and ',
    from: (n) => `${n} or more`,
    to: 'to',
    leftOut: (organisations, incomplete, underReview) =>
      `${organisations}: around ${incomplete} incomplete, around ${underReview} under review or excluded`,
    distance: (days) =>
      days === 0
        ? 'In this trial, cut-off dates may be any distance apart.'
        : `Cut-off dates lie at least ${days} days apart.`,
    file: 'Method report of this release',
    data: 'Data to check the calculations',
    questions: 'All questions',
  },
});
