import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { AssociationFigures, AssociationOverview, AssociationProgress } from '#contracts/answers/association';
import { readAssociationKey } from '#contracts/association-key';
import { berlinDate } from '#contracts/calendar';
import type { Lang } from '#contracts/text';
import {
  ComparisonTable,
  type InstrumentWords,
  ItemsTable,
  ProgressTable,
  Questions,
} from '../association/members-figures.tsx';
import { CampaignTable } from '../association/participation.tsx';
import { AssociationProof, AssociationReport, type Members, notesOf, type Pictures } from '../association/report.tsx';
import { Campaigns } from '../campaign/campaigns.tsx';
import { Button } from '../components/button.tsx';
import { Disclosure } from '../components/disclosure.tsx';
import { FailureNotice } from '../components/failure-notice.tsx';
import { TextField } from '../components/field.tsx';
import { List } from '../components/list.tsx';
import { Notice } from '../components/notice.tsx';
import { Select } from '../components/select.tsx';
import { useMedia } from '../media.ts';
import { saveFile } from '../save-file.ts';
import { type Asked, ask } from '../service.ts';
import { darkened, pngOf, svgAddress } from '../svg-picture.ts';
import { useAsked } from '../use-asked.ts';
import { words } from '../words.ts';

interface Loaded {
  overview: AssociationOverview;
  /** Null before the first release. */
  released: Pick<Members, 'figures' | 'progress'> | null;
}

/**
 * The key is typed, kept in this component's memory and sent as a header; closing or reloading the page forgets it. What
 * it opens is shown, printed and copied here and stored nowhere.
 */
export default function AssociationDashboard({ lang, instrument }: { lang: Lang; instrument: InstrumentWords }) {
  const text = WORDS[lang];
  const [opened, setOpened] = useState<(Loaded & { key: string }) | null>(null);
  const [failed, setFailed] = useState<Omit<Parameters<typeof FailureNotice>[0], 'lang'> | null>(null);
  const [isBusy, setBusy] = useState(false);
  const load = async (key: string, group?: string) => {
    setBusy(true);
    const asked = await loadedOf({ lang, key, instrument: instrument.id, ...(group ? { group } : {}) });
    setBusy(false);
    setFailed(asked.ok ? null : { failure: asked.failure, onRetry: () => load(key, group) });
    if (asked.ok) setOpened({ ...asked.value, key });
  };
  const notice = failed ? <FailureNotice lang={lang} {...failed} /> : null;
  if (!opened)
    return (
      <>
        <KeyForm lang={lang} isBusy={isBusy} onKey={load} />
        {notice}
      </>
    );
  const { key, overview, released } = opened;
  return (
    <>
      {notice}
      {released ? (
        <Figures
          {...{ lang, instrument, overview, isBusy, ...released }}
          access={key}
          onGroup={(group) => load(key, group)}
          onLeave={() => setOpened(null)}
          onChanged={() => load(key, released.figures.cell.group.key)}
        />
      ) : (
        <>
          <Notice>{text.noRelease}</Notice>
          <CampaignsOfToday {...{ lang, instrument, overview }} access={key} onChanged={() => load(key)} />
        </>
      )}
    </>
  );
}

function KeyForm({ lang, isBusy, onKey }: { lang: Lang; isBusy: boolean; onKey: (key: string) => void }) {
  const text = WORDS[lang];
  const [written, setWritten] = useState('');
  const [fault, setFault] = useState<string | undefined>();
  return (
    <form
      class="card no-print"
      onSubmit={(event) => {
        event.preventDefault();
        const key = readAssociationKey(written);
        setFault(key ? undefined : written.trim() === '' ? text.keyMissing : text.noKey);
        if (key) onKey(key);
      }}
    >
      <TextField
        id="association-key"
        class="code-field"
        type="password"
        label={text.key}
        hint={text.keyNote}
        error={fault}
        spellcheck={false}
        value={written}
        onInput={setWritten}
      />
      <Button type="submit" disabled={isBusy}>
        {text.open}
      </Button>
    </form>
  );
}

type View = 'overview' | 'report' | 'proof' | 'campaigns';

