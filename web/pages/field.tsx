import type { Instrument, Question } from '#contracts/instrument';
import type { Marks, PublishedCell, Share as ShareValue } from '#contracts/release';
import { itemOf, questionOf } from '#contracts/released-cell';
import type { Lang } from '#contracts/text';
import type { GroupChange } from '#standing/compare-change';
import type { GroupFigures } from '#standing/own-standing';
import { CHANGE_CAVEAT, groupChangeWords } from '#views/change-lines';
import { distributionLines, distributionNotes, WHY_SUPPRESSED } from '#views/distribution-view';
import { marksSentence } from '#views/release-words';
import {
  dimensionTitle,
  groupInNumbers,
  longDate,
  SUPPRESSED_WORDS,
  signed,
  upperFirst,
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

/** A group of the catalogue by key and name; `unitType` is the name of its unit type. */
export interface FieldGroup {
  key: string;
  label: string;
  unitType: string;
}

/** What the release in force shows of a group that was asked for. */
export interface FieldFigures {
  group: FieldGroup;
  /** Its cell, and dimension id, or "overall", -> figures; null where it is not published, or not in the catalogue. */
  published: { cell: PublishedCell; figures: Record<string, GroupFigures> } | null;
  isInCatalogue: boolean;
  /** Published groups around it to go to instead. */
  choices: { key: string; label: string }[];
  /** What moved over the releases, a sentence for each dimension; empty before the second that shows it. */
  progress: string[];
  /** How organisations moved that took part twice, by dimension; null where that is not published. */
  change: { participations: number; dimensions: Record<string, GroupChange> } | null;
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
    marks: Marks;
    /** From so many participations on items are shown. */
    itemsFromN: number;
    published: (FieldGroup & { participations: number })[];
    unpublished: FieldGroup[];
    shown: FieldFigures;
    /** The group beside it; `other-unit-type` where the one asked for is never compared with the first. */
    beside: FieldFigures | 'other-unit-type' | null;
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
type Published = NonNullable<FieldFigures['published']>;

function Release({ lang, instrument, field }: { lang: Lang; instrument: Instrument; field: Field }) {
  const text = WORDS[lang];
  const { shown, beside } = field;
  const besideFigures = beside === 'other-unit-type' ? null : beside;
  const options = field.published.map(({ key, label, unitType, participations }) => ({
    value: key,
    label: text.option(upperFirst(label), wholeNumber(participations, lang)),
    group: unitType,
  }));
  const { key, label, unitType } = shown.group;
  // The form says what was asked for, also where that is not published.
  const asked = options.some(({ value }) => value === key)
    ? []
    : [{ value: key, label: `${upperFirst(label)} (${SUPPRESSED_WORDS[lang]})`, group: unitType }];
  return (
    <>
      <p>
        {text.release(longDate(field.cutoffOn, lang), longDate(field.nextReleaseOn, lang))}
        {field.marks.isInvented ? ` ${marksSentence(field.marks, lang)}` : ''}
      </p>
      <form class="field-form" action={pathTo('field', lang)} method="get">
        <Select name="group" label={text.group} options={[...asked, ...options]} value={key} />
        <Select
          name="with"
          label={text.beside}
          options={[
            { value: '', label: text.nothing },
            ...options.filter(({ value, group }) => group === unitType && value !== key),
          ]}
          value={besideFigures?.group.key ?? ''}
        />
        <Button type="submit">{text.show}</Button>
      </form>

      {shown.published ? (
        <>
          {beside === 'other-unit-type' ? (
            <Notice kind="warning">
              <p>{text.otherUnitType}</p>
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
            published={shown.published}
            isShownAbove={besideFigures?.published != null}
          />
          {besideFigures?.published ? (
            <Figures
              lang={lang}
              instrument={instrument}
              field={field}
              figures={besideFigures}
              published={besideFigures.published}
              isShownAbove={true}
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
  published,
  isShownAbove,
}: {
  lang: Lang;
  instrument: Instrument;
  field: Field;
  figures: FieldFigures;
  published: Published;
  isShownAbove: boolean;
}) {
  const text = WORDS[lang];
  const { cell } = published;
  const questions = instrument.questions.filter(({ id: question }) => questionOf(cell, question) !== null);
  const address = (suffix: string, view?: string) => figuresAt(field, figures, lang, suffix, view);
  const id = `group-${figures.group.key.replaceAll(/[^a-z0-9]+/g, '-')}`;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{upperFirst(groupInNumbers(instrument, cell, lang))}</h2>
      <p>{distributionNotes({ instrument, ...published, release: field, lang }).join(' ')}</p>
      {isShownAbove ? null : (
        <>
          <Picture src={address('svg', 'standing')} alt={text.pictureAlt(figures.group.label)} />
          <Disclosure summary={text.asTable}>
            <DimensionTable lang={lang} instrument={instrument} columns={[{ label: figures.group.label, published }]} />
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
      {cell.items ? (
        <>
          <p>{text.itemsLead}</p>
          {instrument.dimensions.map((dimension) => (
            <ItemTable key={dimension.id} lang={lang} instrument={instrument} dimension={dimension.id} cell={cell} />
          ))}
        </>
      ) : (
        <p>{text.noItems(field.itemsFromN)}</p>
      )}

      {questions.length > 0 ? (
        <>
          <h3>{text.questions}</h3>
          <p>{text.questionsLead}</p>
          {questions.map((question) => (
            <Disclosure key={question.id} summary={question.title[lang]}>
              <QuestionTable lang={lang} question={question} cell={cell} />
            </Disclosure>
          ))}
        </>
      ) : null}
    </section>
  );
}

/** The address of a group's figures in the release in force. */
function figuresAt(field: Field, { group }: FieldFigures, lang: Lang, suffix: string, view?: string): string {
  const query = new URLSearchParams({ group: group.key, lang, ...(view ? { view } : {}) });
  return `/v1/releases/${field.releaseId}/figures.${suffix}?${query}`;
}

/** How the same organisations moved, where it is published. */
function MatchedChange({
  lang,
  instrument,
  change,
}: {
  lang: Lang;
  instrument: Instrument;
  change: FieldFigures['change'];
}) {
  const text = WORDS[lang];
  if (!change) return <p>{text.noChange}</p>;
  const dimensions = [...instrument.dimensions.map(({ id }) => id), 'overall'];
  return (
    <>
      <p>{text.changeLead(wholeNumber(change.participations, lang))}</p>
      <Table
        caption={text.changeCaption}
        columns={[text.dimension, text.changeMiddle, text.changeHalf, text.changeTold, text.rose]}
        rows={dimensions.flatMap((id) => {
          const figures = change.dimensions[id];
          if (!figures) return [];
          const { median, quartiles, shares } = figures;
          return [
            [
              dimensionTitle(instrument, id, lang),
              signed(median),
              quartiles ? text.fromTo(signed(quartiles.lower), signed(quartiles.upper)) : '–',
              groupChangeWords(figures, lang),
              <Share key={id} lang={lang} share={shares?.rose ?? null} />,
            ],
          ];
        })}
      />
      <p>{CHANGE_CAVEAT[lang]}</p>
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
  columns: { label: string; published: Published }[];
}) {
  const text = WORDS[lang];
  const lines = columns.map(({ published }) => distributionLines({ instrument, figures: published.figures, lang }));
  return (
    <Table
      caption={text.dimensionCaption}
      columns={[text.dimension, ...columns.map(({ label }) => label)]}
      rows={lines[0]!.map(({ dimension, title }, index) => [
        title,
        ...lines.map((group) => {
          const line = group[index]!;
          return <span key={dimension}>{[line.verdict, ...line.words].join(', ')}</span>;
        }),
      ])}
    />
  );
}

/** Two groups side by side. */
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
  if (!left.published || !right.published) return <NotPublished lang={lang} figures={right} />;
  const columns = [
    { figures: left, published: left.published },
    { figures: right, published: right.published },
  ].map((column) => ({ ...column, label: upperFirst(groupInNumbers(instrument, column.published.cell, lang)) }));
  const haveItems = columns.every(({ published }) => published.cell.items);
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
      {(haveItems ? instrument.dimensions : []).map(({ id, title }) => (
        <Disclosure key={id} summary={text.itemsBeside(title[lang])}>
          <Table
            caption={text.itemsBesideCaption}
            columns={[text.item, ...columns.map(({ label }) => label)]}
            rows={instrument.items
              .filter(({ dimension }) => dimension === id)
              .map((item) => [
                item.title[lang],
                ...columns.map(({ published }) =>
                  sharesOf(published.cell, item.id)
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

/** Shares from level 1, 2, 3 and 4 on; null where there are none. */
function sharesOf(cell: PublishedCell, item: string): (ShareValue | null)[] {
  return itemOf(cell, item)?.atLeast ?? [null, null, null, null];
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
  const figures = questionOf(cell, question.id);
  if (!figures) return null;
  const entries = Object.entries(figures.shares).sort(([, a], [, b]) => b - a);
  const label = (code: string) => question.codes.find(({ id }) => id === code)?.label[lang] ?? code;
  return (
    <>
      <Table
        caption={question.question[lang]}
        columns={[text.answer, text.share]}
        rows={entries.map(([code, share]) => [label(code), <Share key={code} lang={lang} share={share} />])}
      />
      <p>{text.base(wholeNumber(figures.base, lang))}</p>
    </>
  );
}

/** Suppressed is a state: said, explained, and with a way on. */
function NotPublished({ lang, figures }: { lang: Lang; figures: FieldFigures }) {
  const text = WORDS[lang];
  return (
    <Notice
      kind="warning"
      title={figures.isInCatalogue ? text.suppressed.title(upperFirst(figures.group.label)) : text.notInCatalogue}
    >
      <p>{WHY_SUPPRESSED[lang]}</p>
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
  const unitTypes = [...new Set(single.map(({ unitType }) => unitType))];
  return (
    <section aria-labelledby="unpublished">
      <h2 id="unpublished">{text.unpublished}</h2>
      <p>{text.unpublishedCount(field.published.length, total)}</p>
      <p>{text.unpublishedWhy}</p>
      <p>{text.unpublishedHelp}</p>
      <Disclosure summary={text.unpublishedList}>
        {unitTypes.map((unitType) => (
          <div key={unitType}>
            <h3>{unitType}</h3>
            <ul class="columns">
              {single
                .filter((group) => group.unitType === unitType)
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

const WORDS = words({
  de: {
    title: 'Das Feld',
    lead: 'Wie weit sind soziale Organisationen mit der Digitalisierung? Hier stehen die Werte jeder Gruppe, die groß genug ist, um veröffentlicht zu werden.',
    release: (cutoff: string, next: string) =>
      `Es gilt die Veröffentlichung zum Stichtag ${cutoff}. Die nächste folgt frühestens mit dem Stichtag ${next}.`,
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
    noProgress: 'Diese Gruppe zeigt bisher nur eine Veröffentlichung. Ein Verlauf entsteht mit der zweiten.',
    change: 'Wie sich dieselben Organisationen bewegt haben',
    changeLead: (n: string) =>
      `Rund ${n} Organisationen der Gruppe haben zweimal im Abstand von mindestens sechs Monaten teilgenommen. Das ist die Veränderung vom ersten zum letzten Check, zum Schutz zufällig verschoben.`,
    changeCaption: 'Veränderung in Punkten',
    changeMiddle: 'Mitte',
    changeHalf: 'Mittlere Hälfte',
    changeTold: 'Was sich sagen lässt',
    fromTo: (low: string, high: string) => `${low} bis ${high}`,
    rose: 'Anteil mit höherem Wert',
    changeCaveat: 'Über Organisationen, die nicht wiedergekommen sind, sagt das nichts.',
    noChange: `Für diese Gruppe ist das ${SUPPRESSED_WORDS.de}: Dafür müssen genügend Organisationen zweimal teilgenommen haben.`,
    itemsBeside: (dimension: string) => `${dimension}: die Themen nebeneinander`,
    itemsBesideCaption: 'Anteil ab Stufe 1 · ab 2 · ab 3 · 4',
    items: 'Die einzelnen Themen',
    itemsLead:
      'Anteil aller Teilnahmen der Gruppe, die mindestens die genannte Stufe erreichen. „Trifft nicht zu“ und „Weiß nicht“ zählen als nicht erreicht. Anteile in Schritten von 5\u00a0%, zum Schutz zufällig verschoben: 0\u00a0% heißt nicht „niemand“, und Teile ergeben nicht genau das Ganze.',
    noItems: (n: number) =>
      `Einzelne Themen und freiwillige Fragen werden nur von Gruppen mit höchstens einem Merkmal gezeigt, und erst ab ${n} Teilnahmen.`,
    itemCaption: (dimension: string) => `${dimension}: Anteil ab Stufe`,
    item: 'Thema',
    fromLevel: (level: number) => `ab ${level}`,
    topLevel: '4',
    levels: (dimension: string) => `${dimension}: was die Stufen heißen`,
    questions: 'Was die Organisationen dazu sagen',
    questionsLead:
      'Freiwillige Fragen, die nicht in das Ergebnis zählen. Anteile an denen, die gefragt wurden und geantwortet haben.',
    answer: 'Antwort',
    share: 'Anteil',
    base: (n: string) => `Gefragt und geantwortet: rund ${n}.`,
    sideBySide: 'Zwei Gruppen nebeneinander',
    sideBySideCaveat:
      'Fünf Punkte entsprechen einer einzigen Antwort, die eine Stufe höher liegt. Kleinere Unterschiede bedeuten nichts, und auch größere können Zufall sein oder von der Verschiebung kommen. Gruppen können einander überschneiden.',
    otherUnitType:
      'Einrichtungen und Träger arbeiten unter verschiedenen Bedingungen. Sie werden nie nebeneinandergestellt.',
    suppressed: {
      title: (group: string) => `${group}: zum Schutz nicht veröffentlicht`,
      wider: 'Veröffentlicht sind diese Gruppen:',
    },
    notInCatalogue: 'Diese Gruppe gehört nicht zum festen Katalog',
    unpublished: 'Was nicht veröffentlicht ist',
    unpublishedCount: (published: number, total: number) =>
      `Der Katalog kennt ${total} Gruppen. ${published} davon sind in dieser Veröffentlichung zu sehen, ${total - published} sind ${SUPPRESSED_WORDS.de}.`,
    unpublishedWhy:
      'Entweder haben zu wenige teilgenommen, oder die Gruppe unterscheidet sich zu wenig von einer größeren, in der sie liegt. Welches von beidem zutrifft, steht absichtlich nirgends: Schon das könnte etwas verraten.',
    unpublishedHelp: 'Jede weitere Teilnahme hilft, dass mehr Gruppen sichtbar werden können.',
    unpublishedList: 'Diese Gruppen ansehen',
    unpublishedPairs: (count: number) => `Dazu kommen ${count} Gruppen nach Handlungsfeld und Größe.`,
    methodLink: 'Wie der Schutz funktioniert',
  },
  en: {
    title: 'The field',
    lead: 'How far along are social organisations with digitalisation? Here are the figures of every group that is large enough to be published.',
    release: (cutoff: string, next: string) =>
      `In force is the release with the cut-off date ${cutoff}. The next has a cut-off on ${next} at the earliest.`,
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
    noProgress: 'Only one release shows this group so far. Its way over time shows with the second.',
    change: 'How the same organisations moved',
    changeLead: (n: string) =>
      `Around ${n} organisations of the group took part twice, at least six months apart. This is the change from their first to their last check, moved at random for protection.`,
    changeCaption: 'Change in points',
    changeMiddle: 'Middle',
    changeHalf: 'Middle half',
    changeTold: 'What can be told',
    fromTo: (low: string, high: string) => `${low} to ${high}`,
    rose: 'Share with a higher score',
    changeCaveat: 'It says nothing of organisations that did not return.',
    noChange: `For this group it is ${SUPPRESSED_WORDS.en}: enough organisations must have taken part twice.`,
    itemsBeside: (dimension: string) => `${dimension}: the topics side by side`,
    itemsBesideCaption: 'Share from level 1 · 2 · 3 · 4 on',
    items: 'The single topics',
    itemsLead:
      'Share of all participations of the group that reach at least the level named. “Does not apply” and “don’t know” count as not reached. Shares in steps of 5%, moved at random for protection: 0% does not mean nobody, and parts do not add up to the whole exactly.',
    noItems: (n: number) =>
      `Single topics and optional questions are shown of groups with at most one attribute only, and from ${n} participations on.`,
    itemCaption: (dimension: string) => `${dimension}: share from level`,
    item: 'Topic',
    fromLevel: (level: number) => `from ${level}`,
    topLevel: '4',
    levels: (dimension: string) => `${dimension}: what the levels mean`,
    questions: 'What the organisations say about it',
    questionsLead:
      'Optional questions that do not count towards the result. Shares of those who were asked and answered.',
    answer: 'Answer',
    share: 'Share',
    base: (n: string) => `Asked and answered: around ${n}.`,
    sideBySide: 'Two groups side by side',
    sideBySideCaveat:
      'Five points are one single answer that is one level higher. Smaller differences mean nothing, and larger ones may be chance or come from the moving as well. Groups may overlap.',
    otherUnitType: 'Facilities and providers work under different conditions. They are never put side by side.',
    suppressed: {
      title: (group: string) => `${group}: not published, to protect participants`,
      wider: 'These groups are published:',
    },
    notInCatalogue: 'This group is not in the fixed catalogue',
    unpublished: 'What is not published',
    unpublishedCount: (published: number, total: number) =>
      `The catalogue has ${total} groups. ${published} of them are shown in this release, ${total - published} are ${SUPPRESSED_WORDS.en}.`,
    unpublishedWhy:
      'Either too few took part, or the group differs too little from a larger one that it lies within. Which of the two is said nowhere on purpose: that alone could give something away.',
    unpublishedHelp: 'Every further participation helps more groups to become visible.',
    unpublishedList: 'See these groups',
    unpublishedPairs: (count: number) => `To these come ${count} groups by field of work and size.`,
    methodLink: 'How protection works',
  },
});
