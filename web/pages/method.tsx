import { setKey } from '#contracts/group-set';
import type { GroupSet, Instrument } from '#contracts/instrument';
import type { Policy } from '#contracts/policy';
import type { LeftOut, Marks } from '#contracts/release';
import type { Lang } from '#contracts/text';
import { groupLabel } from '#views/group-label';
import { marksSentence } from '#views/release-words';
import { longDate, NO_VERDICT_WORDS, VERDICT_WORDS } from '#views/standing-words';
import { Disclosure } from '../components/disclosure.tsx';
import { LongText } from '../components/long-text.tsx';
import { Page } from '../components/page.tsx';
import { Table } from '../components/table.tsx';
import { pathsOf, pathTo } from '../site-map.ts';
import { words } from '../words.ts';

export interface MethodPageProps {
  lang: Lang;
  instrument: Instrument;
  /** Of the release in force; before the first, the one it will be made under. */
  policy: Policy;
  inForce: {
    releaseId: string;
    cutoffOn: string;
    marks: Marks;
    groups: number;
    published: number;
    /** Perturbed, in fives: who is in no figure, of each panel value. */
    leftOut: LeftOut[];
  } | null;
}

/** `/de/methode`: definitions, protection and limits in plain words, with the numbers that are in force. */
export function MethodPage({ lang, instrument, policy, inForce }: MethodPageProps) {
  const text = WORDS[lang];
  const itemsPerDimension = instrument.dimensions.map(
    ({ id }) => instrument.items.filter(({ dimension }) => dimension === id).length,
  );
  const fewest = Math.min(...itemsPerDimension);
  return (
    <Page lang={lang} title={text.title} description={text.lead} paths={pathsOf('method')}>
      <h1>{text.title}</h1>
      <p class="lead">{text.lead}</p>
      <p>
        {inForce
          ? `${text.inForce(longDate(inForce.cutoffOn, lang), inForce.published, inForce.groups)} ${marksSentence(inForce.marks, lang)}`
          : text.noRelease}
      </p>

      <LongText
        lang={lang}
        contents={(['scores', 'who', 'groups', 'standing', 'change', 'protection', 'claims', 'exact'] as const).map(
          (id) => ({ id, title: text[id].title }),
        )}
      >
        <h2 id="scores">{text.scores.title}</h2>
        <p>{text.scores.answer(instrument.items.length, instrument.dimensions.length)}</p>
        <p>{text.scores.points}</p>
        <p>{text.scores.resolution(Math.round(100 / (4 * fewest)))}</p>
        <Table
          caption={text.scores.bands}
          columns={[text.scores.word, text.scores.range]}
          rows={instrument.maturityBands.map(({ from, label }, index) => [
            label[lang],
            text.scores.fromTo(from, (instrument.maturityBands[index + 1]?.from ?? 101) - 1),
          ])}
        />
        <p>{text.scores.selfReport}</p>

        <h2 id="who">{text.who.title}</h2>
        <p>{text.who.counts(instrument.panelMonths, policy.releasesPerParticipation)}</p>
        <p>{text.who.panels}</p>
        <p>{text.who.review(policy.quality)}</p>
        {inForce ? (
          <p>
            {text.who.leftOut}{' '}
            {inForce.leftOut
              .map(({ panel, incomplete, underReview }) =>
                text.who.leftOutOf(groupLabel(instrument, { panel, where: {} }, lang), incomplete, underReview),
              )
              .join('; ')}
            .
          </p>
        ) : null}
        <p>{text.who.selection}</p>

        <h2 id="groups">{text.groups.title}</h2>
        <p>{text.groups.lead}</p>
        <ol>
          {instrument.fallbackOrder.map(({ set, fromN }) => (
            <li key={setKey(set)}>{text.groups.from(setWords(instrument, set, lang), fromN)}</li>
          ))}
        </ol>
        <p>{text.groups.rest}</p>

        <h2 id="standing">{text.standing.title}</h2>
        <p>{text.standing.lead}</p>
        <Table
          caption={text.standing.caption}
          columns={[text.standing.verdict, text.standing.when]}
          rows={[
            ...(['upper-quarter', 'ahead', 'near', 'behind', 'lower-quarter'] as const).map((verdict) => [
              VERDICT_WORDS[verdict][lang],
              text.standing.meaning[verdict],
            ]),
            [NO_VERDICT_WORDS[lang], text.standing.none(policy.verdictFromN)],
          ]}
        />
        <p>{text.standing.zone}</p>
        <p>{text.standing.power}</p>
        <p>{text.standing.further}</p>

        <h2 id="change">{text.change.title}</h2>
        <p>{text.change.releases}</p>
        <p>{text.change.matched}</p>
        <p>{text.change.regression}</p>

        <h2 id="protection">{text.protection.title}</h2>
        <p>{text.protection.lead}</p>
        <ul>
          {text.protection.rules(policy).map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
        <Table
          caption={text.protection.ladder}
          columns={[text.protection.participations, text.protection.shown]}
          rows={policy.cutLadder.map(({ fromN, permilles }) => [
            text.protection.from(fromN),
            text.protection.cuts(permilles),
          ])}
        />
        <Table
          caption={text.protection.changeLadder}
          columns={[text.protection.matched, text.protection.shown]}
          rows={policy.changeCutLadder.map(({ fromN, permilles }) => [
            text.protection.from(fromN),
            text.protection.cuts(permilles),
          ])}
        />
        <p>{text.protection.noWhole}</p>
        <p>{text.protection.audit}</p>

        <h2 id="claims">{text.claims.title}</h2>
        <h3>{text.claims.mayTitle}</h3>
        <ul>
          {text.claims.may(policy.minParticipations).map((claim) => (
            <li key={claim}>{claim}</li>
          ))}
        </ul>
        <h3>{text.claims.mayNotTitle}</h3>
        <ul>
          {text.claims.mayNot.map((claim) => (
            <li key={claim}>{claim}</li>
          ))}
        </ul>

        <h2 id="exact">{text.exact.title}</h2>
        <Disclosure summary={text.exact.summary}>
          <ul>
            {text.exact.list(policy).map((entry) => (
              <li key={entry}>{entry}</li>
            ))}
          </ul>
        </Disclosure>
        <p>
          {inForce ? (
            <>
              <a href={`/v1/releases/${inForce.releaseId}/files/method.md`}>{text.exact.file}</a> ·{' '}
            </>
          ) : null}
          <a href={pathTo('data', lang)}>{text.exact.data}</a> ·{' '}
          <a href={pathTo('questionnaire', lang)}>{text.exact.questions}</a>
        </p>
      </LongText>
    </Page>
  );
}

/** What a kind of group is narrowed by: "Handlungsfeld und Größe (zusammengefasst)". */
function setWords({ profile }: Instrument, set: GroupSet, lang: Lang): string {
  const text = WORDS[lang];
  if (set.length === 0) return text.groups.all;
  return set
    .map(({ attribute, level }) => {
      const title = profile.find(({ id }) => id === attribute)!.title[lang];
      return level === 0 ? title : text.groups.rolledUp(title);
    })
    .join(text.groups.and);
}

/** Whether the permilles are every so many per cent, all of them. */
function isEvery(percent: number, permilles: readonly number[]): boolean {
  return permilles.length === 100 / percent - 1 && permilles.every((p, place) => p === (place + 1) * percent * 10);
}
const TENTHS_AND_QUARTERS = [100, 200, 250, 300, 400, 500, 600, 700, 750, 800, 900].join();

/** Which of the usual divisions a list of permilles is; null: none of them. */
function divisionOf(permilles: readonly number[]): 'middle' | 'quarters' | 'tenths' | 'twentieths' | null {
  if (permilles.join() === '500') return 'middle';
  if (isEvery(25, permilles)) return 'quarters';
  if (permilles.join() === TENTHS_AND_QUARTERS) return 'tenths';
  return isEvery(5, permilles) ? 'twentieths' : null;
}

const listOf = (permilles: readonly number[]) => permilles.map((permille) => permille / 10).join(', ');

const WORDS = words({
  de: {
    title: 'Methode',
    lead: 'Was die Zahlen bedeuten, wie einzelne Organisationen geschützt werden und was sich aus den Werten nicht ablesen lässt.',
    inForce: (cutoff: string, published: number, groups: number) =>
      `Alle Angaben auf dieser Seite gelten für die Veröffentlichung zum Stichtag ${cutoff}. Von ${groups} Gruppen des Katalogs sind darin ${published} zu sehen.`,
    noRelease: 'Noch ist nichts veröffentlicht; so wird die erste Veröffentlichung entstehen.',
    scores: {
      title: 'Wie aus Antworten Punkte werden',
      answer: (items: number, dimensions: number) =>
        `Der Check stellt ${items} Fragen aus ${dimensions} Bereichen. Zu jeder gehören fünf Beschreibungen, Stufe 0 bis 4: was man in der Organisation sehen würde.`,
      points:
        'Die Punkte eines Bereichs sind der Durchschnitt der gewählten Stufen mal 25, gerundet auf ganze Punkte von 0 bis 100. „Trifft nicht zu“ zählt nicht mit. „Weiß nicht“ gilt als offen: Mindestens drei Fragen und vier Fünftel der zutreffenden müssen beantwortet sein, sonst gibt es für den Bereich keinen Wert. Der Gesamtwert ist der Durchschnitt der Bereiche; er steht nie ohne den niedrigsten Bereich daneben.',
      resolution: (points: number) =>
        `Eine einzige Antwort, die eine Stufe höher liegt, hebt einen Bereich um ${points} Punkte. Genauer sind die Werte nicht: Lesen Sie in Unterschiede von ${points} Punkten nichts hinein.`,
      bands: 'Die Worte zu den Punkten',
      word: 'Wort',
      range: 'Punkte',
      fromTo: (from: number, to: number) => `${from} bis ${to}`,
      selfReport:
        'Ein Check ist eine Selbstauskunft. Zwei Menschen aus demselben Haus antworten selten ganz gleich; deshalb lohnt es sich, ihn gemeinsam auszufüllen.',
    },
    who: {
      title: 'Wer zählt',
      counts: (months: number, releases: number) =>
        `Jede Organisation zählt einmal, mit ihrem letzten vollständigen Check aus den ${months} Monaten bis zum Stichtag. Vollständig heißt: ein Wert in jedem Bereich. Ein Check zählt in höchstens ${releases === 2 ? 'zwei' : releases} Veröffentlichungen. Wer seinen Rückkehr-Code verloren hat und neu teilnimmt, zählt doppelt, bis der frühere Check nicht mehr zählt.`,
      panels: 'Einrichtungen und Träger arbeiten unter verschiedenen Bedingungen und stehen nie in derselben Gruppe.',
      review: (quality: Policy['quality']) =>
        `Eine Einsendung zählt erst nach einer Prüfung durch den Betreiber, wenn sie achtlos oder erfunden aussieht: dieselbe Stufe in allen Antworten (ab ${quality.straightLineFromItems}), weniger als ${quality.minSecondsPerItem} Sekunden je Frage, oder fast gleiche Antworten von ${quality.duplicateCluster} und mehr Organisationen. Das gilt auch mit einem Code, den viele kennen; nicht bei Codes für eine einzige Organisation und bei Stellen, denen der Betreiber vertraut.`,
      leftOut: 'Nicht gezählt sind in dieser Veröffentlichung (zum Schutz verschoben, auf Fünfer abgerundet):',
      leftOutOf: (organisations: string, incomplete: number, underReview: number) =>
        `${organisations}: rund ${incomplete} unvollständig, rund ${underReview} in Prüfung oder ausgeschlossen`,
      selection:
        'Wer teilnimmt, hat sich selbst dazu entschieden. Die Werte beschreiben die Teilnehmenden, nicht den ganzen Sektor; wer digital wenig unternimmt, nimmt womöglich seltener teil.',
    },
    groups: {
      title: 'Mit wem verglichen wird',
      lead: 'Handlungsfelder und Größen lassen sich zu weiteren Gruppen zusammenfassen. Gezeigt wird zuerst die erste dieser Gruppen, die genügend Teilnahmen zählt:',
      all: 'alle der eigenen Ebene',
      rolledUp: (title: string) => `${title}, zusammengefasst`,
      and: ' und ',
      from: (set: string, fromN: number) => `${set}: ab ${fromN}`,
      rest: 'Zählt keine genug, ist es die größte davon, die veröffentlicht ist. Auswählen können Sie jede veröffentlichte Gruppe, zu der Sie gehören. Der Katalog ist absichtlich kurz: Jede weitere Gruppe verriete ein wenig mehr über die, die in ihr sind.',
    },
    standing: {
      title: 'Wie Ihr Standort bestimmt wird',
      lead: 'Verglichen wird Ihr Wert mit den veröffentlichten Werten der Gruppe. Daraus entsteht eine Spanne: weiter als so viele Prozent der Gruppe, zu 95 Prozent sicher. Was bei so vielen Teilnahmen Zufall sein kann und was die Verschiebung verdeckt, ist darin eingerechnet. Das Urteil folgt aus dieser einen Spanne:',
      caption: 'Die Urteile',
      verdict: 'Urteil',
      when: 'Wann',
      meaning: {
        'upper-quarter': 'Die ganze Spanne liegt bei 75 Prozent oder darüber.',
        ahead: 'Die ganze Spanne liegt über 50 Prozent.',
        near: 'Die Spanne schließt 50 Prozent ein: Ein Unterschied zur Mitte ist nicht zu erkennen.',
        behind: 'Die ganze Spanne liegt unter 50 Prozent.',
        'lower-quarter': 'Die ganze Spanne liegt bei 25 Prozent oder darunter.',
      },
      none: (n: number) =>
        `Unter ${n} Teilnahmen gibt es kein Urteil. Daneben steht in einer Zeile das der nächstgrößeren Gruppe, soweit sie veröffentlicht ist.`,
      zone: 'Im Bild umfasst eine Klammer alle Werte, für die dieselbe Regel „ungefähr in der Mitte“ sagt. Ihr Zeiger steht genau dann darin, wenn es auch in Worten so heißt. Neben jedem „ungefähr in der Mitte“ steht, ab welchem Wert ein Unterschied zu erkennen wäre.',
      power:
        'Auch echte Unterschiede bleiben unerkannt, wenn die Gruppe klein ist: Wer 15 Punkte von der Mitte entfernt liegt, erfährt das bei 50 Teilnahmen in etwa vier von zehn Fällen, bei 60 bis 100 in sieben, ab 150 fast immer.',
      further:
        'Es heißt „weiter als“, nie „besser als“. Digitalisierung ist kein Selbstzweck, und ein hoher Wert ist keine Aussage über die Qualität der Arbeit.',
    },
    change: {
      title: 'Wie Veränderung gemessen wird',
      releases:
        'Ein Verlauf zeigt die Mitte einer Gruppe von Veröffentlichung zu Veröffentlichung. Weil jedes Mal andere teilnehmen und die Werte jedes Mal neu verschoben werden, muss ein Unterschied keine Entwicklung sein.',
      matched:
        'Wie sich dieselben Organisationen verändert haben, sagen allein die, die zweimal vollständig teilgenommen haben, im Abstand von mindestens sechs Monaten: letzter Wert weniger erster Wert. Diese Veränderung wird wie eine eigene Gruppe geschützt. Über die, die nicht wiedergekommen sind, sagt sie nichts.',
      regression:
        'Wer weit unten lag, steigt oft schon durch Zufall, und wer weit oben lag, fällt oft (Rückkehr zur Mitte). Eine Veränderung ist deshalb noch keine Wirkung von irgendetwas.',
    },
    protection: {
      title: 'Wie einzelne Organisationen geschützt werden',
      lead: 'Aus den Werten kleiner Gruppen könnte man sonst auf einzelne Organisationen schließen. Deshalb wird jeder Gruppenwert vor der Veröffentlichung einmal zufällig nach oben oder unten verschoben, nach demselben Grundsatz, nach dem der Zensus 2022 geschützt wurde. Der Schlüssel, der dafür gewürfelt wird, liegt nur im Arbeitsspeicher und ist danach weg: Niemand kann die Verschiebung wieder herausrechnen, auch der Betreiber nicht. Diese Regeln sind fest eingebaut und lassen sich nur strenger stellen:',
      rules: (policy: Policy) => [
        `Eine Gruppe wird von ${policy.minParticipations} Teilnahmen an gezeigt; für alle gilt dieselbe Grenze.`,
        `Liegt eine Gruppe in einer anderen, werden beide nur gezeigt, wenn sie sich um mindestens ${policy.minNestedDifference} unterscheiden; die größere geht vor.`,
        `Wer für viele einsendet, füllt keine öffentliche Gruppe allein: Ohne die größte Quelle bleiben mindestens ${policy.minIndependent} Teilnahmen. Ausgenommen sind Einspielungen durch den Betreiber.`,
        'Jeder Wert, der von Antworten abhängt, wird so verschoben, ohne Ausnahme. In großen Gruppen bewegt das wenig, in kleinen mehr; wie weit, steht bei jeder Gruppe. Ihr eigener Wert wird nie verschoben.',
        `Einzelne Fragen gibt es ab ${policy.itemsFromN} Teilnahmen, nur von Gruppen mit höchstens einem Merkmal. Anteile erscheinen auf den Seiten in Schritten von 5 Prozent; 0 Prozent heißt nicht „niemand“.`,
        `Die Zahl der Teilnahmen erscheint abgerundet auf ein Vielfaches von ${policy.participationsRoundedTo}. Minimum, Maximum, Mittelwert und genaue Zahlen erscheinen nie.`,
        `Ein Check zählt in höchstens ${policy.releasesPerParticipation} Veröffentlichungen, und zwischen zwei Stichtagen liegen ${policy.minDaysBetweenReleases === 0 ? 'in diesem Probebetrieb beliebig viele' : `mindestens ${policy.minDaysBetweenReleases}`} Tage. Nichts wird von einer Veröffentlichung in die nächste übertragen.`,
      ],
      ladder: 'Wie fein die Verteilung gezeigt wird',
      changeLadder: 'Wie fein gezeigt wird, was sich zwischen zwei Checks verändert hat',
      participations: 'Teilnahmen',
      matched: 'Organisationen mit zwei Checks',
      shown: 'Gezeigt wird',
      from: (n: number) => `ab ${n}`,
      cuts: (permilles: readonly number[]) => {
        const division = divisionOf(permilles);
        return division === null
          ? `die Werte bei ${listOf(permilles)} Prozent`
          : {
              middle: 'die Mitte',
              quarters: 'die Viertel',
              tenths: 'die Zehntel und die Viertel',
              twentieths: 'ein Wert je 5 Prozent',
            }[division];
      },
      noWhole: 'Weil jeder Wert für sich verschoben wird, ergeben Teile zusammen nicht genau das Ganze.',
      audit:
        'Vor jeder Veröffentlichung rechnet ein zweites, unabhängig geschriebenes Programm alles nach. Findet es eine einzige Abweichung, erscheint nichts.',
    },
    claims: {
      title: 'Was man behaupten darf',
      mayTitle: 'Zugesichert',
      may: (minimum: number) => [
        `Jeder veröffentlichte Wert fasst mindestens ${minimum} Organisationen zusammen.`,
        'Jeder Wert für sich sagt fast dasselbe, was immer eine einzelne Organisation geantwortet hat; wie sehr „fast“, ist bewiesen und steht im Methodenbericht.',
        'Was die stärksten bekannten Angriffe auf alle Werte zusammen gewinnen, ist gemessen und steht dort in einer Tabelle.',
        'Ein abgesendeter Check ändert bis zur nächsten Veröffentlichung keinen öffentlichen Wert.',
        'Name, E-Mail-Adresse, IP-Adresse und Browserkennung werden nicht gespeichert.',
      ],
      mayNotTitle: 'Nicht zugesichert',
      mayNot: [
        'Anonymität im strengen Sinn: Die gespeicherten Antworten sind pseudonym. Wer sie lesen könnte, könnte eine kleine Organisation an ihren Angaben womöglich erkennen.',
        'Dass verborgen bleibt, wer teilgenommen hat: Wer von allen anderen einer Gruppe weiß, ob sie dabei sind, kann es für die letzte aus der Zahl der Teilnahmen schließen. Eine Liste gibt es nirgends.',
        'Dass die Garantie für einen einzelnen Wert für alle Werte zusammen gilt: Mehrere Werte verraten zusammen mehr als einer.',
        'Dass die Werte für den ganzen Sektor stehen.',
        'Dass ein höherer Wert bessere Arbeit bedeutet.',
      ],
    },
    exact: {
      title: 'Genauer',
      summary: 'Statistische Verfahren',
      list: ({ epsilon, rangeConstant }: Policy) => [
        `Perzentile: Exponentialmechanismus der Differential Privacy, Epsilon ${decimal(epsilon.cut, 'de')}, auf dem Raster von 5 Punkten.`,
        `Zahlen und Anteile: zweiseitig geometrische Verschiebung, Epsilon ${decimal(epsilon.count, 'de')}; die Anteile ab jeder Stufe werden danach monoton gemacht.`,
        'Dieselbe Menge von Organisationen erhält immer denselben Wert, unter welchem Namen auch immer (Cell-Key-Verfahren).',
        `Spanne eines eigenen Werts: Wilson, 95 Prozent, und die Verschiebung (Konstante ${decimal(rangeConstant, 'de')}), quadratisch addiert.`,
        'Intervalle von Mitten: Ränge um 50 Prozent, abgelesen auf Geraden zwischen veröffentlichten Werten, nichts jenseits der äußersten.',
        'Unterschiede: MOVER (Newcombe 1998; Zou und Donner 2008).',
      ],
      file: 'Methodenbericht der geltenden Veröffentlichung',
      data: 'Daten zum Nachrechnen',
      questions: 'Alle Fragen',
    },
  },
  en: {
    title: 'Method',
    lead: 'What the figures mean, how single organisations are protected, and what cannot be read from the figures.',
    inForce: (cutoff: string, published: number, groups: number) =>
      `All statements on this page hold for the release with the cut-off date ${cutoff}. It shows ${published} of the ${groups} groups of the catalogue.`,
    noRelease: 'Nothing is published yet; this is how the first release will be made.',
    scores: {
      title: 'How answers become points',
      answer: (items: number, dimensions: number) =>
        `The check asks ${items} questions in ${dimensions} areas. Each has five descriptions, levels 0 to 4: what one would see in the organisation.`,
      points:
        'The points of an area are the mean of the chosen levels times 25, rounded to whole points from 0 to 100. “Does not apply” is left out. “Don’t know” counts as open: at least three questions and four fifths of those that apply must be answered, else the area has no score. The overall score is the mean of the areas; it never stands without the lowest area beside it.',
      resolution: (points: number) =>
        `A single answer that is one level higher raises an area by ${points} points. The figures are no more exact than that: do not read anything into differences of ${points} points.`,
      bands: 'The words for the points',
      word: 'Word',
      range: 'Points',
      fromTo: (from: number, to: number) => `${from} to ${to}`,
      selfReport:
        'A check is a self-report. Two people of one house seldom answer quite alike; that is why it pays to fill it in together.',
    },
    who: {
      title: 'Who counts',
      counts: (months: number, releases: number) =>
        `Every organisation counts once, with its last complete check of the ${months} months up to the cut-off date. Complete means: a score in every area. A check counts in at most ${releases === 2 ? 'two' : releases} releases. Whoever lost the return code and takes part anew counts twice until the former check no longer counts.`,
      panels: 'Facilities and providers work under different conditions and never stand in one group.',
      review: (quality: Policy['quality']) =>
        `A submission counts only after a review by the operator if it looks careless or invented: the same level in all answers (from ${quality.straightLineFromItems} on), fewer than ${quality.minSecondsPerItem} seconds a question, or almost equal answers of ${quality.duplicateCluster} organisations and more. That holds with a code that many know, too; not with codes for a single organisation, nor for sources that the operator trusts.`,
      leftOut: 'Not counted in this release (moved for protection, rounded down to fives):',
      leftOutOf: (organisations: string, incomplete: number, underReview: number) =>
        `${organisations}: around ${incomplete} incomplete, around ${underReview} under review or excluded`,
      selection:
        'Participants chose to take part. The figures describe them and not the whole sector; those that do little digitally may take part less often.',
    },
    groups: {
      title: 'Whom you are compared with',
      lead: 'Fields of work and sizes roll up to wider groups. Shown first is the first of these groups with enough participations:',
      all: 'all of the own level',
      rolledUp: (title: string) => `${title}, rolled up`,
      and: ' and ',
      from: (set: string, fromN: number) => `${set}: from ${fromN} on`,
      rest: 'If none has enough, it is the largest of them that is published. You may choose every published group that you belong to. The catalogue is short on purpose: every further group would give away a little more of those that are in it.',
    },
    standing: {
      title: 'How your place is found',
      lead: 'Your score is compared with the published figures of the group. That gives a range: further along than so many per cent of the group, 95 per cent sure. What may be chance with so many participations, and what the moving hides, is included. The verdict follows from this one range:',
      caption: 'The verdicts',
      verdict: 'Verdict',
      when: 'When',
      meaning: {
        'upper-quarter': 'The whole range lies at 75 per cent or above.',
        ahead: 'The whole range lies above 50 per cent.',
        near: 'The range includes 50 per cent: no difference to the middle can be told.',
        behind: 'The whole range lies below 50 per cent.',
        'lower-quarter': 'The whole range lies at 25 per cent or below.',
      },
      none: (n: number) =>
        `Below ${n} participations there is no verdict. That of the next larger group stands beside it in one line, where it is published.`,
      zone: 'In the picture a bracket holds all scores for which the same rule says “about in the middle”. Your pointer stands inside it exactly when the words say so. Beside every “about in the middle” it says at which score a difference would show.',
      power:
        'Real differences stay unseen, too, where the group is small: who is 15 points from the middle is told so in about four of ten cases at 50 participations, in seven at 60 to 100, and almost always from 150 on.',
      further:
        'It says “further along than”, never “better than”. Digitalisation is no end in itself, and a high score says nothing about the quality of the work.',
    },
    change: {
      title: 'How change is measured',
      releases:
        'The way over time shows the middle of a group from release to release. Since others take part each time, and figures are moved anew each time, a difference need not be a development.',
      matched:
        'How the same organisations changed is told by those alone that took part completely twice, at least six months apart: last score less first. This change is protected like a group of its own. It says nothing of those who did not return.',
      regression:
        'Who was far down often rises by chance alone, and who was far up often falls (regression to the mean). A change is therefore not yet an effect of anything.',
    },
    protection: {
      title: 'How single organisations are protected',
      lead: 'From the figures of small groups one could otherwise infer single organisations. Therefore every figure of a group is moved up or down once, at random, before it is published, by the principle that protected the German census of 2022. The key drawn for it is held in memory alone and gone afterwards: nobody can take the moving off again, not even the operator. These rules are built in and can only be made stricter:',
      rules: (policy: Policy) => [
        `A group is shown from ${policy.minParticipations} participations on; the limit is the same for everybody.`,
        `Where one group lies within another, both are shown only if they differ by at least ${policy.minNestedDifference}; the larger goes first.`,
        `Who sends for many does not fill a public group alone: without the largest source at least ${policy.minIndependent} are left. Imports by the operator are exempt.`,
        'Every figure that depends on answers is moved so, without exception. In large groups that shifts little, in small ones more; how far is said with every group. Your own score is never moved.',
        `Single questions are shown from ${policy.itemsFromN} participations on, of groups with at most one attribute. Pages show shares in steps of 5 per cent; 0 per cent does not mean nobody.`,
        `The number of participations is rounded down to a multiple of ${policy.participationsRoundedTo}. Minimum, maximum, mean and exact counts never appear.`,
        `A check counts in at most ${policy.releasesPerParticipation} releases, and between two cut-off dates lie ${policy.minDaysBetweenReleases === 0 ? 'any number of' : `at least ${policy.minDaysBetweenReleases}`} days${policy.minDaysBetweenReleases === 0 ? ' in this trial' : ''}. Nothing is carried from one release into the next.`,
      ],
      ladder: 'How finely the distribution is shown',
      changeLadder: 'How finely change between two checks is shown',
      participations: 'Participations',
      matched: 'Organisations with two checks',
      shown: 'Shown are',
      from: (n: number) => `from ${n}`,
      cuts: (permilles: readonly number[]) => {
        const division = divisionOf(permilles);
        return division === null
          ? `the figures at ${listOf(permilles)} per cent`
          : {
              middle: 'the middle',
              quarters: 'the quarters',
              tenths: 'the tenths and the quarters',
              twentieths: 'a figure for each 5 per cent',
            }[division];
      },
      noWhole: 'Since every figure is moved by itself, parts do not add up to the whole exactly.',
      audit:
        'Before every release a second, independently written program calculates everything again. If it finds a single deviation, nothing appears.',
    },
    claims: {
      title: 'What may be claimed',
      mayTitle: 'Assured',
      may: (minimum: number) => [
        `Every published figure summarises at least ${minimum} organisations.`,
        'Every figure by itself says almost the same, whatever any one organisation answered; how much “almost” is, is proved and stands in the method report.',
        'What the strongest known attacks on all figures together gain is measured and stands there in a table.',
        'Sending a check changes no public figure before the next release.',
        'Names, e-mail addresses, IP addresses and browser identification are not stored.',
      ],
      mayNotTitle: 'Not assured',
      mayNot: [
        'Anonymity in the strict sense: the stored answers are pseudonymous. Whoever could read them might recognise a small organisation by what it stated.',
        'That it stays hidden who took part: who knows of all others in a group whether they are in it can infer it for the last one from the number of participations. There is no list anywhere.',
        'That the guarantee for a single figure holds for all figures together: several figures give away more than one.',
        'That the figures stand for the whole sector.',
        'That a higher score means better work.',
      ],
    },
    exact: {
      title: 'More exactly',
      summary: 'Statistical methods',
      list: ({ epsilon, rangeConstant }: Policy) => [
        `Percentiles: the exponential mechanism of differential privacy, epsilon ${decimal(epsilon.cut, 'en')}, on the grid of 5 points.`,
        `Counts and shares: two-sided geometric noise, epsilon ${decimal(epsilon.count, 'en')}; the shares from each level on are made monotone afterwards.`,
        'The same set of organisations always has the same figure, under whatever name (cell-key method).',
        `Range of an own score: Wilson, 95 per cent, and the moving (constant ${decimal(rangeConstant, 'en')}), in quadrature.`,
        'Intervals of middles: ranks around 50 per cent, read off straight lines between published figures, nothing beyond the outermost.',
        'Differences: MOVER (Newcombe 1998; Zou and Donner 2008).',
      ],
      file: 'Method report of the release in force',
      data: 'Data to calculate again',
      questions: 'All questions',
    },
  },
});

function decimal(value: number, lang: Lang): string {
  return value.toLocaleString(lang);
}
