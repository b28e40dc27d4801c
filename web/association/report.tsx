import type { Lang } from '#contracts/text';
import type { AssociationFigures, AssociationOverview, AssociationProgress } from '#contracts/answers/association';
import { cutoffSentence, marksSentence } from '#views/release-words';
import { longDate } from '#views/standing-words';
import { pathTo } from '../site-map.ts';
import { words } from '../words.ts';
import {
  Caveats,
  ComparisonTable,
  figuresSentences,
  type InstrumentWords,
  ItemsTable,
  ProgressTable,
  progressSentences,
  QuestionTables,
  Sentences,
} from './members-figures.tsx';
import { CampaignTable, campaignSentences } from './participation.tsx';

export interface AssociationReportProps {
  lang: Lang;
  overview: AssociationOverview;
  figures: AssociationFigures;
  progress: AssociationProgress;
  instrument: InstrumentWords;
  /** Pictures as data addresses; null while they are drawn. */
  pictures: { spread: string | null; status: string | null };
}

/** Four pages for the association's board, to be printed: result, comparison, single questions, change and method. */
export function AssociationReport({ lang, overview, figures, progress, instrument, pictures }: AssociationReportProps) {
  const text = WORDS[lang];
  return (
    <div class="report">
      <section class="report__page">
        <p class="eyebrow">{text.title}</p>
        <h2>{overview.name}</h2>
        <p class="lead">{figures.group.label}</p>
        <Mark lang={lang} figures={figures} />
        <p>{figures.state === 'published' ? cutoffSentence(figures.release.cutoffOn, lang) : text.nothing}</p>
        <h3>{text.participation}</h3>
        <CampaignTable lang={lang} overview={overview} />
        <h3>{text.inShort}</h3>
        <Sentences sentences={figuresSentences(figures)} />
      </section>
      <section class="report__page">
        <h2>{text.comparison}</h2>
        {pictures.spread ? <img src={pictures.spread} alt={figures.alternative} /> : null}
        <ComparisonTable lang={lang} figures={figures} />
        <p>{text.references}</p>
        <h3>{text.progressInShort}</h3>
        <Sentences sentences={progressSentences(progress, lang)} />
      </section>
      <section class="report__page">
        <h2>{text.questions}</h2>
        <ItemsTable lang={lang} figures={figures} instrument={instrument} />
        <QuestionTables lang={lang} figures={figures} instrument={instrument} />
      </section>
      <section class="report__page">
        <h2>{text.change}</h2>
        <ProgressTable lang={lang} progress={progress} />
        <h3>{text.status}</h3>
        {pictures.status ? <img src={pictures.status} alt={text.statusAlt} /> : null}
        <h3>{text.method}</h3>
        <Caveats notes={[...new Set([...figures.notes, ...progress.notes])]} />
        <p class="quiet">{text.source(figures.release.releaseId, longDate(figures.release.cutoffOn, lang))}</p>
      </section>
    </div>
  );
}

/** On every sheet of invented figures that they are invented. */
function Mark({ lang, figures }: { lang: Lang; figures: AssociationFigures }) {
  const words = marksSentence(figures.release.marks, lang);
  return words === '' ? null : (
    <p>
      <strong>{words}</strong>
    </p>
  );
}

/** Where the data page lists this release with its files: for readers, unlike the api's own address of it. */
const permanentLink = ({ release }: AssociationFigures, lang: Lang) =>
  new URL(`${pathTo('data', lang)}#${release.releaseId}`, location.href).href;

/** The Nachweis as plain text, for an application or a report to a funder. */
export function proofText({
  lang,
  overview,
  figures,
  progress,
}: Omit<AssociationReportProps, 'pictures' | 'instrument'>): string {
  const text = WORDS[lang];
  return [
    `${text.proof}: ${overview.name}`,
    ...[marksSentence(figures.release.marks, lang)].filter(Boolean),
    text.group(figures.group.label),
    ...campaignSentences(overview, lang),
    ...progressSentences(progress, lang),
    text.methodBody,
    // No comparison stands here, so only what holds of the change.
    ...progress.notes,
    `${text.link}: ${permanentLink(figures, lang)}`,
    text.linkNote,
  ].join('\n\n');
}

/** The report as plain text, for a letter or a slide, with every caveat in it. */
export function reportText({
  lang,
  overview,
  figures,
  progress,
}: Omit<AssociationReportProps, 'pictures' | 'instrument'>): string {
  const text = WORDS[lang];
  return [
    `${text.title}: ${overview.name}`,
    ...[marksSentence(figures.release.marks, lang)].filter(Boolean),
    text.group(figures.group.label),
    ...campaignSentences(overview, lang),
    ...figuresSentences(figures),
    ...progressSentences(progress, lang),
    ...new Set([...figures.notes, ...progress.notes]),
    text.source(figures.release.releaseId, longDate(figures.release.cutoffOn, lang)),
  ].join('\n\n');
}