/** What a release shows of the members: on the screen, as a report or as a Nachweis. */
function Figures({
  access,
  isBusy,
  onGroup,
  onLeave,
  onChanged,
  ...members
}: Members & {
  access: string;
  isBusy: boolean;
  onGroup: (group: string) => void;
  onLeave: () => void;
  onChanged: () => void;
}) {
  const { lang } = members;
  const text = WORDS[lang];
  const [view, setView] = useState<View>('overview');
  const layout = useMedia('(min-width: 52rem)') ? 'wide' : 'narrow';
  const screen = usePictures(members, access, { layout, setting: 'page' });
  const paper = usePictures(members, access, { layout: 'wide' });
  return (
    <>
      <div class="buttons no-print">
        {(['overview', 'campaigns', 'report', 'proof'] as const).map((name) => (
          <Button
            key={name}
            kind={view === name ? 'primary' : 'secondary'}
            aria-pressed={view === name}
            onClick={() => setView(name)}
          >
            {text[name]}
          </Button>
        ))}
        <Button kind="quiet" onClick={onLeave}>
          {text.leave}
        </Button>
      </div>
      {view === 'overview' ? (
        <Overview
          {...members}
          pictures={{ screen, paper }}
          isBusy={isBusy}
          onGroup={onGroup}
          onTable={() => saveTable(members, access)}
        />
      ) : view === 'campaigns' ? (
        <CampaignsOfToday {...members} access={access} onChanged={onChanged} />
      ) : (
        <TakeAlong key={view} lang={lang}>
          {view === 'report' ? <AssociationReport {...members} pictures={paper} /> : <AssociationProof {...members} />}
        </TakeAlong>
      )}
    </>
  );
}

function CampaignsOfToday({
  instrument,
  ...more
}: Pick<Members, 'lang' | 'instrument' | 'overview'> & { access: string; onChanged: () => void }) {
  const { id, sectors } = instrument;
  return <Campaigns {...more} instrument={id} sectors={sectors} today={berlinDate(new Date())} />;
}

/** First the one sentence and the one picture, then what changed, then who took part; what is behind them is folded away. */
function Overview({
  pictures,
  isBusy,
  onGroup,
  onTable,
  ...members
}: Members & {
  pictures: BothPictures;
  isBusy: boolean;
  onGroup: (group: string) => void;
  onTable: () => void;
}) {
  const { lang, overview, figures, progress } = members;
  const text = WORDS[lang];
  const groups = [{ key: figures.cell.group.key, label: figures.label }, ...figures.alternatives];
  return (
    <section aria-labelledby="figures">
      <h2 id="figures">{overview.name}</h2>
      <p class="lead">{figures.title}</p>
      {groups.length > 1 ? (
        <Select
          id="association-group"
          label={text.group}
          value={groups[0]!.key}
          options={groups.map(({ key, label }) => ({ value: key, label }))}
          onChange={(group) => (isBusy ? undefined : onGroup(group))}
        />
      ) : null}
      <PictureWithDownload lang={lang} pictures={pictures} of="standing" alternative={figures.alternative} />
      {figures.seenFrom ? <p class="quiet">{figures.seenFrom}</p> : null}
      <Disclosure summary={text.values}>
        <ComparisonTable lang={lang} figures={figures} />
        <p class="no-print">
          <Button kind="quiet" onClick={onTable}>
            {text.csv}
          </Button>
        </p>
      </Disclosure>
      <h3>{text.change}</h3>
      <ProgressTable lang={lang} progress={progress} />
      <h3>{text.status}</h3>
      <PictureWithDownload lang={lang} pictures={pictures} of="progress" alternative={text.statusAlt} />
      <h3>{text.questions}</h3>
      <Questions {...members} />
      <Disclosure summary={text.items}>
        <ItemsTable {...members} />
      </Disclosure>
      <Taking lang={lang} overview={overview} />
      <h3>{text.notes}</h3>
      <List class="quiet caveats" items={notesOf(members)} />
    </section>
  );
}

