import type { Instrument, Question } from '#contracts/instrument';
import type { PublishedCell, PublishedChange, Share as ShareValue } from '#contracts/release';
import type { Lang } from '#contracts/text';
import { signed } from '#views/change-lines';
import { distributionLines } from '#views/distribution-view';
import {
  ageSentence,
  dimensionTitle,
  groupInNumbers,
  longDate,
  SAMPLE_CAVEAT,
  SUPPRESSED_WORDS,
  wholeNumber,
} from '#views/standing-words';
import { Button, ButtonLink } from '../components/button.tsx';
import { Disclosure } from '../components/disclosure.tsx';
import { Notice } from '../components/notice.tsx';
import { Page } from '../components/page.tsx';
import { Picture } from '../components/picture.tsx';
import { Select } from '../components/select.tsx';
import { Share, shareWords } from '../components/share.tsx';
import { Table } from '../components/table.tsx';
import { pathsOf, pathTo } from '../site-map.ts';
import { words } from '../words.ts';

/** A group of the catalogue by key and name; `panel` is the name of its panel. */
export interface FieldGroup {
  key: string;
  label: string;
  panel: string;
}

/** What the release in force shows of a group that was asked for. */
export interface FieldFigures {
  group: FieldGroup;
  /** Null where nothing of it is published, or it is not in the catalogue. */
  cell: PublishedCell | null;
  isInCatalogue: boolean;
  /** Published wider groups to go to instead. */
  choices: { key: string; label: string }[];
  /** What moved over the releases, a sentence for each dimension; empty before the second fresh one. */
  progress: string[];
  /** By how much organisations moved that took part twice; null where that is not published. */
  change: PublishedChange | null;
}

export interface FieldPageProps {
  lang: Lang;
  instrument: Instrument;
  /** Null before the first release. */
  field: {
    /** What the address asks for. */
    choices: { group?: string; with?: string };
    releaseId: string;
    cutoffOn: string;
    nextReleaseOn: string;
    isDemo: boolean;
    published: (FieldGroup & { participations: number })[];
    unpublished: FieldGroup[];
    shown: FieldFigures;
    /** The group beside it; `other-panel` where the one asked for is never compared with the first. */
    beside: FieldFigures | 'other-panel' | null;
  } | null;
}

/** `/de/feld`: any published group, all dimensions and items, its way over the releases, and a second one beside it. */
export function FieldPage({ lang, instrument, field }: FieldPageProps) {
  const text = WORDS[lang];
  return (
    <Page lang={lang} title={text.title} description={text.lead} paths={pathsOf('field', field?.choices)}>
      <h1>{text.title}</h1>
      <p class="lead">{text.lead}</p>
      {field ? (
        <Release lang={lang} instrument={instrument} field={field} />
      ) : (
        <>
          <Notice title={text.noRelease.title}>
            <p>{text.noRelease.body}</p>
          </Notice>
          <p class="buttons">
            <ButtonLink href={pathTo('check', lang)}>{text.noRelease.link}</ButtonLink>
          </p>
        </>
      )}
    </Page>
  );
}

type Field = NonNullable<FieldPageProps['field']>;

