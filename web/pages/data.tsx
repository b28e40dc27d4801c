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
}

/** `/de/daten`: what can be downloaded, how to load it, how to cite it. */
export function DataPage({ lang, releases }: DataPageProps) {
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
        given={{ current: current ? cutoffWords(current, lang) : null, former: former.length > 0 ? text.former : null }}
        parts={{
          current: current ? <Release lang={lang} release={current} /> : null,
          former: <Former lang={lang} releases={former} />,
          code: <Loading />,
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
      <Table
        caption={`${text.files} ${release.releaseId}`}
        columns={[text.file, text.content, text.size]}
        rows={release.files
          .filter((file) => file !== zip)
          .map(({ name, bytes, url }) => [
            <a key={name} href={url}>
              {name}
            </a>,
            CONTENTS.get(name.replace('.parquet', '.csv'))?.[lang],
            sizeWords(bytes, lang),
          ])}
      />
      {citation ? (
        <>
          <p>{text.cite}</p>
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

const cutoffWords = (release: DataRelease, lang: Lang) =>
  `${WORDS[lang].releaseAsOf} ${longDate(release.cutoffOn, lang)}`;

/** Earlier releases, each folded away. */
function Former({ lang, releases }: DataPageProps) {
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

function Loading() {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <pre tabIndex={0}>
      <code>{LOADING}</code>
    </pre>
  );
}

/** What each file holds, in German and English; a table's two formats hold the same. */
const CONTENTS = new Map(
  [
    'percentiles.csv | Je Gruppe und Bereich die Punkte an den veröffentlichten Perzentilen | For each group and area, the scores at the published percentiles',
    'items.csv | Je Gruppe und Thema die Anteile ab jeder Stufe | For each group and topic, the shares from each level on',
    'questions.csv | Je Gruppe die Anteile der Antworten auf die freiwilligen Fragen | For each group, the shares of the answers to the optional questions',
    'change.csv | Je Gruppe und Bereich, wie weit sich Organisationen bewegt haben, die zweimal teilnahmen | For each group and area, how far organisations moved that took part twice',
    'composition.csv | Alle Gruppen mit der Spanne ihrer Teilnahmen | All groups with the band of their participations',
    'codes.csv | Alle Codes mit Bezeichnungen auf Deutsch und Englisch | All codes with labels in German and English',
    'datapackage.json | Alle Tabellen, maschinenlesbar beschrieben (Data Package 2.0) | All tables, described for machines (Data Package 2.0)',
    'codebook.html | Codebuch: alle Fragen, Stufen, Codes und Spalten, zum Lesen | Codebook: all questions, levels, codes and columns, for reading',
    'codebook.json | Dasselbe Codebuch für Programme | The same codebook for programs',
    'method.md | Wie die Werte entstehen und geschützt werden | How the figures are made and protected',
    'fieldwork.md | Wie die Antworten zustande kamen | How the answers came about',
    'CHANGELOG.md | Was sich gegenüber der vorigen Veröffentlichung geändert hat | What has changed since the previous release',
    'CITATION.cff | Zitierangaben für Literaturverwaltungen | Citation for reference managers',
    'datacite.json | Zitierangaben für eine DOI-Registrierung | Citation for registering a DOI',
    'schema-org.jsonld | Beschreibung für Suchmaschinen | Description for search engines',
    'dcat-ap.jsonld | Beschreibung für Datenportale | Description for data portals',
    'LICENSE.md | Lizenz | Licence',
    'SHA256SUMS | Prüfsummen aller Dateien | Checksums of all files',
  ].map((line) => {
    const [name, de, en] = line.split(' | ') as [string, string, string];
    return [name, { de, en }];
  }),
);

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
    files: 'Dateien der Veröffentlichung',
    file: 'Datei',
    content: 'Inhalt',
    size: 'Größe',
    cite: 'So zitieren Sie diese Veröffentlichung:',
    release: 'Veröffentlichung',
    former: 'Frühere Veröffentlichungen',
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
    files: 'Files of the release',
    file: 'File',
    content: 'Content',
    size: 'Size',
    cite: 'Cite this release as:',
    release: 'Release',
    former: 'Earlier releases',
  },
});
