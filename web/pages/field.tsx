import type { Instrument } from '#contracts/instrument';
import type { GroupRef, Manifest, PublishedCell } from '#contracts/release';
import { itemOf, questionOf } from '#contracts/released-cell';
import { scoredIds } from '#contracts/scored-ids';
import type { Lang } from '#contracts/text';
import type { GroupChange } from '#standing/compare-change';
import type { GroupFigures } from '#standing/own-standing';
import { CHANGE_CAVEAT, groupChangeWords } from '#views/change-lines';
import { distributionLines, WHY_SUPPRESSED } from '#views/distribution-view';
import { groupLabel } from '#views/group-label';
import { caveatSentence, marksSentence, movedOf, movedSentence, nextReleaseWords } from '#views/release-words';
import {
  amongOf,
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
import { Levels, LevelsKey } from '../components/levels.tsx';
import { List } from '../components/list.tsx';
import { Notice } from '../components/notice.tsx';
import { Page } from '../components/page.tsx';
import { Picture } from '../components/picture.tsx';
import { Select } from '../components/select.tsx';
import { Share } from '../components/share.tsx';
import { Table } from '../components/table.tsx';
import { pathsOf, pathTo } from '../site-map.ts';
import { words } from '../words.ts';
import { FieldOverview, type FieldOverviewProps } from './field-overview.tsx';
import { PictureFiles } from './picture-files.tsx';

/** A group of the catalogue. */
type Group = Pick<GroupRef, 'key' | 'unitType' | 'where'>;

/** What the release in force shows of a group that was asked for. */
export interface FieldFigures {
  group: Group;
  /** Its cell, and dimension id, or "overall", -> figures; null where it is not published, or not in the catalogue. */
  published: { cell: PublishedCell; figures: Record<string, GroupFigures> } | null;
  isInCatalogue: boolean;
  /** Published groups around it to go to instead. */
  choices: Group[];
  /** What moved over the releases, a sentence for each dimension; empty before the second that shows it. */
  progress: string[];
  /** How organisations moved that took part twice, by dimension; null where that is not published. */
  change: { participations: number; dimensions: Record<string, GroupChange> } | null;
}

interface Field {
  /** What the address asks for. */
  choices: { group?: string; with?: string };
  manifest: Manifest;
  /** Where the service is reached. */
  origin: string;
  /** `YYYY-MM-DD` */
  today: string;
  shown: FieldFigures;
  /** All groups of the unit type; null where a narrower one is shown, or two. */
  overview: Pick<FieldOverviewProps, 'unitType' | 'groups' | 'dimension' | 'others'> | null;
  /** The group beside it; `other-unit-type` where the one asked for is never compared with the first. */
  beside: FieldFigures | 'other-unit-type' | null;
}

/** `/de/feld`: any published group, all dimensions and items, its way over the releases, and a second one beside it. */
export function FieldPage({ field, ...given }: { lang: Lang; instrument: Instrument; field: Field | null }) {
  const { lang } = given;
  const text = WORDS[lang];
  return (
    <Page lang={lang} title={text.title} lead={text.lead} paths={pathsOf('field', field?.choices)}>
      {field ? (
        <Release {...given} field={field} />
      ) : (
        <>
          <Notice title={text.noReleaseTitle}>{text.noRelease}</Notice>
          <p class="buttons">
            <ButtonLink href={pathTo('check', lang)}>{text.takeCheck}</ButtonLink>
          </p>
        </>
      )}
    </Page>
  );
}

interface Given {
  lang: Lang;
  instrument: Instrument;
  field: Field;
}

function Release(given: Given) {
  const { lang, instrument, field } = given;
  const { manifest, today, shown, beside } = field;
  const text = WORDS[lang];
  const asked = beside === null || beside === 'other-unit-type' ? [shown] : [shown, beside];
  const columns = asked.flatMap(({ published, ...figures }): Column[] =>
    published
      ? [{ ...published, ...figures, label: upperFirst(groupInNumbers(instrument, published.cell, lang)) }]
      : [],
  );
  const hidden = asked.filter(({ published }) => !published);
  return (
    <>
      <p>
        {text.release(longDate(manifest.cutoffOn, lang), nextReleaseWords(manifest.nextReleaseOn, today, lang))}{' '}
        {marksSentence(manifest.marks, lang)}
      </p>
      {field.overview && field.overview.groups.length > 0 ? (
        <FieldOverview lang={lang} instrument={instrument} manifest={manifest} {...field.overview} />
      ) : (
        <p class="no-print">
          <a href={`${pathTo('field', lang)}#overview`}>{text.overview}</a>
        </p>
      )}
      <GroupForm {...given} />
      {beside === 'other-unit-type' ? <Notice kind="warning">{text.otherUnitType}</Notice> : null}
      {hidden.map((figures) => (
        <NotPublished key={figures.group.key} lang={lang} instrument={instrument} figures={figures} />
      ))}
      {columns.length > 0 ? <Figures {...given} columns={columns} /> : null}
      <Unpublished {...given} />
    </>
  );
}

/** The groups to choose from. It says what was asked for, also where that is not published. */
function GroupForm({ lang, instrument, field: { manifest, shown, beside } }: Given) {
  const text = WORDS[lang];
  const { key, unitType } = shown.group;
  const options = manifest.cells.flatMap(({ group, ...cell }) => {
    const label = upperFirst(groupLabel(instrument, group, lang));
    const isShown = cell.state === 'published';
    if (!isShown && group.key !== key) return [];
    return [
      {
        value: group.key,
        label: isShown
          ? text.option(label, wholeNumber(cell.participations, lang))
          : `${label} (${SUPPRESSED_WORDS[lang]})`,
        group: groupLabel(instrument, { unitType: group.unitType, where: {} }, lang),
        isBeside: isShown && group.unitType === unitType && group.key !== key,
      },
    ];
  });
  return (
    <form class="field-form" action={pathTo('field', lang)} method="get">
      <Select id="group" label={text.group} options={options} value={key} />
      <Select
        id="with"
        label={text.beside}
        options={[{ value: '', label: text.nothing }, ...options.filter(({ isBeside }) => isBeside)]}
        value={beside === null || beside === 'other-unit-type' ? '' : beside.group.key}
      />
      <Button type="submit">{text.show}</Button>
    </form>
  );
}

/** One of one or two groups that are shown beside each other. */
interface Column extends Omit<FieldFigures, 'published'> {
  cell: PublishedCell;
  figures: Record<string, GroupFigures>;
  /** "Rund 225 Einrichtungen" */
  label: string;
}

interface Columns extends Given {
  columns: Column[];
}

/** Distribution, way over the releases, matched change, items and questions of one group, or of two beside each other. */
function Figures(given: Columns) {
  const { lang, instrument, field, columns } = given;
  const text = WORDS[lang];
  const isAlone = columns.length === 1;
  const address = (column: Column, suffix: string, query: Record<string, string> = {}) =>
    `/v1/releases/${field.manifest.releaseId}/figures.${suffix}?${new URLSearchParams({ group: column.group.key, lang, ...query })}`;
  // The page says itself what a whole picture says around its rows.
  const drawn = (column: Column, view: 'standing' | 'progress') => ({
    src: address(column, 'svg', { view, setting: 'page' }),
    alt: view === 'standing' ? text.pictureAlt(column.label) : text.progressAlt(column.label),
    ...(isAlone ? {} : { layout: 'narrow' as const, caption: column.label }),
  });
  const withProgress = columns.filter(({ progress }) => progress.length > 0);
  return (
    <section aria-labelledby="figures">
      <h2 id="figures">{isAlone ? columns[0]!.label : text.sideBySide}</h2>
      <p>
        {columns
          .map(({ cell, figures }) =>
            movedSentence(movedOf(Object.values(figures)), amongOf(instrument, cell, lang), NO_OWN_SCORE, lang),
          )
          .join(' ')}{' '}
        {caveatSentence(instrument, columns[0]!.cell.group, lang)} {isAlone ? '' : text.sideBySideCaveat}
      </p>
      <div class="beside">
        {columns.map((column) => (
          <Picture key={column.group.key} {...drawn(column, 'standing')} />
        ))}
      </div>
      <Disclosure summary={text.asTable}>
        <DimensionTable {...given} />
      </Disclosure>
      {columns.map((column) => (
        <PictureFiles
          key={column.group.key}
          lang={lang}
          says={isAlone ? text.downloads : text.downloadsOf(column.label)}
          address={(suffix) => address(column, suffix)}
          name={text.file}
          embed={{ origin: field.origin, query: { group: column.group.key }, title: column.label }}
        />
      ))}

      <h3>{text.progress}</h3>
      {withProgress.length === 0 ? <p>{text.noProgress}</p> : null}
      <div class="beside">
        {withProgress.map((column) => (
          <div key={column.group.key}>
            <Picture {...drawn(column, 'progress')} />
            <Disclosure summary={text.inWords}>
              <List items={column.progress} />
            </Disclosure>
          </div>
        ))}
      </div>

      <h3>{text.change}</h3>
      <MatchedChange {...given} />
      <h3>{text.items}</h3>
      <Items {...given} />
      <Questions {...given} />
    </section>
  );
}

const NO_OWN_SCORE = { hasScore: false, hasVerdict: false };

/** Middle and middle half of each dimension, a column for each group. */
function DimensionTable({ lang, instrument, columns }: Columns) {
  const text = WORDS[lang];
  const lines = columns.map(({ figures }) => distributionLines({ instrument, figures, lang }));
  return (
    <Table
      caption={text.dimensionCaption}
      columns={[text.dimension, ...columns.map(({ label }) => label)]}
      rows={lines[0]!.map(({ title }, index) => [title, ...lines.map((group) => group[index]!.told)])}
    />
  );
}

/** How the same organisations moved, where it is published. */
function MatchedChange({ lang, instrument, columns }: Columns) {
  const text = WORDS[lang];
  const shown = columns.flatMap(({ change, label }) => (change ? [{ ...change, label }] : []));
  return (
    <>
      {shown.length < columns.length ? <p>{text.noChange}</p> : null}
      {shown.map(({ participations, dimensions, label }) => (
        <Table
          key={label}
          caption={text.changeCaption(label, wholeNumber(participations, lang))}
          columns={[text.dimension, text.changeMiddle, text.changeHalf, text.changeTold, text.rose]}
          rows={scoredIds(instrument).flatMap((id) => {
            const figures = dimensions[id];
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
      ))}
      {shown.length > 0 ? <p>{`${text.changeLead} ${CHANGE_CAVEAT[lang]} ${text.changeCaveat}`}</p> : null}
    </>
  );
}

/** How each group is spread over the levels of each item, a bar for each. */
function Items({ lang, instrument, field, columns }: Columns) {
  const text = WORDS[lang];
  const shown = columns.filter(({ cell }) => cell.items);
  return (
    <>
      <p>{shown.length === columns.length ? text.itemsLead : text.noItems(field.manifest.policy.itemsFromN)}</p>
      {shown.length > 0 ? <LevelsKey lang={lang} /> : null}
      {(shown.length > 0 ? instrument.dimensions : []).map(({ id, title }) => {
        const items = instrument.items.filter(({ dimension }) => dimension === id);
        return (
          <div key={id}>
            <Table
              caption={text.itemCaption(title[lang])}
              columns={[text.item, ...shown.map(({ label }) => label)]}
              rows={items.map((item) => [
                item.title[lang],
                ...shown.map(({ cell, label }) => <Levels key={label} lang={lang} figures={itemOf(cell, item.id)} />),
              ])}
            />
            <Disclosure summary={text.meanings(title[lang])}>
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
          </div>
        );
      })}
    </>
  );
}

/** The unscored questions, each folded away: answers by the first group's shares, a column for each group. */
function Questions({ lang, instrument, columns }: Columns) {
  const text = WORDS[lang];
  const shown = instrument.questions.flatMap((question) => {
    const answered = columns.flatMap(({ cell, label }) => {
      const figures = questionOf(cell, question.id);
      return figures ? [{ ...figures, label }] : [];
    });
    return answered.length > 0 ? [{ question, answered }] : [];
  });
  if (shown.length === 0) return null;
  return (
    <>
      <h3>{text.questions}</h3>
      <p>{text.questionsLead}</p>
      {shown.map(({ question, answered }) => (
        <Disclosure key={question.id} summary={question.title[lang]}>
          <Table
            caption={question.question[lang]}
            columns={[text.answer, ...answered.map(({ base, label }) => text.share(label, wholeNumber(base, lang)))]}
            rows={question.codes
              .toSorted((a, b) => (answered[0]!.shares[b.id] ?? 0) - (answered[0]!.shares[a.id] ?? 0))
              .map((code) => [
                code.label[lang],
                ...answered.map(({ shares, label }) => (
                  <Share key={label} lang={lang} share={shares[code.id] ?? null} />
                )),
              ])}
          />
        </Disclosure>
      ))}
    </>
  );
}

/** Suppressed is a state: said, explained below, and with a way on. */
function NotPublished({ lang, instrument, figures }: Omit<Given, 'field'> & { figures: FieldFigures }) {
  const text = WORDS[lang];
  const name = upperFirst(groupLabel(instrument, figures.group, lang));
  return (
    <Notice kind="warning" title={figures.isInCatalogue ? `${name}: ${SUPPRESSED_WORDS[lang]}` : text.notInCatalogue}>
      <p>
        <a href="#unpublished">{text.why}</a>
      </p>
      {figures.choices.length > 0 ? <p>{text.wider}</p> : null}
      <ul>
        {figures.choices.map((group) => (
          <li key={group.key}>
            <a href={`${pathTo('field', lang)}?${new URLSearchParams({ group: group.key })}`}>
              {groupLabel(instrument, group, lang)}
            </a>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

/** Which groups of the catalogue are not published, and why. */
function Unpublished({ lang, instrument, field: { manifest } }: Given) {
  const text = WORDS[lang];
  const hidden = manifest.cells.filter(({ state }) => state === 'suppressed');
  return (
    <section aria-labelledby="unpublished">
      <h2 id="unpublished">{text.unpublished}</h2>
      <p>{text.unpublishedCount(manifest.cells.length - hidden.length, manifest.cells.length)}</p>
      <p>
        {WHY_SUPPRESSED[lang]} {text.unpublishedWhy}
      </p>
      <Disclosure summary={text.unpublishedList}>
        <List class="columns" items={hidden.map(({ group }) => upperFirst(groupLabel(instrument, group, lang)))} />
      </Disclosure>
      <p>
        <a href={pathTo('method', lang)}>{text.method}</a>
      </p>
    </section>
  );
}

const WORDS = words({
  de: {
    title: 'Das Feld',
    lead: 'Wie weit sind soziale Organisationen mit der Digitalisierung? Hier stehen die Werte jeder Gruppe, die groß genug ist, um veröffentlicht zu werden.',
    release: (cutoff: string, next: string) => `Aktuelle Ausgabe: Stichtag ${cutoff}. Nächste Ausgabe: ${next}.`,
    group: 'Gruppe',
    beside: 'Zweite Gruppe daneben',
    nothing: 'keine zweite Gruppe',
    option: (label: string, n: string) => `${label} (rund ${n})`,
    show: 'Anzeigen',
    noReleaseTitle: 'Noch ist nichts veröffentlicht',
    noRelease:
      'Die erste Ausgabe erscheint, sobald genügend Organisationen teilgenommen haben. Ihre eigenen Werte sehen Sie schon heute.',
    takeCheck: 'Check machen',
    otherUnitType:
      'Einrichtungen und Träger arbeiten unter verschiedenen Bedingungen. Sie werden nie nebeneinandergestellt.',
    sideBySide: 'Zwei Gruppen nebeneinander',
    sideBySideCaveat:
      'Fünf Punkte entsprechen einer einzigen Antwort, die eine Stufe höher liegt. Kleinere Unterschiede bedeuten nichts, und auch größere können Zufall sein oder von der Verschiebung kommen. Gruppen können einander überschneiden.',
    pictureAlt: (group: string) =>
      `Verteilung der Ergebnisse, ${group}: je Bereich die Mitte und die mittlere Hälfte. Die Werte stehen darunter als Tabelle.`,
    asTable: 'Dasselbe als Tabelle',
    dimensionCaption: 'Mitte und mittlere Hälfte, Punkte von 0 bis 100',
    dimension: 'Bereich',
    overview: 'Alle Gruppen im Überblick',
    file: 'sektorspiegel-gruppe',
    downloads: 'Bild oder Werte sichern als',
    downloadsOf: (group: string) => `${group}: sichern als`,
    progress: 'Stand je Stichtag (jedes Mal andere Teilnehmende)',
    progressAlt: (group: string) =>
      `Stand je Stichtag, ${group}: je Bereich die Mitte und die mittlere Hälfte. Dasselbe steht darunter in Worten.`,
    inWords: 'Dasselbe in Worten',
    noProgress: 'Bisher zeigt erst eine Ausgabe diese Werte. Ein Verlauf entsteht mit der zweiten.',
    change: 'Wie sich dieselben Organisationen bewegt haben',
    changeCaption: (group: string, n: string) =>
      `${group}: Veränderung in Punkten bei rund ${n}, die zweimal teilgenommen haben`,
    changeMiddle: 'Mitte',
    changeHalf: 'Mittlere Hälfte',
    changeTold: 'Was sich sagen lässt',
    fromTo: (low: string, high: string) => `${low} bis ${high}`,
    rose: 'Anteil mit höherem Wert',
    changeLead:
      'Gezeigt ist die Veränderung vom ersten zum letzten Check, mindestens sechs Monate auseinander und zum Schutz zufällig verschoben.',
    changeCaveat: 'Über Organisationen, die nicht wiedergekommen sind, sagt das nichts.',
    noChange:
      'Für diese Gruppe ist das zum Schutz nicht veröffentlicht: Dafür müssen genügend Organisationen zweimal teilgenommen haben.',
    items: 'Die einzelnen Themen',
    itemsLead:
      'Anteile aller Teilnahmen der Gruppe auf jeder Stufe, in Prozent und in Schritten von 5. „Ohne Stufe“ sind „Trifft nicht zu“ und „Weiß nicht“. 0\u00a0% heißt nicht „niemand“, und Teile ergeben nicht genau das Ganze.',
    noItems: (n: number) =>
      `Einzelne Themen und freiwillige Fragen werden nur von Gruppen mit höchstens einem Merkmal gezeigt, und erst ab ${n} Teilnahmen.`,
    itemCaption: (dimension: string) => `${dimension}: Anteile der Stufen`,
    item: 'Thema',
    meanings: (dimension: string) => `${dimension}: was die Stufen heißen`,
    questions: 'Was die Organisationen dazu sagen',
    questionsLead:
      'Freiwillige Fragen, die nicht in das Ergebnis zählen. Anteile an denen, die gefragt wurden und geantwortet haben.',
    answer: 'Antwort',
    share: (group: string, n: string) => `${group}; geantwortet haben rund ${n}`,
    wider: 'Veröffentlicht sind diese Gruppen:',
    why: 'Warum?',
    notInCatalogue: 'Diese Gruppe gehört nicht zum festen Katalog',
    unpublished: 'Was nicht veröffentlicht ist',
    unpublishedCount: (published: number, total: number) =>
      `Der Katalog kennt ${total} Gruppen. ${published} davon sind in dieser Ausgabe zu sehen; ${SUPPRESSED_WORDS.de}: ${total - published}.`,
    unpublishedWhy:
      'Welches von beidem fehlt, steht absichtlich nirgends: Schon das könnte etwas verraten. Jede weitere Teilnahme hilft, dass mehr Gruppen sichtbar werden.',
    unpublishedList: 'Diese Gruppen ansehen',
    method: 'Wie der Schutz funktioniert',
  },
  en: {
    title: 'The field',
    lead: 'How far along are social organisations with digitalisation? Here are the figures of every group that is large enough to be published.',
    release: (cutoff, next) => `Current release: cut-off date ${cutoff}. Next release: ${next}.`,
    group: 'Group',
    beside: 'Second group beside it',
    nothing: 'no second group',
    option: (label, n) => `${label} (around ${n})`,
    show: 'Show',
    noReleaseTitle: 'Nothing has been published yet',
    noRelease:
      'The first release will follow once enough organisations have taken part. You can see your own scores today.',
    takeCheck: 'Take the check',
    otherUnitType: 'Facilities and providers work under different conditions. They are never put side by side.',
    sideBySide: 'Two groups side by side',
    sideBySideCaveat:
      'Five points are a single answer one level higher. Smaller differences mean nothing, and larger ones may also be chance or come from the random shift. Groups may overlap.',
    pictureAlt: (group) =>
      `How the results are spread, ${group}: for each area the middle and the middle half. The figures follow as a table.`,
    asTable: 'The same as a table',
    dimensionCaption: 'Middle and middle half, points from 0 to 100',
    dimension: 'Area',
    overview: 'All groups at a glance',
    file: 'sektorspiegel-group',
    downloads: 'Save picture or figures as',
    downloadsOf: (group) => `${group}: save as`,
    progress: 'At each cut-off date (different participants each time)',
    progressAlt: (group) =>
      `The figures at each cut-off date, ${group}: for each area the middle and the middle half. The same follows in words.`,
    inWords: 'The same in words',
    noProgress: 'Only one release shows these figures so far. There will be a picture over time with the second.',
    change: 'How the same organisations moved',
    changeCaption: (group, n) => `${group}: change in points among around ${n} that took part twice`,
    changeMiddle: 'Middle',
    changeHalf: 'Middle half',
    changeTold: 'What can be told',
    fromTo: (low, high) => `${low} to ${high}`,
    rose: 'Share with a higher score',
    changeLead:
      'Shown is the change from the first to the last check, at least six months apart and shifted at random for protection.',
    changeCaveat: 'It says nothing of organisations that did not return.',
    noChange:
      'For this group it is not published, to protect participants: enough organisations must have taken part twice.',
    items: 'The individual topics',
    itemsLead:
      'Shares of all participations in the group at each level, in per cent and in steps of 5. “No level” are “does not apply” and “don’t know”. 0% does not mean nobody, and parts do not add up exactly to the whole.',
    noItems: (n) =>
      `Individual topics and optional questions are shown only for groups with at most one attribute, and from ${n} participations.`,
    itemCaption: (dimension) => `${dimension}: shares of the levels`,
    item: 'Topic',
    meanings: (dimension) => `${dimension}: what the levels mean`,
    questions: 'What the organisations say about it',
    questionsLead:
      'Optional questions that do not count towards the result. Shares of those who were asked and answered.',
    answer: 'Answer',
    share: (group, n) => `${group}; around ${n} answered`,
    wider: 'These groups are published:',
    why: 'Why?',
    notInCatalogue: 'This group is not in the fixed catalogue',
    unpublished: 'What is not published',
    unpublishedCount: (published, total) =>
      `The catalogue has ${total} groups. ${published} of them are shown in this release; ${SUPPRESSED_WORDS.en}: ${total - published}.`,
    unpublishedWhy:
      'Which of the two is lacking is deliberately not stated anywhere: that alone could give something away. Every further participation helps more groups become visible.',
    unpublishedList: 'See these groups',
    method: 'How protection works',
  },
});
