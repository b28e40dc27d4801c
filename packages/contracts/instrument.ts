import * as z from 'zod';
import { InstrumentId } from './instrument-id.ts';
import { Code, LocalText } from './text.ts';

/**
 * An instrument is data: what is asked, how it is scored, which peers are compared. One JSON file each.
 * `name.major` is a panel: its minor versions (`digitalcheck.1.1`) may correct words, never the scoring.
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

/** A closed, unscored question. `source: "items"` offers the item ids as codes. */
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

export const ProfileAttribute = z.strictObject({
  id: Code,
  title: LocalText,
  question: LocalText,
  /** The reason for asking, shown beside the question. */
  why: LocalText,
  required: z.boolean().default(true),
  codes: z
    .array(
      z.strictObject({
        id: Code,
        label: LocalText,
        /** How organisations with this code are called in running text: "Organisationen der Altenhilfe". */
        organisations: LocalText.optional(),
      }),
    )
    .min(2)
    .max(60)
    .refine(uniqueIds.check, uniqueIds.message),
});
export type ProfileAttribute = z.infer<typeof ProfileAttribute>;

export const MaturityBand = z.strictObject({ from: z.int().min(0).max(99), label: LocalText });
export type MaturityBand = z.infer<typeof MaturityBand>;

export const Instrument = z
  .strictObject({
    id: InstrumentId,
    kind: z.enum(['questionnaire', 'scores']),
    title: LocalText,
    description: LocalText,
    /** How the organisations of the panel are called in running text, e.g. "Organisationen" or "Staaten". */
    organisations: LocalText,
    dimensions: z.array(Dimension).min(1).max(8).refine(uniqueIds.check, uniqueIds.message),
    items: z.array(Item).max(40).default([]).refine(uniqueIds.check, uniqueIds.message),
    questions: z.array(Question).max(8).default([]).refine(uniqueIds.check, uniqueIds.message),
    profile: z.array(ProfileAttribute).min(1).max(8).refine(uniqueIds.check, uniqueIds.message),
    /** The profile attribute whose values are never mixed in one group; its first code is the default panel. */
    panelAttribute: Code.optional(),
    /** The fixed catalogue of peer groups as lists of attributes; `[]` is everybody of the panel. */
    catalogue: z.array(z.array(Code).max(2)).min(1).max(12),
    /** The ladder: narrowest group first; a request for an unpublished group walks down it. Each rung is in the catalogue. */
    ladder: z.array(z.array(Code).max(2)).min(1).max(6),
    /** An organisation's last submission counts for so many months. */
    panelMonths: z.int().min(6).max(60).default(24),
    /** Words for a score, half-open from each `from` to the next; the first begins at 0. */
    maturityBands: z.array(MaturityBand).min(2).max(8),
  })
  .superRefine((instrument, ctx) => {
    const report = (path: (string | number)[], message: string) => ctx.addIssue({ code: 'custom', path, message });
    const dimensionIds = new Set(instrument.dimensions.map((dimension) => dimension.id));
    const attributeIds = new Set(instrument.profile.map((attribute) => attribute.id));
    if (dimensionIds.has('overall')) report(['dimensions'], 'the id "overall" is kept for the overall score');
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
    instrument.questions.forEach((question, index) => {
      if (question.exclusive && !question.codes.some((code) => code.id === question.exclusive))
        report(['questions', index, 'exclusive'], `code "${question.exclusive}" is not in the list`);
      if (question.maxChoices > question.codes.length)
        report(['questions', index, 'maxChoices'], 'more choices than codes');
    });
    if (instrument.panelAttribute) {
      const attribute = instrument.profile.find((entry) => entry.id === instrument.panelAttribute);
      if (!attribute) report(['panelAttribute'], `attribute "${instrument.panelAttribute}" is not in the profile`);
      else if (!attribute.required) report(['panelAttribute'], 'the panel attribute must be required');
    }
    const inCatalogue = new Set(instrument.catalogue.map((group) => group.join(',')));
    if (inCatalogue.size !== instrument.catalogue.length) report(['catalogue'], 'groups must be unique');
    if (!inCatalogue.has('')) report(['catalogue'], 'the catalogue must contain [], everybody');
    for (const [field, groups] of [
      ['catalogue', instrument.catalogue],
      ['ladder', instrument.ladder],
    ] as const) {
      groups.forEach((group, index) => {
        for (const id of group) {
          if (!attributeIds.has(id)) report([field, index], `attribute "${id}" is not in the profile`);
          if (id === instrument.panelAttribute) report([field, index], 'the panel attribute is part of every group');
        }
        if (field === 'ladder' && !inCatalogue.has(group.join(',')))
          report([field, index], `rung [${group.join(', ')}] is not in the catalogue`);
      });
    }
    if (instrument.ladder.at(-1)?.length !== 0) report(['ladder'], 'the last rung must be [], everybody');
    if (instrument.maturityBands[0]?.from !== 0) report(['maturityBands', 0, 'from'], 'the first band must begin at 0');
    instrument.maturityBands.forEach((band, index) => {
      const former = instrument.maturityBands[index - 1];
      if (former && band.from <= former.from) report(['maturityBands', index, 'from'], 'bands must rise');
    });
  });
export type Instrument = z.infer<typeof Instrument>;
