import type { AssociationFigures, AssociationOverview, AssociationProgress } from '#contracts/answers/association';
import type { Lang } from '#contracts/text';
import { cutoffSentence, marksSentence } from '#views/release-words';
import { longDate } from '#views/standing-words';
import { List } from '../components/list.tsx';
import { pathTo } from '../site-map.ts';
import { svgAddress } from '../svg-picture.ts';
import { words } from '../words.ts';
import { ComparisonTable, type InstrumentWords, ItemsTable, ProgressTable, Questions } from './members-figures.tsx';
import { CampaignTable } from './participation.tsx';

/** An association's pictures as SVG; null while they are drawn. */
export interface Pictures {
  standing: string | null;
  progress: string | null;
}

/** What an association is shown of its members. */
export interface Members {
  lang: Lang;
  instrument: InstrumentWords;
  overview: AssociationOverview;
  figures: AssociationFigures;
  progress: AssociationProgress;
}

/** What has to stand beside the figures wherever they go. */
export const notesOf = ({ figures, progress }: Members) => [...new Set([...figures.notes, ...progress.notes])];

/** Four pages for the association's board, to be printed: result, comparison, single questions, change and method. */
export function AssociationReport({ pictures, ...members }: Members & { pictures: Pictures }) {
  const { lang, overview, figures, progress } = members;
  const text = WORDS[lang];
  const { releaseId, cutoffOn } = figures.release;
  return (
    <div class="report">
      <section class="report__page">
        <p class="eyebrow">{text.title}</p>
        <h2>{overview.name}</h2>
        <p>{`${figures.label}. ${cutoffSentence(cutoffOn, lang)} ${marksSentence(figures.release.marks, lang)}`}</p>
        {pictures.standing ? (
          <img src={svgAddress(pictures.standing)} alt={figures.alternative} />
        ) : (
          <p class="lead">{figures.title}</p>
        )}
        <h3>{text.participation}</h3>
        <CampaignTable lang={lang} overview={overview} />
      </section>
      <section class="report__page">
        <h2>{text.comparison}</h2>
        <ComparisonTable lang={lang} figures={figures} />
        <p>{text.references}</p>
      </section>
      <section class="report__page">
        <h2>{text.questions}</h2>
        <ItemsTable {...members} />
        <Questions {...members} isOnPaper={true} />
      </section>
      <section class="report__page">
        <h2>{text.change}</h2>
        <ProgressTable lang={lang} progress={progress} />
        <h3>{text.status}</h3>
        {pictures.progress ? <img src={svgAddress(pictures.progress)} alt={text.status} /> : null}
        <h3>{text.method}</h3>
        <List class="quiet caveats" items={notesOf(members)} />
        <p class="quiet">{text.source(releaseId, longDate(cutoffOn, lang))}</p>
      </section>
    </div>
  );
}

/** For funders: what was done, with whom, how, and where it can be checked. */
export function AssociationProof({ lang, overview, figures, progress }: Members) {
  const text = WORDS[lang];
  return (
    <div class="report">
      <section class="report__page">
        <p class="eyebrow">{text.proof}</p>
        <h2>{overview.name}</h2>
        <p class="lead">{text.proofLead}</p>
        <p>{`${text.group(figures.label)} ${marksSentence(figures.release.marks, lang)}`}</p>
        <h3>{text.participation}</h3>
        <CampaignTable lang={lang} overview={overview} />
        <h3>{text.change}</h3>
        <ProgressTable lang={lang} progress={progress} />
        <h3>{text.method}</h3>
        <p>{text.methodBody}</p>
        <List class="quiet caveats" items={progress.notes} />
        <h3>{text.link}</h3>
        <p>
          <a href={permanentLink(figures, lang)}>{permanentLink(figures, lang)}</a>
        </p>
        <p class="quiet">{text.linkNote}</p>
      </section>
    </div>
  );
}

/** Where the data page lists this release with its files: for readers, unlike the api's own address of it. */
const permanentLink = ({ release }: AssociationFigures, lang: Lang) =>
  new URL(`${pathTo('data', lang)}#${release.releaseId}`, location.href).href;

const WORDS = words({
  de: {
    title: 'Bericht zum Digitalisierungscheck',
    participation: 'Zeitraum und Beteiligung',
    group: (label: string) => `Werte und Veränderung beziehen sich auf diese Gruppe: ${label}.`,
    comparison: 'Ihre Mitglieder und das Feld',
    references:
      'Verglichen wird mit zwei Bezugsgrößen: dem ganzen Feld, zu dem Ihre Mitglieder gehören, und einem Feld, das nach Handlungsfeldern so zusammengesetzt ist wie Ihre Mitglieder. Das zweite ist eine Näherung.',
    questions: 'Die einzelnen Fragen',
    change: 'Entwicklung',
    status: 'Stand je Stichtag (jedes Mal andere Teilnehmende)',
    method: 'Methode und Grenzen',
    source: (id: string, date: string) => `Quelle: Sektorspiegel, Veröffentlichung ${id}, Stichtag ${date}.`,
    proof: 'Nachweis der Beteiligung',
    proofLead:
      'Diese Seite belegt Beteiligung und Methode gegenüber Förderern, ohne eine einzelne Organisation zu nennen.',
    methodBody:
      'Selbsteinschätzung mit zwanzig Fragen aus vier Bereichen, jede mit fünf beschriebenen Stufen. Jede Organisation zählt einmal, mit ihrem letzten vollständigen Check der vergangenen 24 Monate. Veröffentlicht werden nur Gruppen ab 20 Organisationen. Jeder Wert einer Gruppe wurde vorher einmal zufällig nach oben oder unten verschoben; nach demselben Grundsatz wurde der Zensus 2022 geschützt. Intervalle und Urteile rechnen das ein.',
    link: 'Dauerhafter Verweis',
    linkNote:
      'Dort stehen die Dateien der Veröffentlichung mit den Werten des Feldes. Sie werden nie geändert und tragen Prüfsummen. Die Werte der Mitglieder sieht nur der Verband.',
  },
  en: {
    title: 'Report on the digital check',
    participation: 'Period and participation',
    group: (label) => `Figures and change are for this group: ${label}.`,
    comparison: 'Your members and the field',
    references:
      'There are two references: the whole field, of which your members are part, and a field with the same mix of fields of work as your members. The second is an approximation.',
    questions: 'The individual questions',
    change: 'Change',
    status: 'At each cut-off date (different participants each time)',
    method: 'Method and limits',
    source: (id, date) => `Source: Sektorspiegel, release ${id}, cut-off date ${date}.`,
    proof: 'Proof of participation',
    proofLead: 'This page shows participation and method to funders, without naming any single organisation.',
    methodBody:
      'A self-assessment with twenty questions in four areas, each with five described levels. Every organisation counts once, with its last complete check of the past 24 months. Only groups of 20 or more organisations are published. Every figure of a group was shifted up or down once, at random, beforehand; the German census of 2022 was protected on the same principle. Intervals and verdicts allow for it.',
    link: 'Permanent link',
    linkNote:
      'There you will find the files of the release with the figures of the field. They are never changed and carry checksums. Only the association sees the figures of its members.',
  },
});
