import { Fragment } from 'preact';
import type { FieldComparison } from '#contracts/answers/group-figures';
import type { Marks } from '#contracts/release';
import type { Lang } from '#contracts/text';
import { marksSentence } from '#views/release-words';
import { longDate } from '#views/standing-words';
import { ButtonLink } from '../components/button.tsx';
import { Disclosure } from '../components/disclosure.tsx';
import { Notice } from '../components/notice.tsx';
import { Page } from '../components/page.tsx';
import { Table } from '../components/table.tsx';
import { WrittenText } from '../components/written-text.tsx';
import { pathsOf } from '../site-map.ts';
import { words } from '../words.ts';
import texts from './data.json' with { type: 'json' };

export interface DataRelease {
  releaseId: string;
  series: string;
  cutoffOn: string;
  /** Set by an erratum: the release in whose place it stands, which is given out no more. */
  replaces: string | null;
  marks: Marks;
  /** Its list or its citation is not what was written: said, and not shown. */
  isDamaged: boolean;
  files: { name: string; bytes: number; url: string }[];
  /** As the release's own `datacite.json` has it; `address` is its DOI, else where the service names the release. */
  citation: { publisher: string; year: number; titles: Record<string, string>; address: string } | null;
}

export interface DataPageProps {
  lang: Lang;
  /** Newest first. */
  releases: DataRelease[];
  /** Of the release in force. */
  field: Pick<FieldComparison, 'frame' | 'parts' | 'standardised' | 'notes'>;
}

/** `/de/daten`: what can be downloaded, how to load it, how to cite it. */
export function DataPage({ lang, releases, field }: DataPageProps) {
  const [current, ...former] = releases;
  const text = WORDS[lang];
  const invented = releases[0]?.marks.isInvented ? `${marksSentence(releases[0].marks, lang)} ${text.invented}` : null;
  return (
    <Page lang={lang} title={text.title} lead={text.lead} paths={pathsOf('data')}>
      {releases.length > 0 && invented === null ? null : (
        <Notice kind={invented === null ? 'info' : 'warning'}>{invented ?? text.noRelease}</Notice>
      )}
      <WrittenText
        lang={lang}
        of={texts}
        given={{
          current: current ? cutoffWords(current, lang) : null,
          former: former.length > 0 ? text.former : null,
          frame: field.frame ? text.frame : null,
        }}
        parts={{
          current: current ? (
            <>
              <Release lang={lang} release={current} />
              <p>
                {text.everything}{' '}
                {['csv', 'parquet'].map((ending, place) => (
                  <Fragment key={ending}>
                    {place > 0 ? ', ' : ''}
                    <a href={`/v1/all-releases.${ending}?${new URLSearchParams({ instrument: current.series })}`}>
                      {ending === 'csv' ? 'CSV' : 'Parquet'}
                    </a>
                  </Fragment>
                ))}
              </p>
            </>
          ) : null,
          former: <Former lang={lang} releases={former} />,
          field: <Field lang={lang} field={field} />,
          code: <Code lines={LOADING} />,
          difference: <Code lines={DIFFERENCE} />,
        }}
      />
    </Page>
  );
}

function Release({ lang, release }: { lang: Lang; release: DataRelease }) {
  const text = WORDS[lang];
  const zip = release.files.find(({ name }) => name.endsWith('.zip'));
  const { citation } = release;
  // The id is the release's lasting address for readers; inside a closed disclosure, following it opens that.
  return (
    <div id={release.releaseId}>
      {release.replaces ? (
        <Notice>
          <p>
            {text.replaces} <code>{release.replaces}</code>
          </p>
        </Notice>
      ) : null}
      {release.isDamaged ? <Notice kind="warning">{text.damaged}</Notice> : null}
      {zip ? (
        <p class="buttons">
          <ButtonLink href={zip.url}>{text.all(sizeWords(zip.bytes, lang))}</ButtonLink>
        </p>
      ) : null}
      {PURPOSES.map((purpose) => (
        <Table
          key={purpose}
          caption={`${text[purpose]} (${release.releaseId})`}
          columns={[text.file, text.content, text.size]}
          rows={release.files
            .filter((file) => file !== zip && purposeOf(file.name) === purpose)
            .map(({ name, bytes, url }) => [
              <a key={name} href={url}>
                {name}
              </a>,
              contentOf(name)?.[lang],
              sizeWords(bytes, lang),
            ])}
        />
      ))}
      {citation ? (
        <>
          <p>{text.citeAs}</p>
          <blockquote class="citation">
            {citation.publisher} ({citation.year}):{' '}
            <cite>{citation.titles[lang] ?? Object.values(citation.titles)[0]}</cite>. {text.release}{' '}
            {release.releaseId}. {citation.address}
          </blockquote>
        </>
      ) : null}
    </div>
  );
}