function Release({ lang, instrument, field }: { lang: Lang; instrument: Instrument; field: Field }) {
  const text = WORDS[lang];
  const { shown, beside } = field;
  const besideFigures = beside === 'other-panel' ? null : beside;
  const areCompared = besideFigures?.cell?.asOf === shown.cell?.asOf;
  const options = field.published.map(({ key, label, panel, participations }) => ({
    value: key,
    label: text.option(capitalised(label), wholeNumber(participations, lang)),
    group: panel,
  }));
  const { key, label, panel } = shown.group;
  // The form says what was asked for, also where that is not published.
  const asked = options.some(({ value }) => value === key)
    ? []
    : [{ value: key, label: `${capitalised(label)} (${SUPPRESSED_WORDS[lang]})`, group: panel }];
  return (
    <>
      <p>
        {text.release(longDate(field.cutoffOn, lang), longDate(field.nextReleaseOn, lang))}
        {field.isDemo ? ` ${text.demo}` : ''}
      </p>
      <form class="field-form" action={pathTo('field', lang)} method="get">
        <Select name="group" label={text.group} options={[...asked, ...options]} value={key} />
        <Select
          name="with"
          label={text.beside}
          options={[
            { value: '', label: text.nothing },
            ...options.filter(({ value, group }) => group === panel && value !== key),
          ]}
          value={besideFigures?.group.key ?? ''}
        />
        <Button type="submit">{text.show}</Button>
      </form>

      {shown.cell ? (
        <>
          {beside === 'other-panel' ? (
            <Notice kind="warning">
              <p>{text.otherPanel}</p>
            </Notice>
          ) : null}
          {besideFigures ? (
            <Beside lang={lang} instrument={instrument} field={field} left={shown} right={besideFigures} />
          ) : null}
          <Figures
            lang={lang}
            instrument={instrument}
            field={field}
            figures={shown}
            cell={shown.cell}
            isShownAbove={areCompared}
          />
          {besideFigures?.cell ? (
            <Figures
              lang={lang}
              instrument={instrument}
              field={field}
              figures={besideFigures}
              cell={besideFigures.cell}
              isShownAbove={areCompared}
            />
          ) : null}
        </>
      ) : (
        <NotPublished lang={lang} figures={shown} />
      )}
      <Unpublished lang={lang} field={field} />
    </>
  );
}

/**
 * A group's distribution, its way over the releases, how the same organisations moved, items and questions.
 *
 * @param isShownAbove its distribution stands beside another one already
 */
function Figures({
  lang,
  instrument,
  field,
  figures,
  cell,
  isShownAbove,
}: {
  lang: Lang;
  instrument: Instrument;
  field: Field;
  figures: FieldFigures;
  cell: PublishedCell;
  isShownAbove: boolean;
}) {
  const text = WORDS[lang];
  const address = (suffix: string, view?: string) => figuresAt(field, figures, lang, suffix, view);
  const id = `group-${figures.group.key.replaceAll(/[^a-z0-9]+/g, '-')}`;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{capitalised(groupInNumbers(instrument, cell, lang))}</h2>
      <p>
        {ageSentence(cell, lang)} {SAMPLE_CAVEAT[lang]}
      </p>
      {isShownAbove ? null : (
        <>
          <Picture src={address('svg', 'standing')} alt={text.pictureAlt(figures.group.label)} />
          <Disclosure summary={text.asTable}>
            <DimensionTable lang={lang} instrument={instrument} columns={[{ label: figures.group.label, cell }]} />
          </Disclosure>
        </>
      )}
      <p class="group-downloads">
        {text.downloads} <a href={address('csv')}>CSV</a> · <a href={address('svg', 'standing')}>SVG</a> ·{' '}
        <a href={address('vl.json', 'standing')}>Vega-Lite</a> · <a href={address('json')}>JSON</a>
      </p>

      <h3>{text.progress}</h3>
      {figures.progress.length > 0 ? (
        <>
          <Picture src={address('svg', 'progress')} alt={text.progressAlt(figures.group.label)} />
          <Disclosure summary={text.inWords}>
            <ul>
              {figures.progress.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          </Disclosure>
        </>
      ) : (
        <p>{text.noProgress}</p>
      )}

      <h3>{text.change}</h3>
      <MatchedChange lang={lang} instrument={instrument} change={figures.change} />

      <h3>{text.items}</h3>
      <p>{text.itemsLead}</p>
      {instrument.dimensions.map((dimension) => (
        <ItemTable key={dimension.id} lang={lang} instrument={instrument} dimension={dimension.id} cell={cell} />
      ))}

      <h3>{text.questions}</h3>
      <p>{text.questionsLead}</p>
      {instrument.questions
        .filter(({ id: question }) => cell.questions[question]?.state === 'published')
        .map((question) => (
          <Disclosure key={question.id} summary={question.title[lang]}>
            <QuestionTable lang={lang} question={question} cell={cell} />
          </Disclosure>
        ))}
    </section>
  );
}

