import { useEffect, useState } from 'preact/hooks';
import type { Lang } from '#contracts/text';
import type { AssociationFigures, AssociationOverview, AssociationProgress } from '#contracts/answers/association';
import {
  Caveats,
  ComparisonTable,
  figuresSentences,
  type InstrumentWords,
  InWords,
  ItemsTable,
  ProgressTable,
  progressSentences,
  QuestionList,
} from '../association/members-figures.tsx';
import { CampaignTable } from '../association/participation.tsx';
import {
  AssociationProof,
  AssociationReport,
  type AssociationReportProps,
  proofText,
  reportText,
} from '../association/report.tsx';
import { Button } from '../components/button.tsx';
import { Disclosure } from '../components/disclosure.tsx';
import { Notice } from '../components/notice.tsx';
import { useMedia } from '../standing/media.ts';
import { words } from '../words.ts';

type Shown = 'overview' | 'report' | 'proof';
interface Loaded {
  overview: AssociationOverview;
  released: { figures: AssociationFigures; progress: AssociationProgress } | null;
}

/**
 * The key is typed, kept in this component's memory and sent as a header; closing or reloading the page forgets it. What
 * it opens is shown, printed and copied here and stored nowhere.
 */
export default function AssociationDashboard({ lang, instrument }: { lang: Lang; instrument: InstrumentWords }) {
  const text = WORDS[lang];
  const [key, setKey] = useState('');
  const [group, setGroup] = useState('');
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [shown, setShown] = useState<Shown>('overview');

  const load = async (chosen: string) => {
    setBusy(true);
    setFault(null);
    try {
      const read = reader(key.trim(), lang, text.offline);
      const overview = await read<AssociationOverview>('/overview', 'application/json');
      const query = figuresQuery(instrument.id, chosen);
      const hasRelease = overview.series.some((one) => one.instrument === instrument.id && one.release !== null);
      const released = hasRelease
        ? {
            figures: await read<AssociationFigures>(`/figures?${query}`, 'application/json'),
            progress: await read<AssociationProgress>(`/progress?${query}`, 'application/json'),
          }
        : null;
      setLoaded({ overview, released });
      setGroup(chosen || (released?.figures.group.key ?? ''));
    } catch (error) {
      setFault((error as Error).message);
    }
    setBusy(false);
  };

  if (!loaded) {
    return (
      <form
        class="card no-print"
        onSubmit={(event) => {
          event.preventDefault();
          if (key.trim() === '') setFault(text.keyMissing);
          else load('');
        }}
      >
        <p>
          <label for="association-key">{text.key}</label>
          <br />
          <input
            id="association-key"
            class="code-field"
            type="password"
            autocomplete="off"
            spellcheck={false}
            value={key}
            aria-describedby="association-key-note"
            onInput={(event) => setKey(event.currentTarget.value)}
          />
        </p>
        <p class="quiet" id="association-key-note">
          {text.keyNote}
        </p>
        {fault ? (
          <Notice kind="error" isLive={true}>
            <p>{fault}</p>
          </Notice>
        ) : null}
        <p class="buttons">
          <Button type="submit" disabled={isBusy}>
            {text.open}
          </Button>
        </p>
      </form>
    );
  }
  const { overview, released } = loaded;
  const leave = () => {
    setKey('');
    setLoaded(null);
    setShown('overview');
  };
  return (
    <>
      <div class="buttons no-print">
        {(['overview', 'report', 'proof'] as const).map((name) => (
          <Button
            key={name}
            kind={shown === name ? 'primary' : 'secondary'}
            aria-pressed={shown === name}
            onClick={() => setShown(name)}
          >
            {text.views[name]}
          </Button>
        ))}
        <Button kind="quiet" onClick={leave}>
          {text.leave}
        </Button>
      </div>
      {fault ? (
        <Notice kind="error" isLive={true}>
          <p>{fault}</p>
        </Notice>
      ) : null}
      {shown === 'overview' ? (
        <section aria-labelledby="overview">
          <h2 id="overview">{overview.name}</h2>
          <p class="quiet">{text.joinCode(overview.joinCode)}</p>
          <CampaignTable lang={lang} overview={overview} />
        </section>
      ) : null}
      {released ? (
        <Figures
          {...{ lang, instrument, overview, ...released, shown, isBusy, group }}
          access={key.trim()}
          onGroup={load}
        />
      ) : (
        <Notice>
          <p>{text.noRelease}</p>
        </Notice>
      )}
    </>
  );
}