/** "157 KB", "1,6 MB" */
function sizeWords(bytes: number, lang: Lang): string {
  const kilobytes = bytes / 1000;
  const number = (value: number, digits: number) => value.toLocaleString(lang, { maximumFractionDigits: digits });
  return kilobytes < 1000 ? `${number(Math.max(1, kilobytes), 0)}\u00a0KB` : `${number(kilobytes / 1000, 1)}\u00a0MB`;
}

const LOADING = `# R
percentiles <- read.csv("percentiles.csv", na.strings = "", encoding = "UTF-8")

# Python
import pandas as pd
percentiles = pd.read_csv(
    "percentiles.csv", keep_default_na=False, na_values=[""]
)

-- DuckDB
from 'percentiles.parquet'
where OBS_STATUS = 'A' and peer_group = 'level=facility';`;

const DIFFERENCE = `# R
medians <- subset(percentiles, p == 50 & dimension == "overall" & OBS_STATUS == "A")
a <- subset(medians, peer_group == "level=facility,sector=daycare")
b <- subset(medians, peer_group == "level=facility,sector=elder-care")
d <- a$value - b$value
c(d,
  d - sqrt((a$value - a$lower)^2 + (b$upper - b$value)^2),
  d + sqrt((a$upper - a$value)^2 + (b$value - b$lower)^2))`;

const cutoffWords = (release: DataRelease, lang: Lang) =>
  `${WORDS[lang].releaseAsOf} ${longDate(release.cutoffOn, lang)}`;

/** Who took part beside the field, and figures standardised to it. */
function Field({ lang, field }: Pick<DataPageProps, 'lang' | 'field'>) {
  const text = WORDS[lang];
  const { frame, parts, standardised, notes } = field;
  if (!frame) return null;
  const percent = (share: number | null) => (share === null ? text.unpublished : `${share}\u00a0%`);
  return (
    <>
      <p>{`${frame.title}, ${longDate(frame.asOf, lang)}. ${frame.limits}`}</p>
      <Table
        caption={text.frameCaption}
        columns={[text.area, text.ofParticipants, text.ofField, text.coverage, text.reading]}
        rows={parts.map(({ title, participantShare, fieldShare, coverage, reading }) => [
          title,
          percent(participantShare),
          percent(fieldShare),
          coverage === null ? text.unpublished : `${coverage}`,
          text.readings[reading],
        ])}
      />
      {standardised ? (
        <Table
          caption={text.standardisedCaption(text.levels[standardised.level], standardised.covers)}
          columns={[text.dimension, text.released, text.standardised]}
          rows={standardised.medians.map(({ title, released, standardised: value }) => [
            title,
            `${released}`,
            value === null ? text.undeterminable : `${value}`,
          ])}
        />
      ) : (
        <p>{text.notStandardised}</p>
      )}
      {notes.map((note) => (
        <p key={note} class="quiet">
          {note}
        </p>
      ))}
    </>
  );
}

/** Earlier releases, each folded away. */
function Former({ lang, releases }: Pick<DataPageProps, 'lang' | 'releases'>) {
  return (
    <>
      {releases.map((release) => (
        <Disclosure key={release.releaseId} summary={cutoffWords(release, lang)}>
          <Release lang={lang} release={release} />
        </Disclosure>
      ))}
    </>
  );
}

function Code({ lines }: { lines: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <pre tabIndex={0}>
      <code>{lines}</code>
    </pre>
  );
}

/** What people come for: the files stand by it. */
const PURPOSES = ['compute', 'cite', 'archive'] as const;