/** How many took part, and the code by which they do. */
function Taking({ lang, overview }: { lang: Lang; overview: AssociationOverview }) {
  return (
    <>
      <h3>{WORDS[lang].takingPart}</h3>
      <CampaignTable lang={lang} overview={overview} />
      <p class="quiet">{WORDS[lang].joinCode(overview.joinCode)}</p>
    </>
  );
}

/** A report to print, and to copy as the text that it is. */
function TakeAlong({ lang, children }: { lang: Lang; children: ComponentChildren }) {
  const text = WORDS[lang];
  const report = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState('');
  const copy = () =>
    // biome-ignore lint/performance/useDomNodeTextContent: the text as it is laid out, in lines and cells
    navigator.clipboard.writeText(report.current!.innerText).then(
      () => setSaid(text.copied),
      () => setSaid(text.notCopied),
    );
  return (
    <>
      <p class="buttons no-print">
        <Button onClick={() => window.print()}>{text.print}</Button>
        <Button kind="secondary" onClick={copy}>
          {text.copy}
        </Button>
      </p>
      <p class="quiet no-print" role="status">
        {said}
      </p>
      <div ref={report}>{children}</div>
    </>
  );
}

interface BothPictures {
  screen: Pictures;
  paper: Pictures;
}

/** The pictures in the looks that are asked for. When the looks change, the former ones stay until the new are drawn. */
function usePictures({ lang, instrument, figures }: Members, key: string, looks: Record<string, string>): Pictures {
  const group = figures.cell.group.key;
  const pictureOf = async (view: keyof Pictures) => {
    const query = new URLSearchParams({ instrument: instrument.id, group, lang, view, ...looks });
    const given = { lang, key, headers: { Accept: 'image/svg+xml' } };
    const asked = await read(`/figures?${query}`, given, (response) => response.text());
    return asked.ok ? asked.value : null;
  };
  const { value } = useAsked(async () => {
    const [standing, progress] = await Promise.all([pictureOf('standing'), pictureOf('progress')]);
    return { ok: true, value: { group, standing, progress } };
  }, [figures, lang, JSON.stringify(looks)]);
  return value?.group === group ? value : { standing: null, progress: null };
}

/** Hands the members' released cells over as a file: an address alone would not open it. */
async function saveTable({ lang, instrument }: Members, key: string): Promise<void> {
  const query = new URLSearchParams({ instrument: instrument.id });
  const asked = await read(`/members.csv?${query}`, { lang, key }, (response) => response.blob());
  if (asked.ok) saveFile('members.csv', asked.value, 'text/csv');
}

/** A picture as it fits the screen; the file is always the one for paper. */
function PictureWithDownload({
  lang,
  pictures: { screen, paper },
  of,
  alternative,
}: {
  lang: Lang;
  pictures: BothPictures;
  of: keyof Pictures;
  alternative: string;
}) {
  const [onScreen, onPaper] = [screen[of], paper[of]];
  if (!onScreen || !onPaper) return null;
  const save = async () => saveFile(`${WORDS[lang].fileOf[of]}.png`, await pngOf(onPaper), 'image/png');
  return (
    <figure class="figure">
      <picture>
        <source media="print" srcset={svgAddress(onPaper)} />
        <source media="(prefers-color-scheme: dark)" srcset={svgAddress(darkened(onScreen))} />
        <img src={svgAddress(onScreen)} alt={alternative} />
      </picture>
      <figcaption class="no-print">
        <Button kind="quiet" onClick={save}>
          {WORDS[lang].png}
        </Button>
      </figcaption>
    </figure>
  );
}

/** Reads an address of the association whose key is given. */
function read<Answer>(
  path: string,
  { lang, key, headers = {} }: { lang: Lang; key: string; headers?: Record<string, string> },
  body?: (response: Response) => Promise<Answer>,
): Promise<Asked<Answer>> {
  const [id] = key.split('.');
  return ask(fetch, `/v1/associations/${id}${path}`, { lang, code: key, headers }, body);
}

