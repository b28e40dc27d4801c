import type { Marks } from '#contracts/release';
import type { Lang } from '#contracts/text';
import { marksSentence } from '#views/release-words';
import { longDate } from '#views/standing-words';
import { ButtonLink } from '../components/button.tsx';
import { Disclosure } from '../components/disclosure.tsx';
import { LongText } from '../components/long-text.tsx';
import { Notice } from '../components/notice.tsx';
import { Page } from '../components/page.tsx';
import { Table } from '../components/table.tsx';
import { pathsOf, pathTo } from '../site-map.ts';
import { words } from '../words.ts';

export interface DataRelease {
  releaseId: string;
  cutoffOn: string;
  /** Set by an erratum: the release in whose place it stands, which is given out no more. */
  replaces: string | null;
  marks: Marks;
  files: { name: string; bytes: number; url: string }[];
  /** As the release's own `datacite.json` has it; `address` is its DOI, else where the service names the release. */
  citation: { publisher: string; year: number; titles: Record<string, string>; address: string } | null;
}

/** `/de/daten`: what can be downloaded, how to load it, how to cite it. Releases newest first. */
export function DataPage({ lang, releases }: { lang: Lang; releases: DataRelease[] }) {
  const text = WORDS[lang];
  const [inForce, ...former] = releases;
  return (
    <Page lang={lang} title={text.title} description={text.lead} paths={pathsOf('data')}>
      <h1>{text.title}</h1>
      <p class="lead">{text.lead}</p>

      <LongText
        lang={lang}
        contents={[
          ...(inForce ? [{ id: 'current', title: text.release(longDate(inForce.cutoffOn, lang)) }] : []),
          ...(former.length > 0 ? [{ id: 'former', title: text.former }] : []),
          { id: 'load', title: text.load },
          { id: 'care', title: text.care },
          { id: 'licence', title: text.licence },
          { id: 'api', title: text.api },
        ]}
      >
        {inForce ? (
          <>
            {inForce.marks.isInvented ? (
              <Notice kind="warning">
                <p>
                  {marksSentence(inForce.marks, lang)} {text.invented}
                </p>
              </Notice>
            ) : null}
            <h2 id="current">{text.release(longDate(inForce.cutoffOn, lang))}</h2>
            <Release lang={lang} release={inForce} />
          </>
        ) : (
          <Notice>
            <p>{text.noRelease}</p>
          </Notice>
        )}
        {former.length > 0 ? (
          <>
            <h2 id="former">{text.former}</h2>
            <p>{text.formerLead}</p>
            {former.map((release) => (
              <Disclosure key={release.releaseId} summary={text.release(longDate(release.cutoffOn, lang))}>
                <Release lang={lang} release={release} />
              </Disclosure>
            ))}
          </>
        ) : null}
        <h2 id="load">{text.load}</h2>
        <p>{text.loadLead}</p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <pre tabIndex={0}>
          <code>{LOADING}</code>
        </pre>
        <h2 id="care">{text.care}</h2>
        <ul>
          {text.careList.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
        <h2 id="licence">{text.licence}</h2>
        <p>
          {text.licenceData} <a href={`https://creativecommons.org/licenses/by/4.0/deed.${lang}`}>CC BY 4.0</a>{' '}
          {text.licenceMetadata} <a href={`https://creativecommons.org/publicdomain/zero/1.0/deed.${lang}`}>CC0</a>.
        </p>
        <p>{text.plea}</p>
        <h2 id="api">{text.api}</h2>
        <p>
          {text.apiLead} <a href={lang === 'de' ? '/docs/api' : '/docs/api?lang=en'}>{text.apiLink}</a> ·{' '}
          <a href={pathTo('method', lang)}>{text.methodLink}</a>
        </p>
      </LongText>
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
      {zip ? (
        <p class="buttons">
          <ButtonLink href={zip.url}>{text.all(sizeWords(zip.bytes, lang))}</ButtonLink>
        </p>
      ) : null}
      <Table
        caption={text.files(release.releaseId)}
        columns={[text.file, text.content, text.size]}
        rows={release.files
          .filter((file) => file !== zip)
          .map(({ name, bytes, url }) => [
            <a key={name} href={url}>
              {name}
            </a>,
            text.contents[name.replace('.parquet', '.csv')],
            sizeWords(bytes, lang),
          ])}
      />
      {citation ? (
        <>
          <p>{text.cite}</p>
          <blockquote class="citation">
            {citation.publisher} ({citation.year}):{' '}
            <cite>{citation.titles[lang] ?? Object.values(citation.titles)[0]}</cite>. {text.releaseWord}{' '}
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

const WORDS = words<{
  title: string;
  lead: string;
  invented: string;
  noRelease: string;
  release: (cutoff: string) => string;
  former: string;
  formerLead: string;
  replaces: string;
  all: (size: string) => string;
  files: (id: string) => string;
  file: string;
  content: string;
  size: string;
  contents: Record<string, string>;
  cite: string;
  releaseWord: string;
  load: string;
  loadLead: string;
  care: string;
  careList: string[];
  licence: string;
  licenceData: string;
  licenceMetadata: string;
  plea: string;
  api: string;
  apiLead: string;
  apiLink: string;
  methodLink: string;
}>({
  de: {
    title: 'Daten',
    lead: 'Jede Veröffentlichung ist ein Paket von Dateien, die sich nie mehr ändern: Werte von Gruppen, zum Schutz zufällig verschoben, keine einzelnen Antworten. Frei zu nutzen und zu zitieren.',
    invented: 'Die Werte taugen nur, um Auswertungen vorzubereiten.',
    noRelease: 'Noch ist nichts veröffentlicht. Sobald es so weit ist, stehen hier die Dateien.',
    release: (cutoff) => `Veröffentlichung zum ${cutoff}`,
    former: 'Frühere Veröffentlichungen',
    formerLead:
      'Ihre Dateien ändern sich nie, damit sich nachprüfen lässt, was auf ihnen beruht. Nur eine Berichtigung oder ein Fehler im Schutz lässt eine Veröffentlichung verschwinden.',
    replaces: 'Berichtigung; tritt an die Stelle der Veröffentlichung',
    all: (size) => `Alles herunterladen (ZIP, ${size})`,
    files: (id) => `Dateien der Veröffentlichung ${id}`,
    file: 'Datei',
    content: 'Inhalt',
    size: 'Größe',
    contents: {
      'percentiles.csv': 'Je Gruppe und Bereich die Punkte an den veröffentlichten Perzentilen',
      'items.csv': 'Je Gruppe und Thema die Anteile ab jeder Stufe',
      'questions.csv': 'Je Gruppe die Anteile der Antworten auf die freiwilligen Fragen',
      'change.csv': 'Je Gruppe und Bereich, wie weit sich Organisationen bewegt haben, die zweimal teilnahmen',
      'composition.csv': 'Alle Gruppen mit der Spanne ihrer Teilnahmen',
      'codes.csv': 'Alle Codes mit Bezeichnungen auf Deutsch und Englisch',
      'datapackage.json': 'Alle Tabellen, maschinenlesbar beschrieben (Data Package 2.0)',
      'codebook.html': 'Codebuch: alle Fragen, Stufen, Codes und Spalten, zum Lesen',
      'codebook.json': 'Dasselbe Codebuch für Programme',
      'method.md': 'Wie die Werte entstehen und geschützt werden',
      'fieldwork.md': 'Wie die Antworten zustande kamen',
      'CHANGELOG.md': 'Was sich gegenüber der vorigen Veröffentlichung geändert hat',
      'CITATION.cff': 'Zitierangaben für Literaturverwaltungen',
      'datacite.json': 'Zitierangaben für eine DOI-Registrierung',
      'schema-org.jsonld': 'Beschreibung für Suchmaschinen',
      'dcat-ap.jsonld': 'Beschreibung für Datenportale',
      'LICENSE.md': 'Lizenz',
      SHA256SUMS: 'Prüfsummen aller Dateien',
    },
    cite: 'So zitieren Sie diese Veröffentlichung:',
    releaseWord: 'Veröffentlichung',
    load: 'Laden in R, Python und DuckDB',
    loadLead: 'Im entpackten Ordner. Statt des Dateinamens geht auch die Adresse der Datei.',
    care: 'Bevor Sie rechnen',
    careList: [
      'Zurückgehalten ist nicht null. Wo ein Wert fehlt, ist die Zeile da, mit OBS_STATUS „Q“ und leerem Wert.',
      'Die Zahl der Teilnahmen ist abgerundet; die wahre liegt in der Spanne, die n_band nennt.',
      'Jeder Wert ist zum Schutz einmal zufällig verschoben: Teile ergeben nicht genau das Ganze, und 0\u00a0% heißt nicht „niemand“. Wie weit, sagt die Methode.',
      'Gruppen überschneiden sich. Zählen Sie sie nicht zusammen.',
      'Wer teilnimmt, hat sich selbst dazu entschieden. Die Werte sind keine Zufallsstichprobe des Feldes.',
    ],
    licence: 'Lizenz',
    licenceData: 'Daten und Dokumente stehen unter',
    licenceMetadata: '(Namensnennung), die beschreibenden Metadaten unter',
    plea: 'Bitte versuchen Sie nicht, einzelne Organisationen in den Daten zu erkennen. Wenn Sie bemerken, dass es möglich wäre, sagen Sie es zuerst uns.',
    api: 'Lieber über eine Schnittstelle?',
    apiLead: 'Dieselben Werte gibt es je Gruppe als JSON, CSV, Bild und Vega-Lite:',
    apiLink: 'Beschreibung der Schnittstelle',
    methodLink: 'Methode',
  },
  en: {
    title: 'Data',
    lead: 'Every release is a package of files that never change again: figures of groups, moved at random for protection, no single answers. Free to use and to cite.',
    invented: 'The figures are good for preparing an analysis only.',
    noRelease: 'Nothing is published yet. As soon as it is, the files are here.',
    release: (cutoff) => `Release as of ${cutoff}`,
    former: 'Former releases',
    formerLead:
      'Their files never change, so that what rests on them can be checked. Only a correction, or a fault in protection, makes a release disappear.',
    replaces: 'A correction; it stands in the place of the release',
    all: (size) => `Download everything (ZIP, ${size})`,
    files: (id) => `Files of the release ${id}`,
    file: 'File',
    content: 'Content',
    size: 'Size',
    contents: {
      'percentiles.csv': 'For each group and area, the scores at the published percentiles',
      'items.csv': 'For each group and topic, the shares from each level on',
      'questions.csv': 'For each group, the shares of the answers to the optional questions',
      'change.csv': 'For each group and area, how far organisations moved that took part twice',
      'composition.csv': 'All groups with the band of their participations',
      'codes.csv': 'All codes with labels in German and English',
      'datapackage.json': 'All tables described for machines (Data Package 2.0)',
      'codebook.html': 'Codebook: all questions, levels, codes and columns, to read',
      'codebook.json': 'The same codebook for programs',
      'method.md': 'How the figures are made and protected',
      'fieldwork.md': 'How the answers came in',
      'CHANGELOG.md': 'What changed against the release before',
      'CITATION.cff': 'Citation for reference managers',
      'datacite.json': 'Citation for registering a DOI',
      'schema-org.jsonld': 'Description for search engines',
      'dcat-ap.jsonld': 'Description for data portals',
      'LICENSE.md': 'Licence',
      SHA256SUMS: 'Checksums of all files',
    },
    cite: 'Cite this release as:',
    releaseWord: 'Release',
    load: 'Load in R, Python and DuckDB',
    loadLead: 'In the unpacked folder. The address of a file works as well as its name.',
    care: 'Before you calculate',
    careList: [
      'Withheld is not zero. Where a figure is missing its row is there, with OBS_STATUS “Q” and an empty value.',
      'The number of participations is rounded down; the true one lies in the band that n_band names.',
      'Every figure was moved once at random, for protection: parts do not add up to the whole exactly, and 0% does not mean nobody. The method says how far.',
      'Groups overlap. Do not add them up.',
      'Participants chose to take part. The figures are not a random sample of the field.',
    ],
    licence: 'Licence',
    licenceData: 'Data and documents are licensed under',
    licenceMetadata: '(attribution), the descriptive metadata under',
    plea: 'Please do not try to recognise single organisations in the data. If you notice that it could be done, please tell us first.',
    api: 'Rather through an interface?',
    apiLead: 'The same figures are there for each group as JSON, CSV, picture and Vega-Lite:',
    apiLink: 'API reference',
    methodLink: 'Method',
  },
});