/** What each file is for and holds, in German and English; a table's two formats hold the same. */
const CONTENTS = new Map(
  [
    'compute | percentiles.csv | Je Gruppe und Bereich die Punkte an den veröffentlichten Perzentilen, mit Grenzen | For each group and area, the scores at the published percentiles, with limits',
    'compute | items.csv | Je Gruppe und Thema die Anteile ab jeder Stufe, mit Grenzen | For each group and topic, the shares from each level on, with limits',
    'compute | questions.csv | Je Gruppe die Anteile der Antworten auf die freiwilligen Fragen, mit Grenzen | For each group, the shares of the answers to the optional questions, with limits',
    'compute | change.csv | Je Gruppe und Bereich, wie weit sich Organisationen bewegt haben, die zweimal teilnahmen | For each group and area, how far organisations moved that took part twice',
    'compute | composition.csv | Alle Gruppen mit der Spanne ihrer Teilnahmen | All groups with the band of their participations',
    'compute | representativeness.csv | Wer teilgenommen hat, neben dem Feld | Who took part, beside the field',
    'compute | standardised.csv | Auf das Feld umgerechnete Mitte (Schätzung) | Middle standardised to the field (estimate)',
    'compute | codes.csv | Alle Codes mit Bezeichnungen auf Deutsch und Englisch | All codes with labels in German and English',
    'compute | import.R | Liest alle Tabellen in R ein, mit Wertelabels | Reads all tables into R, with value labels',
    'compute | import.do | Liest alle Tabellen in Stata ein, mit Wertelabels | Reads all tables into Stata, with value labels',
    'compute | import.sps | Liest alle Tabellen in SPSS ein, mit Wertelabels | Reads all tables into SPSS, with value labels',
    'cite | CITATION.cff | Zitierangaben für Literaturverwaltungen | Citation for reference managers',
    'cite | datacite.json | Zitierangaben für eine DOI-Registrierung | Citation for registering a DOI',
    'cite | codebook.html | Codebuch: alle Fragen, Stufen, Codes und Spalten, zum Lesen | Codebook: all questions, levels, codes and columns, for reading',
    'cite | codebook.json | Dasselbe Codebuch für Programme | The same codebook for programs',
    'cite | method.md | Wie die Werte entstehen und geschützt werden | How the figures are made and protected',
    'cite | fieldwork.md | Wie die Antworten zustande kamen | How the answers came about',
    'cite | CHANGELOG.md | Was sich gegenüber der vorigen Veröffentlichung geändert hat | What has changed since the previous release',
    'cite | LICENSE.md | Lizenz | Licence',
    'archive | datapackage.json | Alle Tabellen, maschinenlesbar beschrieben (Data Package 2.0) | All tables, described for machines (Data Package 2.0)',
    'archive | ddi-codebook.xml | Studie, Dateien und Variablen für Datenarchive (DDI Codebook 2.5) | Study, files and variables for data archives (DDI Codebook 2.5)',
    'archive | sdmx.csv | Jeder Wert als Beobachtung (SDMX-CSV 2.0) | Every figure as an observation (SDMX-CSV 2.0)',
    'archive | sdmx-structure.json | Datenstruktur und Codelisten dazu (SDMX-JSON 2.0) | Its data structure and code lists (SDMX-JSON 2.0)',
    'archive | schema-org.jsonld | Beschreibung für Suchmaschinen | Description for search engines',
    'archive | dcat-ap.jsonld | Beschreibung für Datenportale (DCAT-AP 3) | Description for data portals (DCAT-AP 3)',
    'archive | SHA256SUMS | Prüfsummen aller Dateien | Checksums of all files',
  ].map((line) => {
    const [purpose, name, de, en] = line.split(' | ') as [(typeof PURPOSES)[number], string, string, string];
    return [name, { purpose, de, en }];
  }),
);

const contentOf = (name: string) => CONTENTS.get(name.replace('.parquet', '.csv'));

/** A file of a former release that no release has any more is kept with what is archived. */
const purposeOf = (name: string) => contentOf(name)?.purpose ?? 'archive';

