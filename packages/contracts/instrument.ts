import * as z from 'zod';
import { codesAt } from './code-list.ts';
import { setKey } from './group-set.ts';
import { InstrumentId } from './instrument-id.ts';
import { OVERALL } from './scored-ids.ts';
import { Code, IsoDate, LocalText } from './text.ts';

/**
 * An instrument is data: what is asked, how it is scored, which peers are compared. One JSON file each.
 * `name.major` is a series: its minor versions (`digitalcheck.1.1`) may correct words, never the scoring.
 */

const uniqueBy = <T>(key: (entry: T) => string) => ({
  check: (entries: T[]) => new Set(entries.map(key)).size === entries.length,
  message: 'ids must be unique',
});
const uniqueIds = uniqueBy<{ id: string }>((entry) => entry.id);

export const CodeEntry = z.strictObject({ id: Code, label: LocalText });
export type CodeEntry = z.infer<typeof CodeEntry>;

export const Dimension = z.strictObject({
  id: Code,
  title: LocalText,
  /** The title after "in" in running text, where it differs: „Prozessen“, "leadership". */
  inSentence: LocalText.optional(),
  /** What the dimension covers, one or two sentences. */
  description: LocalText,
});
export type Dimension = z.infer<typeof Dimension>;

export const Item = z.strictObject({
  id: Code,
  dimension: Code,
  title: LocalText,
  question: LocalText,
  /** Behavioural anchors, levels 0 to 4: what one would see in the house. */
  anchors: z.tuple([LocalText, LocalText, LocalText, LocalText, LocalText]),
});
export type Item = z.infer<typeof Item>;

/** A closed, unscored question. */
export const Question = z.strictObject({
  id: Code,
  title: LocalText,
  question: LocalText,
  why: LocalText,
  codes: z.array(CodeEntry).min(2).max(60).refine(uniqueIds.check, uniqueIds.message),
  /** How many codes may be chosen. */
  maxChoices: z.int().min(1).max(12).default(1),
  /** A code that excludes every other, e.g. "none of these". */
  exclusive: Code.optional(),
  /** Asked only of those who took part before. */
  returningOnly: z.boolean().default(false),
});
export type Question = z.infer<typeof Question>;

export const ProfileCode = z.strictObject({
  id: Code,
  label: LocalText,
  /** How organisations with this code are called in running text: "Organisationen der Altenhilfe". */
  organisations: LocalText.optional(),
  /** How one of them speaks of itself: "unsere Einrichtung". */
  ours: LocalText.optional(),
  /** The broader code that this one rolls up to; one at most. */
  broader: Code.optional(),
});

export const ProfileAttribute = z.strictObject({
  id: Code,
  title: LocalText,
  question: LocalText,
  /** The reason for asking, shown beside the question. */
  why: LocalText,
  required: z.boolean().default(true),
  /** The codes that organisations answer with. */
  codes: z.array(ProfileCode).min(2).max(60).refine(uniqueIds.check, uniqueIds.message),
  /** Codes that nobody answers with: they gather others in comparison groups (`code-list.ts`). */
  broaderCodes: z.array(ProfileCode).max(30).default([]),
});
export type ProfileAttribute = z.infer<typeof ProfileAttribute>;

/** A small way to begin with an item's theme, for a house to choose, change or pass over. */
export const FirstExperiment = z.strictObject({
  what: LocalText,
  withWhom: LocalText,
  /** How long it takes until a look back. */
  weeks: z.int().min(1).max(26),
  /** By what one would notice that it helps. */
  sign: LocalText,
  /** The highest own level that it still makes sense at; any if absent. */
  upToLevel: z.int().min(0).max(3).optional(),
});
export type FirstExperiment = z.infer<typeof FirstExperiment>;

/** Codes of the frame's attribute that are counted together, and how many units of the field they hold. */
export const FramePart = z.strictObject({
  codes: z.array(Code).min(1),
  title: LocalText,
  count: z.int().min(0),
});

/**
 * What is known of the whole field from elsewhere, by one attribute of the profile: participants are held against it. It
 * decides no figure of a release.
 */
export const Frame = z.strictObject({
  id: Code,
  title: LocalText,
  /** What it leaves out. */
  limits: LocalText,
  asOf: IsoDate,
  /** Of which unit type; without it of all. */
  unitType: Code.optional(),
  attribute: Code,
  parts: z.array(FramePart).min(2),
});
export type Frame = z.infer<typeof Frame>;

export const MaturityBand = z.strictObject({ from: z.int().min(0).max(99), label: LocalText });
export type MaturityBand = z.infer<typeof MaturityBand>;

/** A questionnaire is answered item by item; of scores, each dimension comes as one number. */
export const InstrumentKind = z.enum(['questionnaire', 'scores']);

/**
 * What a kind of comparison group is narrowed by: attributes, each at a level of its code list (0: the answered codes, 1:
 * their broader codes); `[]` is everybody of the series.
 */
export const GroupSet = z.array(z.strictObject({ attribute: Code, level: z.int().min(0).max(3).default(0) })).max(2);
export type GroupSet = z.infer<typeof GroupSet>;

