import { setKey } from '#contracts/group-set';
import type { GroupSet, Instrument } from '#contracts/instrument';
import type { Policy } from '#contracts/policy';
import type { Manifest } from '#contracts/release';
import type { Lang } from '#contracts/text';
import { groupLabel } from '#views/group-label';
import { marksSentence } from '#views/release-words';
import { longDate, NO_VERDICT_WORDS, VERDICT_WORDS } from '#views/standing-words';
import { Disclosure } from '../components/disclosure.tsx';
import { List } from '../components/list.tsx';
import { LongText, type Sections } from '../components/long-text.tsx';
import { Page } from '../components/page.tsx';
import { Table } from '../components/table.tsx';
import { pathsOf, pathTo } from '../site-map.ts';
import { words } from '../words.ts';

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
  const { lang, manifest } = props;
  const { title, lead, inForce, noRelease } = WORDS[lang];
  return (
    <Page lang={lang} title={title} lead={lead} paths={pathsOf('method')}>
      <p>{manifest ? `${inForce(manifest)} ${marksSentence(manifest.marks, lang)}` : noRelease}</p>
      <LongText of={SECTIONS} given={props} />
    </Page>
  );
}

/** The words for the points: from and to of each band. */
function bandsOf({ maturityBands }: Instrument, lang: Lang, to: string): string[][] {
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
function leftOutOf(
  { instrument, manifest, lang }: MethodPageProps,
  count: (organisations: string, incomplete: number, underReview: number) => string,
): string {
  return manifest!.leftOut
    .map(({ unitType, incomplete, underReview }) =>
      count(groupLabel(instrument, { unitType, where: {} }, lang), incomplete, underReview),
    )
    .join('; ');
}

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

/** Which range gives which verdict. `meaning` from the highest verdict to the lowest, and where there is none. */
function Verdicts({
  lang,
  caption,
  columns,
  meaning,
}: { lang: Lang; caption: string } & Record<'columns' | 'meaning', string[]>) {
  const verdicts = ['upper-quarter', 'ahead', 'near', 'behind', 'lower-quarter'] as const;
  const names = [...verdicts.map((verdict) => VERDICT_WORDS[verdict][lang]), NO_VERDICT_WORDS[lang]];
  return <Table caption={caption} columns={columns} rows={names.map((name, place) => [name, meaning[place]])} />;
}

/** From how many participations on which percentiles are published. */
function Ladder({ lang, caption, ladder }: { lang: Lang; caption: string; ladder: Policy['cutLadder'] }) {
  const { organisations, percentiles, from } = WORDS[lang];
  return (
    <Table
      caption={caption}
      columns={[organisations, percentiles]}
      rows={ladder.map(({ fromN, permilles }) => [from(fromN), permilles.map((permille) => permille / 10).join(', ')])}
    />
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
    organisations: 'Organisationen',
    percentiles: 'Gezeigte Perzentile (50 ist die Mitte)',
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
    organisations: 'Organisations',
    percentiles: 'Percentiles shown (50 is the middle)',
    file: 'Method report of this release',
    data: 'Data to check the calculations',
    questions: 'All questions',
  },
});

