import type { Instrument } from '#contracts/instrument';
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
  inForce: { releaseId: string; cutoffOn: string; groups: number; published: number } | null;
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
        contents={(['scores', 'who', 'standing', 'protection', 'claims', 'exact'] as const).map((id) => ({
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
        `Jede Organisation zählt einmal, mit ihrem letzten vollständigen Check aus den ${months} Monaten vor dem Stichtag. Vollständig heißt: ein Wert in jedem Bereich.`,
      panels: 'Einrichtungen und Träger arbeiten unter verschiedenen Bedingungen und stehen nie in derselben Gruppe.',
      selection:
        'Wer teilnimmt, hat sich selbst dazu entschieden. Die Werte beschreiben die Teilnehmenden, nicht den ganzen Sektor; wer digital wenig unternimmt, nimmt womöglich seltener teil.',
    },
    standing: {
      title: 'Wie Ihr Standort bestimmt wird',
      lead: 'Verglichen wird Ihr Wert mit den veröffentlichten Werten der Gruppe. Daraus entsteht ein Bereich, in dem Sie sicher liegen, erweitert um das, was bei so vielen Teilnahmen Zufall sein kann (95-Prozent-Intervall nach Wilson). Das Urteil folgt aus diesem Intervall:',
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
        `Unter ${n} Teilnahmen steht die Lage in Worten statt in Prozenten. Die Prozente verstehen sich so, als wären die Teilnehmenden zufällig ausgewählt.`,
      further:
        'Es heißt „weiter als“, nie „besser als“. Digitalisierung ist kein Selbstzweck, und ein hoher Wert ist keine Aussage über die Qualität der Arbeit.',
    },
    protection: {
      title: 'Wie einzelne Organisationen geschützt werden',
      lead: 'Ein Wert erscheint nur, wenn er auch zusammen mit allen anderen, in dieser und in jeder früheren Veröffentlichung, nicht auf wenige Organisationen zurückgerechnet werden kann. Diese Regeln sind fest eingebaut und lassen sich nur strenger stellen:',
      rules: (policy: Policy) => [
        `Eine Gruppe braucht mindestens ${policy.k} Teilnahmen. Kamen sie nicht auf Einladung eines Verbands, sind es mindestens ${policy.minOpenParticipations}, damit niemand eine Gruppe um ein einzelnes Haus herum erfinden kann.`,
        `Die Zahl der Teilnahmen erscheint abgerundet auf ein Vielfaches von ${policy.participationsRoundedTo}, Anteile in Schritten von mindestens ${policy.shareRoundedTo} Prozent. Stehen auf einer Seite weniger als ${policy.minSlice}, heißt es „fast keine“ oder „fast alle“.`,
        `Haben mehr als ${policy.homogeneityPercent} Prozent einer Gruppe denselben Wert, bleibt der Bereich unveröffentlicht: Er wäre die Antwort von fast allen.`,
        `Zwei veröffentlichte Gruppen unterscheiden sich um niemanden oder um mindestens ${policy.k} Organisationen. Was übrig bleibt, wenn man Teile vom Ganzen abzieht, ebenso.`,
        `Zwischen zwei Stichtagen liegen ${policy.minDaysBetweenReleases === 0 ? 'in dieser Beispielinstallation beliebig viele' : `mindestens ${policy.minDaysBetweenReleases}`} Tage, und eine Gruppe erhält nur dann neue Werte, wenn sich mindestens ${policy.k} Organisationen geändert haben. Sonst behält sie die alten, mit deren Datum.`,
        'Minimum, Maximum, Mittelwert, genaue Zahlen und Verbindungen zwischen Antworten erscheinen nie.',
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
              : `jeder Schritt von ${step / 10} Prozent`,
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
        `Every organisation counts once, with its last complete check from the ${months} months before the cut-off date. Complete means: a score in every area.`,
      panels: 'Facilities and providers work under different conditions and never share a group.',
      selection:
        'Participants chose to take part. The figures describe the participants, not the whole sector; those who do little digitally may be less likely to take part.',
    },
    standing: {
      title: 'How your standing is found',
      lead: 'Your score is compared with the published figures of the group. They give a band in which you certainly lie, widened by what may be chance with so many participations (95 % interval after Wilson). The verdict follows from this interval:',
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
        `Below ${n} participations words carry the position instead of percentages. Percentages hold as if the participants were chosen at random.`,
      further:
        'It says “further along than”, never “better than”. Digitalisation is no end in itself, and a high score says nothing about the quality of the work.',
    },
    protection: {
      title: 'How single organisations are protected',
      lead: 'A figure appears only if, even together with all others in this and every former release, it cannot be worked back to a few organisations. These rules are built in and can only be made stricter:',
      rules: (policy: Policy) => [
        `A group needs at least ${policy.k} participations. If they did not come by invitation of an association, it needs at least ${policy.minOpenParticipations}, so that nobody can invent a group around a single house.`,
        `The number of participations is rounded down to a multiple of ${policy.participationsRoundedTo}, shares to steps of at least ${policy.shareRoundedTo} percent. Where fewer than ${policy.minSlice} are on one side, it says “almost none” or “almost all”.`,
        `If more than ${policy.homogeneityPercent} percent of a group have the same score, the area stays unpublished: it would be the answer of nearly everybody.`,
        `Two published groups differ by nobody or by at least ${policy.k} organisations. So does what is left when parts are taken from the whole.`,
        `Between two cut-off dates lie ${policy.minDaysBetweenReleases === 0 ? 'any number of' : `at least ${policy.minDaysBetweenReleases}`} days, and a group gets new figures only if at least ${policy.k} organisations changed. Otherwise it keeps the former ones, with their date.`,
        'Minimum, maximum, mean, exact counts and answers joined with each other never appear.',
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
              : `steps of ${step / 10} percent`,
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
        'Protection against working back: rank of the membership matrix over all groups ever published, and a search for combinations of low weight.',
      ],
      file: 'Method report of the release in force',
      data: 'Data to calculate again',
      questions: 'All questions',
    },
  },
});