/** The address of a group's figures in the release in force. */
function figuresAt(field: Field, { group }: FieldFigures, lang: Lang, suffix: string, view?: string): string {
  const query = new URLSearchParams({ group: group.key, lang, ...(view ? { view } : {}) });
  return `/v1/releases/${field.releaseId}/benchmarks.${suffix}?${query}`;
}

/** How the same organisations moved, where it is published. */
function MatchedChange({
  lang,
  instrument,
  change,
}: {
  lang: Lang;
  instrument: Instrument;
  change: PublishedChange | null;
}) {
  const text = WORDS[lang];
  if (!change) return <p>{text.noChange}</p>;
  const dimensions = [...instrument.dimensions.map(({ id }) => id), 'overall'];
  return (
    <>
      <p>{text.changeLead(wholeNumber(change.participations, lang), longDate(change.asOf, lang))}</p>
      <Table
        caption={text.changeCaption}
        columns={[text.dimension, text.changeMiddle, text.changeHalf, text.rose]}
        rows={dimensions.map((id) => {
          const figures = change.dimensions[id];
          const title = dimensionTitle(instrument, id, lang);
          if (figures?.state !== 'published') return [title, SUPPRESSED_WORDS[lang], '–', '–'];
          const at = (permille: number) => figures.cuts.find((cut) => cut.permille === permille)?.value;
          const [low, middle, high] = [at(250), at(500), at(750)];
          return [
            title,
            middle === undefined ? '–' : signed(middle),
            low === undefined || high === undefined ? '–' : text.fromTo(signed(low), signed(high)),
            <Share key={id} lang={lang} share={figures.rose} />,
          ];
        })}
      />
      <p>{text.changeCaveat}</p>
    </>
  );
}

/** Middle and middle half of each dimension, a column for each group. */
function DimensionTable({
  lang,
  instrument,
  columns,
}: {
  lang: Lang;
  instrument: Instrument;
  columns: { label: string; cell: PublishedCell }[];
}) {
  const text = WORDS[lang];
  const lines = columns.map(({ cell }) => distributionLines({ instrument, cell, lang }));
  return (
    <Table
      caption={text.dimensionCaption}
      columns={[text.dimension, ...columns.map(({ label }) => label)]}
      rows={lines[0]!.map(({ dimension, title }, index) => [
        title,
        ...lines.map((group) => {
          const line = group[index]!;
          return (
            <span key={dimension}>
              {line.state === 'published' ? [line.verdict, ...line.words].join(', ') : SUPPRESSED_WORDS[lang]}
            </span>
          );
        }),
      ])}
    />
  );
}

/** Two groups side by side, where their figures describe the same day. */
function Beside({
  lang,
  instrument,
  field,
  left,
  right,
}: {
  lang: Lang;
  instrument: Instrument;
  field: Field;
  left: FieldFigures;
  right: FieldFigures;
}) {
  const text = WORDS[lang];
  if (!left.cell || !right.cell) return <NotPublished lang={lang} figures={right} />;
  if (left.cell.asOf !== right.cell.asOf)
    return (
      <Notice kind="warning" title={text.otherDays.title}>
        <p>{text.otherDays.body(longDate(left.cell.asOf, lang), longDate(right.cell.asOf, lang))}</p>
      </Notice>
    );
  const columns = [
    { figures: left, cell: left.cell },
    { figures: right, cell: right.cell },
  ].map(({ figures, cell }) => ({ figures, cell, label: capitalised(groupInNumbers(instrument, cell, lang)) }));
  return (
    <section aria-labelledby="beside">
      <h2 id="beside">{text.sideBySide}</h2>
      <div class="beside">
        {columns.map(({ figures }) => (
          <Picture
            key={figures.group.key}
            layout="narrow"
            src={figuresAt(field, figures, lang, 'svg', 'standing')}
            alt={text.pictureAlt(figures.group.label)}
          />
        ))}
      </div>
      <DimensionTable lang={lang} instrument={instrument} columns={columns} />
      <p>{text.sideBySideCaveat}</p>
      {instrument.dimensions.map(({ id, title }) => (
        <Disclosure key={id} summary={text.itemsBeside(title[lang])}>
          <Table
            caption={text.itemsBesideCaption}
            columns={[text.item, ...columns.map(({ label }) => label)]}
            rows={instrument.items
              .filter(({ dimension }) => dimension === id)
              .map((item) => [
                item.title[lang],
                ...columns.map(({ cell }) =>
                  sharesOf(cell, item.id)
                    .map((share) => shareWords(share, lang))
                    .join(' · '),
                ),
              ])}
          />
        </Disclosure>
      ))}
    </section>
  );
}