/** @param group the one chosen; left out, the first of the association's */
async function loadedOf(given: {
  lang: Lang;
  key: string;
  instrument: string;
  group?: string;
}): Promise<Asked<Loaded>> {
  const { key: _, ...choice } = given;
  const asked = await read<AssociationOverview>(`/overview?lang=${given.lang}`, given);
  if (!asked.ok) return asked;
  const overview = asked.value;
  const isReleased = overview.series.some(({ instrument, release }) => instrument === given.instrument && release);
  if (!isReleased) return { ok: true, value: { overview, released: null } };
  const query = new URLSearchParams(choice);
  const figures = await read<AssociationFigures>(`/figures?${query}`, given);
  if (!figures.ok) return figures;
  const progress = await read<AssociationProgress>(`/progress?${query}`, given);
  if (!progress.ok) return progress;
  return { ok: true, value: { overview, released: { figures: figures.value, progress: progress.value } } };
}

const WORDS = words({
  de: {
    key: 'Schlüssel Ihres Verbands',
    keyNote: 'Der Schlüssel bleibt im Arbeitsspeicher dieser Seite und wird beim Schließen oder Neuladen vergessen.',
    keyMissing: 'Bitte geben Sie den Schlüssel Ihres Verbands ein.',
    noKey:
      'Das ist kein vollständiger Schlüssel. Er beginnt mit „c-“ und hat 54 Zeichen; am besten kopieren Sie ihn ganz.',
    open: 'Öffnen',
    leave: 'Schlüssel vergessen',
    overview: 'Überblick',
    campaigns: 'Runden',
    report: 'Bericht',
    proof: 'Nachweis',
    joinCode: (code: string) => `Ihr Verbandscode: ${code}`,
    noRelease:
      'Noch ist nichts veröffentlicht. Die Zahlen Ihrer Mitglieder erscheinen mit der nächsten Veröffentlichung.',
    group: 'Gruppe',
    values: 'Die Werte als Tabelle, auch neben einem gleich zusammengesetzten Feld',
    items: 'Die einzelnen Fragen',
    questions: 'Hindernisse, gewünschte Unterstützung und wer geantwortet hat',
    change: 'Was sich verändert hat',
    status: 'Stand je Stichtag (jedes Mal andere Teilnehmende)',
    statusAlt: 'Die Mitte Ihrer Mitglieder bei jeder Veröffentlichung, die sie zeigt.',
    takingPart: 'Beteiligung',
    notes: 'Was dabei zu beachten ist',
    png: 'Bild als PNG',
    csv: 'Alle veröffentlichten Werte Ihrer Mitglieder als CSV',
    fileOf: { standing: 'Mitglieder und Feld', progress: 'Stand je Stichtag' },
    print: 'Drucken oder als PDF speichern',
    copy: 'Text kopieren',
    copied: 'Der Text ist in der Zwischenablage.',
    notCopied:
      'Ihr Browser lässt das Kopieren nicht zu. Markieren Sie den Text auf der Seite und kopieren Sie ihn von Hand.',
  },
  en: {
    key: 'Your association’s key',
    keyNote: 'The key stays in this page’s memory and is forgotten when you close or reload it.',
    keyMissing: 'Please enter your association’s key.',
    noKey: 'This is not a complete key. A key begins with “c-” and has 54 characters; it is best to copy all of it.',
    open: 'Open',
    leave: 'Forget the key',
    overview: 'Overview',
    campaigns: 'Campaigns',
    report: 'Report',
    proof: 'Proof',
    joinCode: (code) => `Your association code: ${code}`,
    noRelease: 'Nothing has been published yet. Your members’ figures will appear with the next release.',
    group: 'Group',
    values: 'The figures as a table, also beside a field with the same mix',
    items: 'The individual questions',
    questions: 'Obstacles, support wanted and who answered',
    change: 'What has changed',
    status: 'At each cut-off date (different participants each time)',
    statusAlt: 'The middle of your members at each release that shows them.',
    takingPart: 'Participation',
    notes: 'What to keep in mind',
    png: 'Picture as PNG',
    csv: 'All published figures of your members as CSV',
    fileOf: { standing: 'Members and field', progress: 'At each cut-off date' },
    print: 'Print or save as PDF',
    copy: 'Copy the text',
    copied: 'The text is in the clipboard.',
    notCopied: 'Your browser does not allow copying. Select the text on the page and copy it by hand.',
  },
});