const SECTIONS: Sections<MethodPageProps> = {
  scores: {
    de: ({ instrument }) => [
      'Wie aus Antworten Punkte werden',
      `Der Check stellt ${instrument.items.length} Fragen aus ${instrument.dimensions.length} Bereichen. Zu jeder gehören fünf Beschreibungen, Stufe 0 bis 4: was man in der Organisation sehen würde.`,
      'Die Punkte eines Bereichs sind der Durchschnitt der gewählten Stufen mal 25, gerundet auf ganze Punkte von 0 bis 100. „Trifft nicht zu“ zählt nicht mit. „Weiß nicht“ gilt als offen: Mindestens drei Fragen und vier Fünftel der zutreffenden müssen beantwortet sein, sonst gibt es für den Bereich keinen Wert. Der Gesamtwert ist der Durchschnitt der Bereiche; er steht nie ohne den niedrigsten Bereich daneben.',
      `Eine einzige Antwort, die eine Stufe höher liegt, hebt einen Bereich um ${pointsOfOneLevel(instrument)} Punkte. Genauer sind die Werte nicht; ein Unterschied von ${pointsOfOneLevel(instrument)} Punkten bedeutet nichts.`,
      <Table
        key="bands"
        caption="Die Worte zu den Punkten"
        columns={['Wort', 'Punkte']}
        rows={bandsOf(instrument, 'de', 'bis')}
      />,
      'Ein Check ist eine Selbstauskunft. Zwei Menschen aus demselben Haus antworten selten ganz gleich; deshalb lohnt es sich, ihn gemeinsam auszufüllen.',
    ],
    en: ({ instrument }) => [
      'How answers become points',
      `The check asks ${instrument.items.length} questions in ${instrument.dimensions.length} areas. Each has five descriptions, levels 0 to 4, of what you would see in the organisation.`,
      'The points of an area are the mean of the chosen levels times 25, rounded to whole points from 0 to 100. “Does not apply” is left out. “Don’t know” counts as open: at least three questions, and four fifths of those that apply, must be answered, otherwise the area has no score. The overall score is the mean of the areas; it never stands without the lowest area beside it.',
      `A single answer one level higher raises an area by ${pointsOfOneLevel(instrument)} points. The scores are no more exact than that; a difference of ${pointsOfOneLevel(instrument)} points means nothing.`,
      <Table
        key="bands"
        caption="The words for the points"
        columns={['Word', 'Points']}
        rows={bandsOf(instrument, 'en', 'to')}
      />,
      'A check is a self-report. Two people in the same organisation seldom give quite the same answers, so it pays to fill it in together.',
    ],
  },
  who: {
    de: (props) => [
      'Wer zählt',
      `Jede Organisation zählt einmal, mit ihrem letzten vollständigen Check aus den ${props.instrument.windowMonths} Monaten bis zum Stichtag. Vollständig heißt: ein Wert in jedem Bereich. Wer seinen Rückkehr-Code verloren hat und neu teilnimmt, zählt doppelt, bis der frühere Check nicht mehr zählt.`,
      'Einrichtungen und Träger arbeiten unter verschiedenen Bedingungen und stehen nie in derselben Gruppe.',
      `Eine Einsendung zählt erst nach einer Prüfung durch den Betreiber, wenn sie achtlos oder erfunden aussieht: dieselbe Stufe in allen Antworten (ab ${props.policy.quality.straightLineFromItems}), weniger als ${props.policy.quality.minSecondsPerItem} Sekunden je Frage oder fast gleiche Antworten von ${props.policy.quality.duplicateCluster} und mehr Organisationen. Das gilt auch mit einem Code, den viele kennen; nicht bei Codes für eine einzige Organisation und bei Stellen, denen der Betreiber vertraut.`,
      props.manifest &&
        `Nicht gezählt sind in dieser Veröffentlichung (zum Schutz zufällig verschoben, auf Fünfer abgerundet): ${leftOutOf(props, (organisations, incomplete, underReview) => `${organisations}: rund ${incomplete} unvollständig, rund ${underReview} in Prüfung oder ausgeschlossen`)}.`,
      'Die Teilnahme ist freiwillig. Die Werte beschreiben die Teilnehmenden, nicht alle Organisationen; wer digital wenig unternimmt, nimmt womöglich seltener teil.',
    ],
    en: (props) => [
      'Who counts',
      `Every organisation counts once, with its last complete check of the ${props.instrument.windowMonths} months up to the cut-off date. Complete means a score in every area. An organisation that has lost its return code and takes part anew counts twice until the earlier check no longer counts.`,
      'Facilities and providers work under different conditions and are never in the same group.',
      `A submission counts only after a review by the operator if it looks careless or invented: the same level in all answers (from ${props.policy.quality.straightLineFromItems} answers), fewer than ${props.policy.quality.minSecondsPerItem} seconds a question, or almost the same answers from ${props.policy.quality.duplicateCluster} or more organisations. This also holds for a code that many know, but not for codes given to a single organisation or for sources that the operator trusts.`,
      props.manifest &&
        `Not counted in this release (shifted at random for protection, rounded down to fives): ${leftOutOf(props, (organisations, incomplete, underReview) => `${organisations}: around ${incomplete} incomplete, around ${underReview} under review or excluded`)}.`,
      'Taking part is voluntary. The figures describe those who took part, not all organisations; those that do little digitally may take part less often.',
    ],
  },
  groups: {
    de: ({ instrument, lang }) => [
      'Mit wem verglichen wird',
      'Handlungsfelder und Größen lassen sich zu größeren Gruppen zusammenfassen. Gezeigt wird zunächst die erste dieser Gruppen, die genügend Teilnahmen zählt:',
      <FallbackOrder key="order" instrument={instrument} lang={lang} />,
      'Zählt keine genug, ist es die größte davon, die veröffentlicht ist. Auswählen können Sie jede veröffentlichte Gruppe, zu der Sie gehören. Der Katalog ist absichtlich kurz: Jede weitere Gruppe verriete ein wenig mehr über die, die in ihr sind.',
    ],
    en: ({ instrument, lang }) => [
      'Who you are compared with',
      'Fields of work and sizes can be combined into larger groups. The group shown first is the first of these with enough participations:',
      <FallbackOrder key="order" instrument={instrument} lang={lang} />,
      'If none has enough, it is the largest of them that is published. You can choose any published group you belong to. The catalogue is short on purpose: every further group would reveal a little more about those in it.',
    ],
  },
  standing: {
    de: ({ policy }) => [
      'Wie Ihr Standort bestimmt wird',
      'Verglichen wird Ihr Wert mit den veröffentlichten Werten der Gruppe. Daraus entsteht eine Spanne: weiter als so viele Prozent der Gruppe, zu 95 Prozent sicher. Was bei so vielen Teilnahmen Zufall sein kann und was die Verschiebung verdeckt, ist darin eingerechnet. Das Urteil folgt aus dieser einen Spanne:',
      <Verdicts
        key="verdicts"
        lang="de"
        caption="Die Urteile"
        columns={['Urteil', 'Wann']}
        meaning={[
          'Die ganze Spanne liegt bei 75 Prozent oder darüber.',
          'Die ganze Spanne liegt über 50 Prozent.',
          'Die Spanne schließt 50 Prozent ein: Ein Unterschied zur Mitte ist nicht zu erkennen.',
          'Die ganze Spanne liegt unter 50 Prozent.',
          'Die ganze Spanne liegt bei 25 Prozent oder darunter.',
          `Die Gruppe zählt weniger als ${policy.verdictFromN} Teilnahmen. Daneben steht in einer Zeile das Urteil in der nächstgrößeren Gruppe, soweit sie veröffentlicht ist.`,
        ]}
      />,
      'Das Bild zeigt den Bereich aller Werte, für die dieselbe Regel „ungefähr in der Mitte“ sagt. Ihr Punkt liegt genau dann darin, wenn es auch in Worten so heißt. Daneben steht, ab welchem Wert ein Unterschied zu erkennen wäre.',
      'Auch echte Unterschiede bleiben unerkannt, wenn die Gruppe klein ist: Wer 15 Punkte von der Mitte entfernt liegt, erfährt das bei 50 Teilnahmen in etwa vier von zehn Fällen, bei 60 bis 100 in sieben, ab 150 fast immer.',
      'Es heißt „weiter als“, nie „besser als“. Digitalisierung ist kein Selbstzweck, und ein hoher Wert ist keine Aussage über die Qualität der Arbeit.',
    ],
    en: ({ policy }) => [
      'How your standing is determined',
      'Your score is compared with the published figures of the group. The result is a range: further along than so many per cent of the group, with 95 per cent confidence. It allows for what may be chance with so many participations, and for what the random shift hides. The verdict follows from this one range:',
      <Verdicts
        key="verdicts"
        lang="en"
        caption="The verdicts"
        columns={['Verdict', 'When']}
        meaning={[
          'The whole range lies at or above 75 per cent.',
          'The whole range lies above 50 per cent.',
          'The range includes 50 per cent: no difference from the middle can be told.',
          'The whole range lies below 50 per cent.',
          'The whole range lies at or below 25 per cent.',
          `The group has fewer than ${policy.verdictFromN} participations. The verdict in the next larger group stands beside it in one line, if that group is published.`,
        ]}
      />,
      'The picture shows the zone of all scores for which the same rule says “about in the middle”. Your point lies inside it exactly when the words say so. Beside it stands the score from which a difference could be told.',
      'Real differences can also go unseen if the group is small: an organisation 15 points from the middle is told so in about four of ten cases with 50 participations, in seven with 60 to 100, and almost always from 150 on.',
      'We say “further along than”, never “better than”. Going digital is no end in itself, and a high score says nothing about the quality of the work.',
    ],
  },
  change: {
    de: () => [
      'Wie Veränderung gemessen wird',
      'Ein Verlauf zeigt die Mitte einer Gruppe von Stichtag zu Stichtag. Weil jedes Mal andere teilnehmen und die Werte jedes Mal neu verschoben werden, muss ein Unterschied keine Entwicklung sein.',
      'Wie sich dieselben Organisationen verändert haben, sagen allein die, die zweimal vollständig teilgenommen haben, im Abstand von mindestens sechs Monaten: letzter Wert weniger erster Wert. Diese Veränderung wird wie eine eigene Gruppe geschützt. Über die, die nicht wiedergekommen sind, sagt sie nichts.',
      'Wer weit unten lag, steigt oft schon durch Zufall, und wer weit oben lag, fällt oft (Rückkehr zur Mitte). Eine Veränderung ist deshalb noch keine Wirkung von irgendetwas.',
    ],
    en: () => [
      'How change is measured',
      'The picture over time shows the middle of a group from one cut-off date to the next. Since different organisations take part each time, and the figures are shifted anew each time, a difference need not be a development.',
      'How the same organisations changed can be told only from those that took part twice, completely and at least six months apart: last score less first score. This change is protected like a group of its own. It says nothing about those that did not return.',
      'Those far down often rise by chance alone, and those far up often fall (regression to the mean). A change is therefore not yet an effect of anything.',
    ],
  },
  protection: {
    de: ({ policy }) => [
      'Wie einzelne Organisationen geschützt werden',
      'Aus den Werten kleiner Gruppen könnte man sonst auf einzelne Organisationen schließen. Deshalb wird jeder Gruppenwert vor der Veröffentlichung einmal zufällig nach oben oder unten verschoben; nach demselben Grundsatz wurde der Zensus 2022 geschützt. Der Schlüssel, der dafür gewürfelt wird, liegt nur im Arbeitsspeicher und ist danach weg: Niemand kann die Verschiebung wieder herausrechnen, auch der Betreiber nicht. Diese Regeln sind fest eingebaut und lassen sich nur strenger stellen:',
      [
        `Eine Gruppe wird ab ${policy.minParticipations} Teilnahmen gezeigt; für alle gilt dieselbe Grenze.`,
        `Liegt eine Gruppe in einer anderen, werden beide nur gezeigt, wenn sie sich um mindestens ${policy.minNestedDifference} unterscheiden; die größere geht vor.`,
        `Wer für viele einsendet, füllt keine öffentliche Gruppe allein: Ohne die größte Quelle bleiben mindestens ${policy.minIndependent} Teilnahmen. Ausgenommen sind Einspielungen durch den Betreiber.`,
        'Jeder Wert, der von Antworten abhängt, wird so verschoben, ohne Ausnahme. In großen Gruppen macht das wenig aus, in kleinen mehr; wie weit, steht bei jeder Gruppe. Ihr eigener Wert wird nie verschoben.',
        `Einzelne Fragen gibt es ab ${policy.itemsFromN} Teilnahmen, nur von Gruppen mit höchstens einem Merkmal. Anteile erscheinen auf den Seiten in Schritten von 5 Prozent; 0 Prozent heißt nicht „niemand“.`,
        `Die Zahl der Teilnahmen erscheint abgerundet auf ein Vielfaches von ${policy.participationsRoundedTo}. Minimum, Maximum, Mittelwert und genaue Zahlen erscheinen nie.`,
        `Ein Check zählt in höchstens ${policy.releasesPerParticipation} Veröffentlichungen. ${policy.minDaysBetweenReleases === 0 ? 'In diesem Probebetrieb ist der Abstand zweier Stichtage frei.' : `Zwischen zwei Stichtagen liegen mindestens ${policy.minDaysBetweenReleases} Tage.`} Nichts wird von einer Veröffentlichung in die nächste übertragen.`,
      ],
      <Ladder key="levels" lang="de" caption="Wie fein die Verteilung gezeigt wird" ladder={policy.cutLadder} />,
      <Ladder
        key="changes"
        lang="de"
        caption="Wie fein gezeigt wird, was sich zwischen zwei Checks verändert hat"
        ladder={policy.changeCutLadder}
      />,
      'Weil jeder Wert für sich verschoben wird, ergeben Teile zusammen nicht genau das Ganze.',
      'Vor jeder Veröffentlichung rechnet ein zweites, unabhängig geschriebenes Programm alles nach. Findet es eine einzige Abweichung, erscheint nichts.',
    ],
    en: ({ policy }) => [
      'How individual organisations are protected',
      'From the figures of small groups one could otherwise infer individual organisations. Every figure of a group is therefore shifted up or down once, at random, before it is published; the German census of 2022 was protected on the same principle. The key drawn for this is only ever held in memory and is gone afterwards: nobody can undo the shift, not even the operator. These rules are built in and can only be made stricter:',
      [
        `A group is shown from ${policy.minParticipations} participations; the limit is the same for everybody.`,
        `Where one group lies within another, both are shown only if they differ by at least ${policy.minNestedDifference}; the larger takes precedence.`,
        `Nobody who submits for many can fill a public group alone: without the largest source, at least ${policy.minIndependent} must be left. Imports by the operator are exempt.`,
        'Every figure that depends on answers is shifted in this way, without exception. In large groups that makes little difference, in small ones more; how far is stated with every group. Your own score is never shifted.',
        `Single questions are shown from ${policy.itemsFromN} participations, and only for groups with at most one attribute. Pages show shares in steps of 5 per cent; 0 per cent does not mean nobody.`,
        `The number of participations is rounded down to a multiple of ${policy.participationsRoundedTo}. Minimum, maximum, mean and exact counts never appear.`,
        `A check counts in at most ${policy.releasesPerParticipation} releases. ${policy.minDaysBetweenReleases === 0 ? 'In this trial, cut-off dates may be any distance apart.' : `Cut-off dates lie at least ${policy.minDaysBetweenReleases} days apart.`} Nothing is carried over from one release to the next.`,
      ],
      <Ladder key="levels" lang="en" caption="How finely the distribution is shown" ladder={policy.cutLadder} />,
      <Ladder
        key="changes"
        lang="en"
        caption="How finely change between two checks is shown"
        ladder={policy.changeCutLadder}
      />,
      'Since every figure is shifted by itself, parts do not add up exactly to the whole.',
      'Before every release a second, independently written program recalculates everything. If it finds a single deviation, nothing is published.',
    ],
  },
  claims: {
    de: ({ policy }) => [
      'Was man behaupten darf',
      <h3 key="assured">Zugesichert</h3>,
      [
        `Jeder veröffentlichte Wert fasst mindestens ${policy.minParticipations} Organisationen zusammen.`,
        'Jeder Wert für sich sagt fast dasselbe, was immer eine einzelne Organisation geantwortet hat; wie sehr „fast“, ist bewiesen und steht im Methodenbericht.',
        'Was die stärksten bekannten Angriffe auf alle Werte zusammen gewinnen, ist gemessen und steht dort in einer Tabelle.',
        'Ein abgesendeter Check ändert bis zur nächsten Veröffentlichung keinen öffentlichen Wert.',
        'Name, E-Mail-Adresse, IP-Adresse und Browserkennung werden nicht gespeichert.',
      ],
      <h3 key="not-assured">Nicht zugesichert</h3>,
      [
        'Anonymität im strengen Sinn: Die gespeicherten Antworten sind pseudonym. Wer sie lesen könnte, könnte eine kleine Organisation an ihren Angaben womöglich erkennen.',
        'Dass verborgen bleibt, wer teilgenommen hat: Wer von allen anderen einer Gruppe weiß, ob sie dabei sind, kann es für die letzte aus der Zahl der Teilnahmen schließen. Eine Liste gibt es nirgends.',
        'Dass die Garantie für einen einzelnen Wert für alle Werte zusammen gilt: Mehrere Werte verraten zusammen mehr als einer.',
        'Dass die Werte für alle Organisationen stehen.',
        'Dass ein höherer Wert bessere Arbeit bedeutet.',
      ],
    ],
    en: ({ policy }) => [
      'What may be claimed',
      <h3 key="assured">Assured</h3>,
      [
        `Every published figure summarises at least ${policy.minParticipations} organisations.`,
        'Every figure by itself says almost the same, whatever any one organisation answered; how close “almost” is has been proved and is stated in the method report.',
        'What the strongest known attacks on all figures together can gain has been measured and is listed there.',
        'Submitting a check changes no public figure before the next release.',
        'Names, e-mail addresses, IP addresses and browser identification are not stored.',
      ],
      <h3 key="not-assured">Not assured</h3>,
      [
        'Anonymity in the strict sense: the stored answers are pseudonymous. Anyone who could read them might recognise a small organisation by its details.',
        'That nobody can tell who took part: anyone who knows of all other members of a group whether they took part can infer it for the last one from the number of participations. There is no list anywhere.',
        'That the guarantee for a single figure holds for all figures together: several figures reveal more than one.',
        'That the figures stand for all organisations.',
        'That a higher score means better work.',
      ],
    ],
  },
  exact: {
    de: ({ instrument, policy, manifest }) => [
      'Genauer',
      <Disclosure key="exact" summary="Statistische Verfahren">
        <List
          items={[
            `Perzentile: Exponentialmechanismus der Differential Privacy, Epsilon ${policy.epsilon.cut.toLocaleString('de')}, auf dem Raster von ${instrument.scoreStep} Punkten.`,
            `Zahlen und Anteile: zweiseitig geometrische Verschiebung, Epsilon ${policy.epsilon.count.toLocaleString('de')}; die Anteile ab jeder Stufe werden danach monoton gemacht.`,
            'Dieselbe Menge von Organisationen erhält immer denselben Wert, unter welchem Namen auch immer (Cell-Key-Verfahren).',
            `Spanne eines eigenen Werts: Wilson, 95 Prozent, und die Verschiebung (Konstante ${policy.rangeConstant.toLocaleString('de')}), quadratisch addiert.`,
            'Intervalle von Mitten: Ränge um 50 Prozent, abgelesen auf Geraden zwischen veröffentlichten Werten, nichts jenseits der äußersten.',
            'Unterschiede: MOVER (Newcombe 1998; Zou und Donner 2008).',
          ]}
        />
      </Disclosure>,
      <FurtherReading key="further" lang="de" manifest={manifest} />,
    ],
    en: ({ instrument, policy, manifest }) => [
      'In more detail',
      <Disclosure key="exact" summary="Statistical methods">
        <List
          items={[
            `Percentiles: the exponential mechanism of differential privacy, epsilon ${policy.epsilon.cut.toLocaleString('en')}, on a grid of ${instrument.scoreStep} points.`,
            `Counts and shares: two-sided geometric noise, epsilon ${policy.epsilon.count.toLocaleString('en')}; the shares from each level on are made monotone afterwards.`,
            'The same set of organisations always has the same figure, under whatever name (cell-key method).',
            `Range of an own score: Wilson, 95 per cent, and the noise (constant ${policy.rangeConstant.toLocaleString('en')}), added in quadrature.`,
            'Intervals of middles: ranks around 50 per cent, read off straight lines between published figures, nothing beyond the outermost.',
            'Differences: MOVER (Newcombe 1998; Zou and Donner 2008).',
          ]}
        />
      </Disclosure>,
      <FurtherReading key="further" lang="en" manifest={manifest} />,
    ],
  },
};