export const Instrument = z
  .strictObject({
    id: InstrumentId,
    kind: InstrumentKind,
    title: LocalText,
    description: LocalText,
    /** How the organisations of the series are called in running text, e.g. "Organisationen" or "Staaten". */
    organisations: LocalText,
    dimensions: z.array(Dimension).min(1).max(8).refine(uniqueIds.check, uniqueIds.message),
    items: z.array(Item).max(40).default([]).refine(uniqueIds.check, uniqueIds.message),
    questions: z.array(Question).max(8).default([]).refine(uniqueIds.check, uniqueIds.message),
    /** Item id -> what a house may begin with, the smallest first. */
    firstExperiments: z.record(Code, z.array(FirstExperiment).min(1).max(3)).default({}),
    profile: z.array(ProfileAttribute).min(1).max(8).refine(uniqueIds.check, uniqueIds.message),
    /** The profile attribute whose values are never mixed in one group; its first code is the default unit type. */
    unitTypeAttribute: Code.optional(),
    /** The distance of two neighbouring scores of a dimension; published figures lie on multiples of it. Divides 100. */
    scoreStep: z
      .int()
      .min(1)
      .max(25)
      .refine((step) => 100 % step === 0, 'must divide 100'),
    /** The fixed catalogue of comparison groups. Short on purpose: each group is another draw. */
    catalogue: z.array(GroupSet).min(1).max(12),
    /**
     * Which own group is shown by default: the first of these that is published with at least `fromN` participations, else
     * the largest. Each set is in the catalogue; the last is everybody.
     */
    fallbackOrder: z
      .array(z.strictObject({ set: GroupSet, fromN: z.int().min(0) }))
      .min(1)
      .max(12),
    /** What an association's members are narrowed by; `[]` is all of them. */
    memberSets: z.array(GroupSet).min(1).max(4),
    /** An organisation's last submission counts for so many months. */
    windowMonths: z.int().min(6).max(60).default(24),
    /** Words for a score, half-open from each `from` to the next; the first begins at 0. */
    maturityBands: z.array(MaturityBand).min(2).max(8),
    /** What participants are held against; none where nothing is known of the field. */
    frame: Frame.optional(),
  })
  .superRefine((instrument, ctx) => {
    const report = (path: (string | number)[], message: string) => ctx.addIssue({ code: 'custom', path, message });
    const dimensionIds = new Set(instrument.dimensions.map((dimension) => dimension.id));
    if (dimensionIds.has(OVERALL)) report(['dimensions'], `the id "${OVERALL}" is kept for the overall score`);
    instrument.items.forEach((item, index) => {
      if (!dimensionIds.has(item.dimension))
        report(['items', index, 'dimension'], `dimension "${item.dimension}" is not defined`);
    });
    if (instrument.kind === 'questionnaire') {
      for (const dimension of instrument.dimensions) {
        const count = instrument.items.filter((item) => item.dimension === dimension.id).length;
        if (count < 3)
          report(['items'], `dimension "${dimension.id}" has ${count} items; a score needs at least three`);
      }
    } else if (instrument.items.length > 0) {
      report(['items'], 'an instrument of kind "scores" has no items');
    }
    for (const item of Object.keys(instrument.firstExperiments))
      if (!instrument.items.some(({ id }) => id === item))
        report(['firstExperiments', item], `item "${item}" is not defined`);
    instrument.questions.forEach((question, index) => {
      if (question.exclusive && !question.codes.some((code) => code.id === question.exclusive))
        report(['questions', index, 'exclusive'], `code "${question.exclusive}" is not in the list`);
      if (question.maxChoices > question.codes.length)
        report(['questions', index, 'maxChoices'], 'more choices than codes');
    });
    if (instrument.unitTypeAttribute) {
      const attribute = instrument.profile.find((entry) => entry.id === instrument.unitTypeAttribute);
      if (!attribute)
        report(['unitTypeAttribute'], `attribute "${instrument.unitTypeAttribute}" is not in the profile`);
      else if (!attribute.required) report(['unitTypeAttribute'], 'the unit type attribute must be required');
      else if (attribute.broaderCodes.length > 0)
        report(['unitTypeAttribute'], 'values of the unit type attribute are never mixed: it has no broader codes');
    }
    instrument.profile.forEach((attribute, index) => {
      if (attribute.id === 'association')
        report(['profile', index, 'id'], 'the id "association" is kept for associations');
      checkCodeList(attribute, ['profile', index], report);
    });
    const inCatalogue = new Set(instrument.catalogue.map(setKey));
    const place = new Map(instrument.profile.map(({ id }, index) => [id, index]));
    for (const [field, sets] of [
      ['catalogue', instrument.catalogue],
      ['fallbackOrder', instrument.fallbackOrder.map(({ set }) => set)],
      ['memberSets', instrument.memberSets],
    ] as const) {
      if (new Set(sets.map(setKey)).size !== sets.length) report([field], 'sets must be unique');
      sets.forEach((set, index) => {
        if (new Set(set.map(({ attribute }) => attribute)).size !== set.length)
          report([field, index], 'an attribute stands there twice');
        for (const { attribute, level } of set) {
          const entry = instrument.profile.find(({ id }) => id === attribute);
          if (!entry) report([field, index], `attribute "${attribute}" is not in the profile`);
          else if (codesAt(entry, level).length === 0)
            report([field, index], `attribute "${attribute}" has no codes of level ${level}`);
          if (attribute === instrument.unitTypeAttribute)
            report([field, index], 'the unit type attribute is part of every group');
        }
        // One spelling of a group, whoever makes it (packages/contracts/group.ts).
        if (set.some(({ attribute }, at) => place.get(attribute)! < place.get(set[at - 1]?.attribute ?? '')!))
          report([field, index], 'attributes must stand in the order of the profile');
        // Of two groups with the same participations the first is kept, and that must be the broader one.
        if (field !== 'fallbackOrder' && sets.slice(index + 1).some((later) => narrows(set, later)))
          report([field, index], 'a broader set must stand before those that narrow it');
        if (field === 'fallbackOrder' && !inCatalogue.has(setKey(set)))
          report([field, index], `the set [${setKey(set)}] is not in the catalogue`);
      });
    }
    if (instrument.fallbackOrder.at(-1)?.set.length !== 0)
      report(['fallbackOrder'], 'the last set must be [], everybody');
    if (instrument.catalogue[0]?.length !== 0) report(['catalogue'], 'the first set must be [], everybody');
    if (instrument.memberSets[0]?.length !== 0) report(['memberSets'], 'the first set must be [], all members');
    // One name for each figure of a cell (packages/disclosure/figure-names.ts).
    const figures = new Set([...dimensionIds, OVERALL]);
    for (const [field, entries] of [
      ['items', instrument.items],
      ['questions', instrument.questions],
    ] as const)
      entries.forEach(({ id }, index) => {
        if (figures.has(id)) report([field, index, 'id'], `"${id}" names another dimension, item or question already`);
        figures.add(id);
      });
    instrument.questions.forEach((question, index) => {
      if (question.codes.some(({ id }) => id === 'base'))
        report(['questions', index, 'codes'], 'the code "base" is kept for how many answered');
    });
    const { frame } = instrument;
    const framed = instrument.profile.find(({ id }) => id === frame?.attribute);
    if (frame && !framed) report(['frame', 'attribute'], `attribute "${frame.attribute}" is not in the profile`);
    frame?.parts.forEach(({ codes }, index) => {
      for (const code of codes)
        if (framed && !framed.codes.some(({ id }) => id === code))
          report(['frame', 'parts', index, 'codes'], `"${code}" is not a code of "${frame.attribute}"`);
    });
    if (instrument.maturityBands[0]?.from !== 0) report(['maturityBands', 0, 'from'], 'the first band must begin at 0');
    instrument.maturityBands.forEach((band, index) => {
      const former = instrument.maturityBands[index - 1];
      if (former && band.from <= former.from) report(['maturityBands', index, 'from'], 'bands must rise');
    });
  });