/** For funders: what was done, with whom, how, and where it can be checked. */
export function AssociationProof({
  lang,
  overview,
  figures,
  progress,
}: Omit<AssociationReportProps, 'pictures' | 'instrument'>) {
  const text = WORDS[lang];
  return (
    <div class="report">
      <section class="report__page">
        <p class="eyebrow">{text.proof}</p>
        <h2>{overview.name}</h2>
        <p class="lead">{text.proofLead}</p>
        <Mark lang={lang} figures={figures} />
        <p>{text.group(figures.group.label)}</p>
        <h3>{text.participation}</h3>
        <CampaignTable lang={lang} overview={overview} />
        <h3>{text.change}</h3>
        <ProgressTable lang={lang} progress={progress} />
        <h3>{text.method}</h3>
        <p>{text.methodBody}</p>
        <Caveats notes={progress.notes} />
        <h3>{text.link}</h3>
        <p>
          <a href={permanentLink(figures, lang)}>{permanentLink(figures, lang)}</a>
        </p>
        <p class="quiet">{text.linkNote}</p>
      </section>
    </div>
  );
}

const WORDS = words({
  de: {
    title: 'Bericht zum Digitalisierungscheck',
    nothing: 'Für Ihre Mitglieder ist in dieser Gruppe noch nichts veröffentlicht.',
    participation: 'Zeitraum und Beteiligung',
    group: (label: string) => `Werte und Veränderung beziehen sich auf diese Gruppe: ${label}.`,
    inShort: 'Das Ergebnis in Kürze',
    progressInShort: 'Die Entwicklung in Kürze',
    comparison: 'Ihre Mitglieder und das Feld',
    references:
      'Verglichen wird mit zwei Bezugsgrößen: dem ganzen Feld, zu dem Ihre Mitglieder gehören, und einem Feld, das nach Handlungsfeldern so zusammengesetzt ist wie Ihre Mitglieder. Das zweite ist eine Näherung.',
    questions: 'Die einzelnen Fragen',
    change: 'Entwicklung',
    status: 'Stand, wechselnde Teilnehmende',
    statusAlt: 'Stand bei jeder Veröffentlichung, mit wechselnden Teilnehmenden.',
    method: 'Methode und Grenzen',
    source: (id: string, date: string) => `Quelle: Sektorspiegel, Veröffentlichung ${id}, Stichtag ${date}.`,
    proof: 'Nachweis der Beteiligung',
    proofLead:
      'Diese Seite belegt Beteiligung und Methode gegenüber Förderern, ohne eine einzelne Organisation zu nennen.',
    methodBody:
      'Selbsteinschätzung mit zwanzig Fragen aus vier Bereichen, jede mit fünf beschriebenen Stufen. Jede Organisation zählt einmal, mit ihrem letzten vollständigen Check der vergangenen 24 Monate. Veröffentlicht werden nur Gruppen ab 20 Organisationen. Jeder Wert einer Gruppe wurde vorher einmal zufällig nach oben oder unten verschoben, nach demselben Grundsatz, nach dem der Zensus 2022 geschützt wurde; Intervalle und Urteile rechnen das ein.',
    link: 'Dauerhafter Verweis',
    linkNote:
      'Dort stehen die Dateien der Veröffentlichung mit den Werten des Feldes. Sie werden nie geändert und tragen Prüfsummen. Die Werte der Mitglieder sieht nur der Verband.',
  },
  en: {
    title: 'Report on the digital check',
    nothing: 'Nothing has been published of your members in this group yet.',
    participation: 'Period and participation',
    group: (label: string) => `Figures and change are of this group: ${label}.`,
    inShort: 'The result in short',
    progressInShort: 'The change in short',
    comparison: 'Your members and the field',
    references:
      'There are two references: the whole field, of which your members are part, and a field composed of fields of work like your members. The second is an approximation.',
    questions: 'The single questions',
    change: 'Change',
    status: 'Status, changing participants',
    statusAlt: 'Status at each release, with changing participants.',
    method: 'Method and limits',
    source: (id: string, date: string) => `Source: Sektorspiegel, release ${id}, cut-off ${date}.`,
    proof: 'Proof of participation',
    proofLead: 'This page shows participation and method to funders, without naming any single organisation.',
    methodBody:
      'A self-assessment with twenty questions in four areas, each with five described levels. Every organisation counts once, with its last complete check of the past 24 months. Only groups of 20 organisations or more are published. Every figure of a group was moved up or down once, at random, before that, by the principle that protected the German census of 2022; intervals and verdicts allow for it.',
    link: 'Permanent link',
    linkNote:
      'There you find the files of the release with the figures of the field. They are never changed and carry checksums. Only the association sees the figures of its members.',
  },
});