const WORDS = words({
  de: {
    title: 'Daten',
    lead: 'Jede Veröffentlichung ist ein Paket von Dateien, die sich nie mehr ändern: Werte von Gruppen, zum Schutz zufällig verschoben, keine einzelnen Antworten. Frei zu nutzen und zu zitieren.',
    invented: 'Die Werte taugen nur, um Auswertungen vorzubereiten.',
    noRelease: 'Noch ist nichts veröffentlicht. Sobald es so weit ist, stehen hier die Dateien.',
    releaseAsOf: 'Veröffentlichung zum',
    damaged:
      'Gespeicherte Dateien dieser Veröffentlichung sind beschädigt und werden deshalb nicht ausgeliefert. Bitte sagen Sie es uns.',
    replaces: 'Berichtigung; tritt an die Stelle der Veröffentlichung',
    all: (size: string) => `Alles herunterladen (ZIP, ${size})`,
    compute: 'Ich will rechnen',
    cite: 'Ich will zitieren und verstehen',
    archive: 'Ich will archivieren',
    everything: 'Alle Veröffentlichungen in einer Datei, eine Zeile je Wert:',
    file: 'Datei',
    content: 'Inhalt',
    size: 'Größe',
    citeAs: 'So zitieren Sie diese Veröffentlichung:',
    release: 'Veröffentlichung',
    former: 'Frühere Veröffentlichungen',
    frame: 'Wer teilgenommen hat, neben dem Feld',
    frameCaption: 'Teilnahmen und Einrichtungen nach Handlungsfeld',
    area: 'Handlungsfeld',
    ofParticipants: 'Anteil an den Teilnahmen',
    ofField: 'Anteil am Feld',
    coverage: 'Teilnahmen je 1.000 Einrichtungen',
    reading: 'Gegenüber dem Feld',
    readings: {
      under: 'unterrepräsentiert',
      'about-even': 'etwa wie im Feld',
      over: 'überrepräsentiert',
      unknown: 'nicht bestimmbar',
    },
    unpublished: 'nicht veröffentlicht',
    standardisedCaption: (level: string, covers: number) =>
      `Mitte aller Einrichtungen in Punkten, umgerechnet auf die Zusammensetzung des Feldes (${level}; Gewichte stehen für ${covers}\u00a0% des Feldes)`,
    levels: { finest: 'über einzelne Handlungsfelder', broader: 'über gröbere Handlungsfelder' },
    dimension: 'Bereich',
    released: 'Veröffentlichte Mitte',
    standardised: 'Umgerechnete Mitte (Schätzung)',
    undeterminable: 'nicht bestimmbar',
    notStandardised:
      'Eine auf das Feld umgerechnete Mitte ist nicht bestimmbar: Dafür müssten alle Handlungsfelder mit Gewicht veröffentlicht sein.',
  },
  en: {
    title: 'Data',
    lead: 'Every release is a package of files that never change again: figures of groups, shifted at random for protection, no individual answers. Free to use and to cite.',
    invented: 'The figures are only good for preparing an analysis.',
    noRelease: 'Nothing has been published yet. As soon as it is, the files will be here.',
    releaseAsOf: 'Release as of',
    damaged: 'Stored files of this release are damaged and therefore not given out. Please tell us.',
    replaces: 'A correction; it replaces the release',
    all: (size) => `Download everything (ZIP, ${size})`,
    compute: 'I want to compute',
    cite: 'I want to cite and understand',
    archive: 'I want to archive',
    everything: 'All releases in one file, one row for each figure:',
    file: 'File',
    content: 'Content',
    size: 'Size',
    citeAs: 'Cite this release as:',
    release: 'Release',
    former: 'Earlier releases',
    frame: 'Who took part, beside the field',
    frameCaption: 'Participations and facilities by field of work',
    area: 'Field of work',
    ofParticipants: 'Share of participations',
    ofField: 'Share of the field',
    coverage: 'Participations for each 1,000 facilities',
    reading: 'Compared with the field',
    readings: {
      under: 'under-represented',
      'about-even': 'about as in the field',
      over: 'over-represented',
      unknown: 'not determinable',
    },
    unpublished: 'not published',
    standardisedCaption: (level, covers) =>
      `Middle of all facilities in points, standardised to the composition of the field (${level}; weights stand for ${covers}% of the field)`,
    levels: { finest: 'over single fields of work', broader: 'over broader fields of work' },
    dimension: 'Area',
    released: 'Published middle',
    standardised: 'Standardised middle (estimate)',
    undeterminable: 'not determinable',
    notStandardised:
      'A middle standardised to the field is not determinable: every field of work with weight would have to be published.',
  },
});
