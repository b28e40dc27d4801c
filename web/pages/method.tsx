import type { Instrument } from '#contracts/instrument';
import type { ShownCount } from '#contracts/participation';
import type { Policy } from '#contracts/policy';
import type { Lang } from '#contracts/text';
import { longDate, VERDICT_WORDS } from '#views/standing-words';
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
    groups: number;
    published: number;
    /** Submissions left out of it for review; undefined in releases from before there was one. */
    heldBack: ShownCount | undefined;
  } | null;
  /** From so many participations on a position is told in percent. */
  numbersFrom: number;
}

/** `/de/methode`: definitions, protection and limits in plain words, with the numbers that are in force. */
export function MethodPage({ lang, instrument, policy, inForce, numbersFrom }: MethodPageProps) {
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
        {inForce ? text.inForce(longDate(inForce.cutoffOn, lang), inForce.published, inForce.groups) : text.noRelease}
      </p>

      <LongText
        lang={lang}
        contents={(['scores', 'who', 'standing', 'change', 'protection', 'claims', 'exact'] as const).map((id) => ({
          id,
          title: text[id].title,
        }))}
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
        <p>{text.who.counts(instrument.panelMonths)}</p>
        <p>{text.who.panels}</p>
        {policy.quality ? <p>{text.who.review(policy.quality, inForce?.heldBack)}</p> : null}
        <p>{text.who.selection}</p>

        <h2 id="standing">{text.standing.title}</h2>
        <p>{text.standing.lead}</p>
        <Table
          caption={text.standing.caption}
          columns={[text.standing.verdict, text.standing.when]}
          rows={(['ahead', 'near', 'behind', 'indistinct'] as const).map((verdict) => [
            VERDICT_WORDS[verdict][lang],
            text.standing.meaning[verdict],
          ])}
        />
        <p>{text.standing.words(numbersFrom)}</p>
        <p>{text.standing.further}</p>

        <h2 id="change">{text.change.title}</h2>
        <p>{text.change.releases}</p>
        <p>{text.change.matched}</p>

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
          rows={policy.cutLadder.map(({ fromN, stepPermille }) => [
            text.protection.from(fromN),
            text.protection.cuts(stepPermille),
          ])}
        />
        <p>{text.protection.audit}</p>

        <h2 id="claims">{text.claims.title}</h2>
        <h3>{text.claims.mayTitle}</h3>
        <ul>
          {text.claims.may(policy.k).map((claim) => (
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
            {text.exact.list.map((entry) => (
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

type Quality = NonNullable<Policy['quality']>;

/** From so many participations on a step of shares covers `minSlice` organisations, so that it is no wider than the policy's. */
const finestSharesFrom = ({ minSlice, shareRoundedTo }: Policy): number => Math.ceil((100 * minSlice) / shareRoundedTo);

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
      counts: (months: number) =>
        `Jede Organisation zählt einmal, mit ihrem letzten vollständigen Check aus den ${months} Monaten bis zum Stichtag. Vollständig heißt: ein Wert in jedem Bereich. Wer seinen Rückkehr-Code verloren hat und neu teilnimmt, zählt so lange doppelt, bis der frühere Check aus diesem Zeitraum fällt; danach wird gefragt, und der Anteil steht in den Daten.`,
      panels: 'Einrichtungen und Träger arbeiten unter verschiedenen Bedingungen und stehen nie in derselben Gruppe.',
      review: (quality: Quality, heldBack: ShownCount | undefined) =>
        `Eine offene Einsendung zählt erst nach einer Prüfung durch den Betreiber, wenn sie achtlos oder erfunden aussieht: dieselbe Stufe in allen Antworten (ab ${quality.straightLineFromItems}), weniger als ${quality.minSecondsPerItem} Sekunden je Frage, oder fast gleiche Antworten von ${quality.duplicateCluster} und mehr Organisationen.${heldBack ? ` Aus dieser Veröffentlichung ${heldBack.state === 'counted' ? `sind mindestens ${heldBack.atLeast}` : 'sind weniger als 10'} deshalb herausgelassen.` : ''}`,
      selection:
        'Wer teilnimmt, hat sich selbst dazu entschieden. Die Werte beschreiben die Teilnehmenden, nicht den ganzen Sektor; wer digital wenig unternimmt, nimmt womöglich seltener teil.',
    },
    standing: {
      title: 'Wie Ihr Standort bestimmt wird',
      lead: 'Verglichen wird Ihr Wert mit den veröffentlichten Werten der Gruppe. Daraus entsteht eine Spanne, in der Sie liegen, erweitert um das, was bei so vielen Teilnahmen Zufall sein kann (95-Prozent-Intervall nach Wilson). Das Urteil folgt aus diesem Intervall:',
      caption: 'Die vier Urteile',
      verdict: 'Urteil',
      when: 'Wann',
      meaning: {
        ahead: 'Das ganze Intervall liegt über der Mitte der Gruppe.',
        near: 'Das ganze Intervall liegt in der mittleren Hälfte.',
        behind: 'Das ganze Intervall liegt unter der Mitte.',
        indistinct: 'In allen anderen Fällen. In kleinen Gruppen ist das die Regel, und es ist eine wahre Aussage.',
      },
      words: (n: number) =>
        `Gezeigt wird zuerst die engste Gruppe mit mindestens ${n} Teilnahmen, sonst die größte. Unter ${n} Teilnahmen steht die Lage in Worten statt in Prozenten. Die Prozente verstehen sich so, als wären die Teilnehmenden zufällig ausgewählt.`,
      further:
        'Es heißt „weiter als“, nie „besser als“. Digitalisierung ist kein Selbstzweck, und ein hoher Wert ist keine Aussage über die Qualität der Arbeit.',
    },
    change: {
      title: 'Wie Veränderung gemessen wird',
      releases:
        'Ein Verlauf zeigt die Mitte einer Gruppe von Veröffentlichung zu Veröffentlichung, und nur solche mit neuen Werten. Weil jedes Mal andere teilnehmen, muss ein Unterschied keine Entwicklung derselben Organisationen sein.',
      matched:
        'Wie sich dieselben Organisationen bewegt haben, sagen allein die, die zweimal vollständig teilgenommen haben, im Abstand von mindestens sechs Monaten: letzter Wert weniger erster Wert. Diese Veränderung wird wie eine eigene Gruppe geschützt. Über die, die nicht wiedergekommen sind, sagt sie nichts.',
    },
    protection: {
      title: 'Wie einzelne Organisationen geschützt werden',
      lead: 'Ein Wert erscheint nur, wenn er auch zusammen mit allen anderen, in dieser und in jeder früheren Veröffentlichung, nicht auf wenige Organisationen zurückgerechnet werden kann. Diese Regeln sind fest eingebaut und lassen sich nur strenger stellen:',
      rules: (policy: Policy) => [
        `Eine Gruppe braucht mindestens ${policy.k} Teilnahmen. Wurden nicht wenigstens ${policy.k} davon eingeladen (mit dem Code eines Verbands oder über eine Stelle, der der Betreiber vertraut), braucht sie ${policy.minOpenParticipations}. So ergeben ein paar erfundene Häuser um ein echtes herum noch keine Gruppe.`,
        `Wer für viele einsendet, füllt keine öffentliche Gruppe allein: Ohne die größte Quelle bleiben mindestens ${policy.k} Teilnahmen. Ausgenommen sind Quellen, denen der Betreiber vertraut.`,
        `Die Zahl der Teilnahmen erscheint abgerundet auf ein Vielfaches von ${policy.participationsRoundedTo}, Anteile gerundet in Schritten von ${policy.shareRoundedTo} Prozent, unter ${finestSharesFrom(policy)} Teilnahmen in gröberen. Stehen auf einer Seite weniger als ${policy.minSlice}, heißt es „fast keine“ oder „fast alle“.`,
        `Haben mehr als ${policy.homogeneityPercent} Prozent einer Gruppe denselben Wert oder fallen alle gezeigten Werte zusammen, bleibt der Bereich unveröffentlicht: Er wäre die Antwort von fast allen.`,
        `Zwei veröffentlichte Gruppen unterscheiden sich um niemanden oder um mindestens ${policy.k} Organisationen. Was übrig bleibt, wenn man Teile vom Ganzen abzieht, ebenso.`,
        `Zwischen zwei Stichtagen liegen ${policy.minDaysBetweenReleases === 0 ? 'in dieser Beispielinstallation beliebig viele' : `mindestens ${policy.minDaysBetweenReleases}`} Tage, und eine Gruppe erhält nur dann neue Werte, wenn mindestens ${policy.k} Organisationen hinzugekommen oder gegangen sind oder neu geantwortet haben. Sonst behält sie die alten, mit deren Datum.`,
        `Minimum, Maximum, Mittelwert und genaue Zahlen erscheinen nie. Wie Antworten zusammenhängen, sagen nur zwei grobe Kennzahlen in den Daten, Zuverlässigkeit und Korrelation der Bereiche: ab ${policy.coefficientsFromN} Teilnahmen und in Schritten von 0,1.`,
      ],
      ladder: 'Wie fein die Verteilung gezeigt wird',
      participations: 'Teilnahmen',
      shown: 'Gezeigt wird',
      from: (n: number) => `ab ${n}`,
      cuts: (step: number) =>
        step === 500
          ? 'die Mitte'
          : step === 250
            ? 'die Viertel'
            : step === 125
              ? 'die Achtel'
              : `ein Wert je ${step / 10} Prozent`,
      audit:
        'Vor jeder Veröffentlichung versucht ein zweites, unabhängig geschriebenes Programm, den Schutz zu brechen. Gelingt es an einer einzigen Stelle, erscheint nichts.',
    },
    claims: {
      title: 'Was man behaupten darf',
      mayTitle: 'Zugesichert',
      may: (k: number) => [
        `Jeder veröffentlichte Wert fasst mindestens ${k} Teilnahmen zusammen.`,
        `Keine Verbindung veröffentlichter Gruppen und Veröffentlichungen grenzt eine oder zwei Organisationen ein (bewiesen), und keine weniger als ${k}, soweit eine systematische Suche reicht.`,
        'Ein abgesendeter Check ändert bis zur nächsten Veröffentlichung keinen öffentlichen Wert.',
        'Name, E-Mail-Adresse, IP-Adresse und Browserkennung werden nicht gespeichert.',
      ],
      mayNotTitle: 'Nicht zugesichert',
      mayNot: [
        'Anonymität im strengen Sinn: Die gespeicherten Antworten sind pseudonym. Wer sie lesen könnte, könnte eine kleine Organisation an ihren Angaben womöglich erkennen.',
        'Schutz vor jemandem, der in großer Zahl Organisationen erfindet, oder vor Mitgliedern, die ihr Wissen zusammenlegen.',
        'Dass die Werte für den ganzen Sektor stehen.',
        'Dass ein höherer Wert bessere Arbeit bedeutet.',
      ],
    },
    exact: {
      title: 'Genauer',
      summary: 'Statistische Verfahren',
      list: [
        'Perzentile: Hyndman und Fan, Typ 7, wie in R und NumPy; auf ganze Punkte gerundet.',
        'Intervalle von Anteilen: Wilson, 95 Prozent.',
        'Intervalle von Perzentilen: Ordnungsstatistik, nach außen auf veröffentlichte Werte gerundet.',
        'Zuverlässigkeit: McDonalds Omega; Korrelation: Spearman.',
        'Schutz gegen Zurückrechnen: Rang der Mitgliedschaftsmatrix über alle je veröffentlichten Gruppen, dazu eine Suche nach Verbindungen kleinen Gewichts.',
      ],
      file: 'Methodenbericht der geltenden Veröffentlichung',
      data: 'Daten zum Nachrechnen',
      questions: 'Alle Fragen',
    },
  },
  en: {
    title: 'Method',
    lead: 'What the figures mean, how single organisations are protected, and what cannot be read from them.',
    inForce: (cutoff: string, published: number, groups: number) =>
      `Everything on this page holds for the release with the cut-off date ${cutoff}. It shows ${published} of the ${groups} groups of the catalogue.`,
    noRelease: 'Nothing is published yet; this is how the first release will be made.',
    scores: {
      title: 'How answers become points',
      answer: (items: number, dimensions: number) =>
        `The check asks ${items} questions in ${dimensions} areas. Each has five descriptions, levels 0 to 4: what one would see in the organisation.`,
      points:
        'The points of an area are the mean of the chosen levels times 25, rounded to whole points from 0 to 100. “Does not apply” does not count. “Don’t know” counts as open: at least three questions and four fifths of those that apply must be answered, else the area has no score. The overall score is the mean of the areas; it never stands without the lowest area beside it.',
      resolution: (points: number) =>
        `One single answer that is one level higher lifts an area by ${points} points. The figures are no more precise than that: read nothing into differences of ${points} points.`,
      bands: 'The words for the points',
      word: 'Word',
      range: 'Points',
      fromTo: (from: number, to: number) => `${from} to ${to}`,
      selfReport:
        'A check is a self-report. Two people of the same house rarely answer alike, which is why it is worth filling it in together.',
    },
    who: {
      title: 'Who counts',
      counts: (months: number) =>
        `Every organisation counts once, with its last complete check from the ${months} months up to the cut-off date. Complete means: a score in every area. Who lost the return code and takes part anew counts twice until the former check drops out of that time; we ask for this, and the share is in the data.`,
      panels: 'Facilities and providers work under different conditions and never share a group.',
      review: (quality: Quality, heldBack: ShownCount | undefined) =>
        `An open submission counts only after the operator has looked at it, if it looks careless or invented: the same level in all answers (from ${quality.straightLineFromItems} on), less than ${quality.minSecondsPerItem} seconds a question, or nearly the same answers from ${quality.duplicateCluster} or more organisations.${heldBack ? ` For this reason ${heldBack.state === 'counted' ? `at least ${heldBack.atLeast}` : 'fewer than 10'} are left out of this release.` : ''}`,
      selection:
        'Participants chose to take part. The figures describe the participants, not the whole sector; those who do little digitally may be less likely to take part.',
    },
    standing: {
      title: 'How your standing is found',
      lead: 'Your score is compared with the published figures of the group. They give a band in which you lie, widened by what may be chance with so many participations (95% interval after Wilson). The verdict follows from this interval:',
      caption: 'The four verdicts',
      verdict: 'Verdict',
      when: 'When',
      meaning: {
        ahead: 'The whole interval lies above the middle of the group.',
        near: 'The whole interval lies in the middle half.',
        behind: 'The whole interval lies below the middle.',
        indistinct: 'In all other cases. In small groups this is the rule, and it says something true.',
      },
      words: (n: number) =>
        `Shown first is the narrowest group of at least ${n} participations, else the largest. Below ${n} participations words carry the position instead of percentages. Percentages hold as if the participants were chosen at random.`,
      further:
        'It says “further along than”, never “better than”. Digitalisation is no end in itself, and a high score says nothing about the quality of the work.',
    },
    change: {
      title: 'How change is measured',
      releases:
        'Progress shows the middle of a group from release to release, and only those with new figures. Since others take part each time, a difference need not be a development of the same organisations.',
      matched:
        'How the same organisations moved is told by those alone that took part completely twice, at least six months apart: last score less first. This change is protected like a group of its own. It says nothing of those who did not return.',
    },
    protection: {
      title: 'How single organisations are protected',
      lead: 'A figure appears only if, even together with all others in this and every former release, it cannot be worked back to a few organisations. These rules are built in and can only be made stricter:',
      rules: (policy: Policy) => [
        `A group needs at least ${policy.k} participations. Unless at least ${policy.k} of them were invited (with an association’s code or through a source the operator trusts), it needs ${policy.minOpenParticipations}. So a few houses invented around a real one do not make a group.`,
        `Who sends for many does not fill a public group alone: without the largest source at least ${policy.k} participations are left. Sources that the operator trusts are exempt.`,
        `The number of participations is rounded down to a multiple of ${policy.participationsRoundedTo}, and shares to the nearest step of ${policy.shareRoundedTo} percent, of more below ${finestSharesFrom(policy)} participations. Where fewer than ${policy.minSlice} are on one side, it says “almost none” or “almost all”.`,
        `If more than ${policy.homogeneityPercent} percent of a group have the same score, or all figures shown would be equal, the area stays unpublished: it would be the answer of nearly everybody.`,
        `Two published groups differ by nobody or by at least ${policy.k} organisations. So does what is left when parts are taken from the whole.`,
        `Between two cut-off dates lie ${policy.minDaysBetweenReleases === 0 ? 'any number of' : `at least ${policy.minDaysBetweenReleases}`} days, and a group gets new figures only if at least ${policy.k} organisations joined, left or answered anew. Otherwise it keeps the former ones, with their date.`,
        `Minimum, maximum, mean and exact counts never appear. How answers hang together is told by two coarse coefficients in the data alone, reliability and correlation of the areas: from ${policy.coefficientsFromN} participations on and in steps of 0.1.`,
      ],
      ladder: 'How finely the distribution is shown',
      participations: 'Participations',
      shown: 'Shown are',
      from: (n: number) => `from ${n}`,
      cuts: (step: number) =>
        step === 500
          ? 'the middle'
          : step === 250
            ? 'the quarters'
            : step === 125
              ? 'the eighths'
              : `a figure for each ${step / 10} percent`,
      audit:
        'Before every release a second, independently written program tries to break the protection. If it succeeds in a single place, nothing appears.',
    },
    claims: {
      title: 'What may be claimed',
      mayTitle: 'Assured',
      may: (k: number) => [
        `Every published figure summarises at least ${k} participations.`,
        `No combination of published groups and releases isolates one or two organisations (proved), and none isolates fewer than ${k}, as far as a systematic search finds.`,
        'Sending a check changes no public figure before the next release.',
        'Names, e-mail addresses, IP addresses and browser identification are not stored.',
      ],
      mayNotTitle: 'Not assured',
      mayNot: [
        'Anonymity in the strict sense: the stored answers are pseudonymous. Whoever could read them might recognise a small organisation by what it stated.',
        'Protection against somebody who invents organisations in number, or against members who pool what they know.',
        'That the figures stand for the whole sector.',
        'That a higher score means better work.',
      ],
    },
    exact: {
      title: 'More exactly',
      summary: 'Statistical methods',
      list: [
        'Percentiles: Hyndman and Fan, type 7, as in R and NumPy; rounded to whole points.',
        'Intervals of shares: Wilson, 95 percent.',
        'Intervals of percentiles: order statistics, moved outward to published figures.',
        'Reliability: McDonald’s omega; correlation: Spearman’s.',
        'Protection against working back: rank of the membership matrix over all groups ever published, and a search for combinations of low weight.',
      ],
      file: 'Method report of the release in force',
      data: 'Data to calculate again',
      questions: 'All questions',
    },
  },
});