/** What a release shows of the members, in the view that is chosen. */
function Figures({
  lang,
  instrument,
  overview,
  figures,
  progress,
  shown,
  isBusy,
  group,
  access,
  onGroup,
}: {
  lang: Lang;
  instrument: InstrumentWords;
  overview: AssociationOverview;
  figures: AssociationFigures;
  progress: AssociationProgress;
  shown: Shown;
  isBusy: boolean;
  group: string;
  access: string;
  onGroup: (group: string) => void;
}) {
  const text = WORDS[lang];
  const [pictures, setPictures] = useState<{ screen: Pictures; paper: Pictures }>(NO_PICTURES);
  const layout = useMedia('(min-width: 52rem)') ? 'wide' : 'narrow';
  const theme = useMedia('(prefers-color-scheme: dark)') ? 'dark' : 'light';
  const [copied, setCopied] = useState<{ of: Shown; isDone: boolean } | null>(null);
  useEffect(() => {
    let isCurrent = true;
    setPictures(NO_PICTURES);
    const read = reader(access, lang, text.offline);
    const query = figuresQuery(instrument.id, figures.group.key);
    const draw = (view: string, looks: string) =>
      read<string>(`/figures?${query}&view=${view}&${looks}`, 'image/svg+xml').then(dataAddress, () => null);
    const pair = async (looks: string): Promise<Pictures> => {
      const [spread, status] = await Promise.all([draw('standing', looks), draw('progress', looks)]);
      return { spread, status };
    };
    const looks = `layout=${layout}&theme=${theme}`;
    const paper = pair(PAPER);
    Promise.all([looks === PAPER ? paper : pair(looks), paper]).then(([onScreen, onPaper]) => {
      if (isCurrent) setPictures({ screen: onScreen, paper: onPaper });
    });
    return () => {
      isCurrent = false;
    };
  }, [figures, lang, layout, theme]);

  if (shown !== 'overview') {
    const given = { lang, overview, figures, progress };
    const copy = () =>
      navigator.clipboard.writeText(shown === 'report' ? reportText(given) : proofText(given)).then(
        () => setCopied({ of: shown, isDone: true }),
        () => setCopied({ of: shown, isDone: false }),
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
          {copied?.of === shown ? (copied.isDone ? text.copied : text.notCopied) : ''}
        </p>
        {shown === 'report' ? (
          <AssociationReport {...given} instrument={instrument} pictures={pictures.paper} />
        ) : (
          <AssociationProof {...given} />
        )}
      </>
    );
  }
  const choices = [
    ...figures.groups,
    ...instrument.unitTypes.filter(({ key }) => !figures.groups.some((choice) => plainKey(choice.key) === key)),
  ];
  return (
    <section aria-labelledby="figures">
      <h2 id="figures">{text.figures}</h2>
      <div class="field association-group">
        <label class="field__label" for="association-group">
          {text.group}
        </label>
        <select
          id="association-group"
          value={group}
          disabled={isBusy}
          onChange={(event) => onGroup(event.currentTarget.value)}
        >
          {choices.map(({ key, label }) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
        </select>
      </div>
      {figures.state === 'suppressed' ? (
        <Notice>
          <p>{text.suppressed}</p>
        </Notice>
      ) : null}
      <PictureWithDownload
        lang={lang}
        picture={pictures.screen.spread}
        paper={pictures.paper.spread}
        name={text.spread}
        alternative={figures.alternative}
      />
      <ComparisonTable lang={lang} figures={figures} />
      <InWords lang={lang} sentences={figuresSentences(figures)} />
      <Disclosure summary={text.items}>
        <ItemsTable lang={lang} figures={figures} instrument={instrument} />
      </Disclosure>
      <h3>{text.progress}</h3>
      <ProgressTable lang={lang} progress={progress} />
      {progress.state === 'published' ? <InWords lang={lang} sentences={progressSentences(progress, lang)} /> : null}
      <h3>{text.status}</h3>
      <PictureWithDownload
        lang={lang}
        picture={pictures.screen.status}
        paper={pictures.paper.status}
        name={text.status}
        alternative={text.statusAlt}
      />
      {figures.state === 'published' ? (
        <>
          <h3>{text.questions}</h3>
          <QuestionList lang={lang} figures={figures} instrument={instrument} />
        </>
      ) : null}
      <h3>{text.notes}</h3>
      <Caveats notes={[...new Set([...figures.notes, ...progress.notes])]} />
    </section>
  );
}

/** A picture as it fits the screen; the file is always the one for paper. */
function PictureWithDownload({
  lang,
  picture,
  paper,
  name,
  alternative,
}: {
  lang: Lang;
  picture: string | null;
  paper: string | null;
  name: string;
  alternative: string;
}) {
  if (!picture) return null;
  return (
    <figure class="figure">
      <picture>
        {paper ? <source media="print" srcset={paper} /> : null}
        <img src={picture} alt={alternative} />
      </picture>
      {paper ? (
        <figcaption class="no-print">
          <Button kind="quiet" onClick={() => downloadPng(paper, name)}>
            {WORDS[lang].png}
          </Button>
        </figcaption>
      ) : null}
    </figure>
  );
}

type Pictures = AssociationReportProps['pictures'];
const NO_PICTURES = { screen: { spread: null, status: null }, paper: { spread: null, status: null } };
const PAPER = 'layout=wide&theme=light';

/** Reads addresses of the association whose key is given; throws an Error in the caller's language. */
function reader(key: string, lang: Lang, offline: string) {
  const id = key.split('.')[0] ?? '';
  return async function read<Answer>(path: string, accept: string): Promise<Answer> {
    const address = `/v1/associations/${encodeURIComponent(id)}${path}`;
    const headers = { Authorization: `Bearer ${key}`, Accept: accept, 'Accept-Language': lang };
    const response = await fetch(`${address}${path.includes('?') ? '&' : '?'}lang=${lang}`, { headers }).catch(
      () => null,
    );
    if (!response) throw new Error(offline);
    if (!response.ok) {
      const { title = '', detail = '' } = (await response.json().catch(() => ({}))) as Record<string, string>;
      throw new Error(`${title}. ${detail}`.trim());
    }
    return (accept === 'application/json' ? await response.json() : await response.text()) as Answer;
  };
}

const figuresQuery = (instrument: string, group: string) =>
  new URLSearchParams({ instrument, ...(group === '' ? {} : { group }) }).toString();
const plainKey = (key: string) => key.replace(/,?association=[^,]+/, '');
const dataAddress = (svg: string) => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;

/** Draws the picture at twice its size, for slides, and hands it to the browser as a file. */
function downloadPng(picture: string, name: string): void {
  const image = new Image();
  image.onload = () => {
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth * 2;
    canvas.height = image.naturalHeight * 2;
    const context = canvas.getContext('2d');
    if (!context) return;
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const link = document.createElement('a');
    link.download = `${name}.png`;
    link.href = canvas.toDataURL('image/png');
    link.click();
  };
  image.src = picture;
}

const WORDS = words({
  de: {
    key: 'Schlüssel Ihres Verbands',
    keyNote: 'Der Schlüssel bleibt im Arbeitsspeicher dieser Seite und wird beim Schließen oder Neuladen vergessen.',
    keyMissing: 'Bitte geben Sie den Schlüssel Ihres Verbands ein.',
    open: 'Öffnen',
    leave: 'Schlüssel vergessen',
    offline: 'Der Dienst ist gerade nicht zu erreichen. Bitte versuchen Sie es noch einmal.',
    views: { overview: 'Überblick', report: 'Bericht', proof: 'Nachweis' },
    joinCode: (code: string) => `Ihr Verbandscode: ${code}`,
    noRelease:
      'Noch ist nichts veröffentlicht. Die Zahlen Ihrer Mitglieder erscheinen mit der nächsten Veröffentlichung.',
    figures: 'Die Werte Ihrer Mitglieder',
    group: 'Gruppe',
    suppressed:
      'Die Werte dieser Gruppe sind zum Schutz nicht veröffentlicht: Es sind zu wenige, oder sie ist einer anderen Gruppe zu ähnlich.',
    spread: 'Verteilung',
    items: 'Die einzelnen Fragen',
    questions: 'Hindernisse, gewünschte Unterstützung und weitere Zusatzfragen',
    progress: 'Fortschritt',
    status: 'Stand, wechselnde Teilnehmende',
    statusAlt: 'Die Mitte Ihrer Mitglieder bei jeder Veröffentlichung, die sie zeigt.',
    notes: 'Was dabei zu beachten ist',
    png: 'Bild als PNG',
    print: 'Drucken oder als PDF speichern',
    copy: 'Text kopieren',
    copied: 'Der Text ist in der Zwischenablage.',
    notCopied:
      'Ihr Browser lässt das Kopieren nicht zu. Markieren Sie den Text auf der Seite und kopieren Sie ihn von Hand.',
  },
  en: {
    key: "Your association's key",
    keyNote: "The key stays in this page's memory and is forgotten when you close or reload it.",
    keyMissing: "Please enter your association's key.",
    open: 'Open',
    leave: 'Forget the key',
    offline: 'The service cannot be reached at the moment. Please try again.',
    views: { overview: 'Overview', report: 'Report', proof: 'Proof' },
    joinCode: (code: string) => `Your association code: ${code}`,
    noRelease: "Nothing has been released yet. Your members' figures will appear with the next release.",
    figures: "Your members' figures",
    group: 'Group',
    suppressed:
      'The figures of this group are not published, for protection: there are too few, or it is too close to another group.',
    spread: 'Spread',
    items: 'The single questions',
    questions: 'Obstacles, wanted support and further questions',
    progress: 'Progress',
    status: 'Status, changing participants',
    statusAlt: 'The middle of your members at each release that shows them.',
    notes: 'What to keep in mind',
    png: 'Picture as PNG',
    print: 'Print or save as PDF',
    copy: 'Copy the text',
    copied: 'The text is in the clipboard.',
    notCopied: 'Your browser does not allow copying. Select the text on the page and copy it by hand.',
  },
});