/** Shares from level 1, 2, 3 and 4 on; null for what is left out. */
function sharesOf(cell: PublishedCell, item: string): (ShareValue | null)[] {
  const figures = cell.items[item];
  return figures?.state === 'published' ? figures.atLeast : [null, null, null, null];
}

function ItemTable({
  lang,
  instrument,
  dimension,
  cell,
}: {
  lang: Lang;
  instrument: Instrument;
  dimension: string;
  cell: PublishedCell;
}) {
  const text = WORDS[lang];
  const items = instrument.items.filter((item) => item.dimension === dimension);
  if (items.length === 0) return null;
  const title = instrument.dimensions.find(({ id }) => id === dimension)!.title[lang];
  return (
    <>
      <Table
        isOfFigures={true}
        caption={text.itemCaption(title)}
        columns={[text.item, ...[1, 2, 3].map((level) => text.fromLevel(level)), text.topLevel]}
        rows={items.map((item) => [
          item.title[lang],
          ...sharesOf(cell, item.id).map((share, level) => <Share key={String(level)} lang={lang} share={share} />),
        ])}
      />
      <Disclosure summary={text.levels(title)}>
        {items.map((item) => (
          <div key={item.id}>
            <h4>{item.title[lang]}</h4>
            <ol start={0}>
              {item.anchors.map((anchor) => (
                <li key={anchor.de}>{anchor[lang]}</li>
              ))}
            </ol>
          </div>
        ))}
      </Disclosure>
    </>
  );
}

function QuestionTable({ lang, question, cell }: { lang: Lang; question: Question; cell: PublishedCell }) {
  const text = WORDS[lang];
  const figures = cell.questions[question.id];
  if (figures?.state !== 'published') return null;
  const size = (share: ShareValue | null | undefined) =>
    typeof share === 'number' ? share : share === 'almost-all' ? 100 : share === 'almost-none' ? 0 : -1;
  const entries = Object.entries(figures.shares).sort(([, a], [, b]) => size(b) - size(a));
  const label = (code: string) => question.codes.find(({ id }) => id === code)?.label[lang] ?? code;
  return (
    <Table
      caption={question.question[lang]}
      columns={[text.answer, text.share]}
      rows={entries.map(([code, share]) => [label(code), <Share key={code} lang={lang} share={share} />])}
    />
  );
}