export type Instrument = z.infer<typeof Instrument>;

/** Whether each group of one set lies within a group of the other: same attributes, at the same level or below. */
function narrows(inner: GroupSet, outer: GroupSet): boolean {
  return outer.every(({ attribute, level }) =>
    inner.some((entry) => entry.attribute === attribute && entry.level <= level),
  );
}

function checkCodeList(
  { codes, broaderCodes }: ProfileAttribute,
  path: (string | number)[],
  report: (path: (string | number)[], message: string) => void,
): void {
  const all = [...codes, ...broaderCodes];
  if (!uniqueIds.check(all)) report([...path, 'broaderCodes'], 'ids must be unique, those of the codes included');
  const broader = new Map(broaderCodes.map((code) => [code.id, code.broader]));
  // A broader code's level is told by what it gathers. Of two levels, a group would have half of what lies under it.
  const levels = new Map<string, Set<number>>();
  for (const [list, entries] of [
    ['codes', codes],
    ['broaderCodes', broaderCodes],
  ] as const)
    entries.forEach((code, index) => {
      if (code.broader !== undefined && !broader.has(code.broader))
        report([...path, list, index, 'broader'], `"${code.broader}" is not one of the broader codes`);
      const seen = new Set([code.id]);
      for (let next = code.broader; next !== undefined; next = broader.get(next)) {
        if (seen.has(next)) {
          report([...path, list, index, 'broader'], `"${code.id}" is broader than itself`);
          break;
        }
        if (list === 'codes') levels.set(next, (levels.get(next) ?? new Set()).add(seen.size));
        seen.add(next);
      }
    });
  broaderCodes.forEach((code, index) => {
    if (!all.some((entry) => entry.broader === code.id))
      report([...path, 'broaderCodes', index], `no code names "${code.id}" as its broader one`);
    else if ((levels.get(code.id)?.size ?? 0) > 1)
      report([...path, 'broaderCodes', index], `"${code.id}" gathers codes of several levels`);
    else if (!levels.has(code.id)) report([...path, 'broaderCodes', index], `no answered code lies under "${code.id}"`);
  });
}