/** Suppressed is a state: said, explained, and with a way on. */
function NotPublished({ lang, figures }: { lang: Lang; figures: FieldFigures }) {
  const text = WORDS[lang];
  return (
    <Notice
      kind="warning"
      title={figures.isInCatalogue ? text.suppressed.title(capitalised(figures.group.label)) : text.notInCatalogue}
    >
      <p>{text.suppressed.why}</p>
      {figures.choices.length > 0 ? (
        <>
          <p>{text.suppressed.wider}</p>
          <ul>
            {figures.choices.map(({ key, label }) => (
              <li key={key}>
                <a href={`${pathTo('field', lang)}?${new URLSearchParams({ group: key })}`}>{label}</a>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </Notice>
  );
}

function Unpublished({ lang, field }: { lang: Lang; field: Field }) {
  const text = WORDS[lang];
  const total = field.published.length + field.unpublished.length;
  const single = field.unpublished.filter(({ key }) => key.split(',').length <= 2);
  const panels = [...new Set(single.map(({ panel }) => panel))];
  return (
    <section aria-labelledby="unpublished">
      <h2 id="unpublished">{text.unpublished}</h2>
      <p>{text.unpublishedCount(field.published.length, total)}</p>
      <p>{text.unpublishedWhy}</p>
      <p>{text.unpublishedHelp}</p>
      <Disclosure summary={text.unpublishedList}>
        {panels.map((panel) => (
          <div key={panel}>
            <h3>{panel}</h3>
            <ul class="columns">
              {single
                .filter((group) => group.panel === panel)
                .map(({ key, label }) => (
                  <li key={key}>{label}</li>
                ))}
            </ul>
          </div>
        ))}
        <p>{text.unpublishedPairs(field.unpublished.length - single.length)}</p>
      </Disclosure>
      <p>
        <a href={pathTo('method', lang)}>{text.methodLink}</a>
      </p>
    </section>
  );
}

const capitalised = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);

const WORDS = words({
  de: {
    title: 'Das Feld',
    lead: 'Wie weit sind soziale Organisationen mit der Digitalisierung? Hier stehen die veröffentlichten Werte jeder Gruppe, aus der nicht auf Einzelne geschlossen werden kann.',
    release: (cutoff: string, next: string) =>
      `Es gilt die Veröffentlichung zum Stichtag ${cutoff}. Die nächste folgt frühestens mit dem Stichtag ${next}.`,
    demo: 'Diese Installation zeigt Beispieldaten: Alle Organisationen sind erfunden.',
    group: 'Gruppe',
    beside: 'Zweite Gruppe daneben',
    nothing: 'keine zweite Gruppe',
    option: (label: string, n: string) => `${label} (rund ${n})`,
    show: 'Anzeigen',
    noRelease: {
      title: 'Noch ist nichts veröffentlicht',
      body: 'Die erste Veröffentlichung folgt, sobald genügend Organisationen teilgenommen haben. Ihre eigenen Werte sehen Sie schon heute.',
      link: 'Check machen',
    },
    pictureAlt: (group: string) =>
      `Verteilung der Ergebnisse, ${group}: je Bereich ein Streifen mit der Mitte und der mittleren Hälfte. Die Werte stehen darunter als Tabelle.`,
    asTable: 'Dasselbe als Tabelle',
    dimensionCaption: 'Mitte und mittlere Hälfte, Punkte von 0 bis 100',
    dimension: 'Bereich',
    downloads: 'Diese Werte herunterladen:',
    progress: 'Im Lauf der Zeit',
    progressAlt: (group: string) =>
      `Verlauf über die Veröffentlichungen, ${group}: je Bereich und Stichtag die Mitte und die mittlere Hälfte. Dasselbe steht darunter in Worten.`,
    inWords: 'Dasselbe in Worten',
    noProgress:
      'Von dieser Gruppe gibt es erst einen Stand. Ein Verlauf entsteht, sobald ein zweiter veröffentlicht werden kann.',
    change: 'Wie sich dieselben Organisationen bewegt haben',
    changeLead: (n: string, asOf: string) =>
      `Rund ${n} Organisationen der Gruppe haben zweimal im Abstand von mindestens sechs Monaten teilgenommen. Das ist die Veränderung vom ersten zum letzten Check, Stand ${asOf}.`,
    changeCaption: 'Veränderung in Punkten',
    changeMiddle: 'Mitte',
    changeHalf: 'Mittlere Hälfte',
    fromTo: (low: string, high: string) => `${low} bis ${high}`,
    rose: 'Anteil mit höherem Wert',
    changeCaveat: 'Über Organisationen, die nicht wiedergekommen sind, sagt das nichts.',
    noChange: `Für diese Gruppe ist das ${SUPPRESSED_WORDS.de}: Dafür müssen genügend Organisationen zweimal teilgenommen haben.`,
    itemsBeside: (dimension: string) => `${dimension}: die Themen nebeneinander`,
    itemsBesideCaption: 'Anteil ab Stufe 1 · ab 2 · ab 3 · 4',
    items: 'Die einzelnen Themen',
    itemsLead:
      'Anteil aller Teilnahmen der Gruppe, die mindestens die genannte Stufe erreichen. „Trifft nicht zu“ und „Weiß nicht“ zählen als nicht erreicht. Anteile sind gerundet; ein Strich heißt: zum Schutz ausgelassen.',
    itemCaption: (dimension: string) => `${dimension}: Anteil ab Stufe`,
    item: 'Thema',
    fromLevel: (level: number) => `ab ${level}`,
    topLevel: '4',
    levels: (dimension: string) => `${dimension}: was die Stufen heißen`,
    questions: 'Was die Organisationen dazu sagen',
    questionsLead:
      'Freiwillige Fragen, die nicht in das Ergebnis zählen. Anteile an allen Teilnahmen, auch denen ohne Antwort.',
    answer: 'Antwort',
    share: 'Anteil',
    sideBySide: 'Zwei Gruppen nebeneinander',
    sideBySideCaveat:
      'Fünf Punkte entsprechen einer einzigen Antwort, die eine Stufe höher liegt. Kleinere Unterschiede bedeuten nichts, und auch größere können Zufall sein. Gruppen können einander überschneiden.',
    otherPanel:
      'Einrichtungen und Träger arbeiten unter verschiedenen Bedingungen. Sie werden nie nebeneinandergestellt.',
    otherDays: {
      title: 'Diese beiden Gruppen lassen sich nicht vergleichen',
      body: (one: string, other: string) =>
        `Ihre Werte haben verschiedene Stände: ${one} und ${other}. Nebeneinander gestellt würden sie mehr behaupten, als sie hergeben. Beide stehen hier einzeln.`,
    },
    suppressed: {
      title: (group: string) => `${group}: zum Schutz nicht veröffentlicht`,
      why: 'Eine Gruppe wird nur veröffentlicht, wenn aus ihren Werten, auch zusammen mit allen anderen, nicht auf einzelne Organisationen geschlossen werden kann.',
      wider: 'Veröffentlicht sind diese weiteren Gruppen:',
    },
    notInCatalogue: 'Diese Gruppe gehört nicht zum festen Katalog',
    unpublished: 'Was nicht veröffentlicht ist',
    unpublishedCount: (published: number, total: number) =>
      `Der Katalog kennt ${total} Gruppen. ${published} davon sind in dieser Veröffentlichung zu sehen, ${total - published} sind ${SUPPRESSED_WORDS.de}.`,
    unpublishedWhy:
      'Entweder haben zu wenige teilgenommen, oder die Werte ließen zusammen mit anderen auf einzelne Organisationen schließen. Welches von beidem zutrifft, steht absichtlich nirgends: Schon das könnte etwas verraten.',
    unpublishedHelp: 'Jede weitere Teilnahme hilft, dass mehr Gruppen sichtbar werden können.',
    unpublishedList: 'Diese Gruppen ansehen',
    unpublishedPairs: (count: number) => `Dazu kommen ${count} Verbindungen von Handlungsfeld und Größe.`,
    methodLink: 'Wie der Schutz funktioniert',
  },
  en: {
    title: 'The field',
    lead: 'How far along are social organisations with digitalisation? Here are the published figures of every group that does not let anybody infer a single participant.',
    release: (cutoff: string, next: string) =>
      `In force is the release with the cut-off date ${cutoff}. The next has a cut-off on ${next} at the earliest.`,
    demo: 'This installation shows sample data: every organisation is invented.',
    group: 'Group',
    beside: 'Second group beside it',
    nothing: 'no second group',
    option: (label: string, n: string) => `${label} (around ${n})`,
    show: 'Show',
    noRelease: {
      title: 'Nothing is published yet',
      body: 'The first release follows once enough organisations have taken part. You see your own scores today.',
      link: 'Take the check',
    },
    pictureAlt: (group: string) =>
      `How the results are spread, ${group}: a strip for each area with the middle and the middle half. The figures follow as a table.`,
    asTable: 'The same as a table',
    dimensionCaption: 'Middle and middle half, points from 0 to 100',
    dimension: 'Area',
    downloads: 'Download these figures:',
    progress: 'Over time',
    progressAlt: (group: string) =>
      `The way over the releases, ${group}: for each area and cut-off date the middle and the middle half. The same follows in words.`,
    inWords: 'The same in words',
    noProgress: 'There is only one state of this group so far. Progress shows once a second one can be published.',
    change: 'How the same organisations moved',
    changeLead: (n: string, asOf: string) =>
      `Around ${n} organisations of the group took part twice, at least six months apart. This is the change from their first to their last check, as of ${asOf}.`,
    changeCaption: 'Change in points',
    changeMiddle: 'Middle',
    changeHalf: 'Middle half',
    fromTo: (low: string, high: string) => `${low} to ${high}`,
    rose: 'Share with a higher score',
    changeCaveat: 'It says nothing of organisations that did not return.',
    noChange: `For this group it is ${SUPPRESSED_WORDS.en}: enough organisations must have taken part twice.`,
    itemsBeside: (dimension: string) => `${dimension}: the topics side by side`,
    itemsBesideCaption: 'Share from level 1 · 2 · 3 · 4 on',
    items: 'The single topics',
    itemsLead:
      'Share of all participations of the group that reach at least the level named. “Does not apply” and “don’t know” count as not reached. Shares are rounded; a dash means: left out, to protect participants.',
    itemCaption: (dimension: string) => `${dimension}: share from level`,
    item: 'Topic',
    fromLevel: (level: number) => `from ${level}`,
    topLevel: '4',
    levels: (dimension: string) => `${dimension}: what the levels mean`,
    questions: 'What the organisations say about it',
    questionsLead:
      'Optional questions that do not count towards the result. Shares of all participations, those without an answer included.',
    answer: 'Answer',
    share: 'Share',
    sideBySide: 'Two groups side by side',
    sideBySideCaveat:
      'Five points are one single answer that is one level higher. Smaller differences mean nothing, and larger ones may be chance as well. Groups may overlap.',
    otherPanel: 'Facilities and providers work under different conditions. They are never put side by side.',
    otherDays: {
      title: 'These two groups cannot be compared',
      body: (one: string, other: string) =>
        `Their figures describe different days: ${one} and ${other}. Side by side they would claim more than they can tell. Each stands here by itself.`,
    },
    suppressed: {
      title: (group: string) => `${group}: not published, to protect participants`,
      why: 'A group is published only if its figures, even together with all others, do not let anybody infer a single organisation.',
      wider: 'These wider groups are published:',
    },
    notInCatalogue: 'This group is not in the fixed catalogue',
    unpublished: 'What is not published',
    unpublishedCount: (published: number, total: number) =>
      `The catalogue has ${total} groups. ${published} of them are shown in this release, ${total - published} are ${SUPPRESSED_WORDS.en}.`,
    unpublishedWhy:
      'Either too few took part, or the figures together with others would point at single organisations. Which of the two is said nowhere on purpose: that alone could give something away.',
    unpublishedHelp: 'Every further participation helps more groups to become visible.',
    unpublishedList: 'See these groups',
    unpublishedPairs: (count: number) => `To these come ${count} combinations of field of work and size.`,
    methodLink: 'How protection works',
  },
});
