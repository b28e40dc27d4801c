import type { ItemRanges, QuestionRanges, ShareRanges } from '#contracts/answers/group-figures';
import type { Policy } from '#contracts/policy';
import type { ItemFigures, PublishedCell, QuestionFigures, Share } from '#contracts/release';
import { type ShareDraw, shareInterval } from '#statistics/share-interval';
import type { Interval } from '#statistics/wilson';
import { outward } from './cut-estimate.ts';

/** What of a release's policy a share was drawn under. */
export type SharePolicy = Pick<Policy, 'epsilon' | 'participationsRoundedTo'>;

/**
 * Between which whole per cents a published share of all participations may lie in the field, 95 %.
 *
 * @param n the shown n of whom it is a share
 */
export function shareRange(share: Share, n: number, policy: SharePolicy): Interval {
  return range(share, drawOf(n, policy));
}

/** Of an item's published shares. `n`: the shown n of its cell. */
export function itemRanges(figures: ItemFigures, n: number, policy: SharePolicy): ItemRanges {
  const of = (share: Share) => shareRange(share, n, policy);
  const [one, two, three, four] = figures.atLeast;
  return {
    atLeast: [of(one), of(two), of(three), of(four)],
    notApplicable: of(figures.notApplicable),
    dontKnow: of(figures.dontKnow),
  };
}

/** Of a question's published shares, whose base was drawn too. */
export function questionRanges({ base, shares }: QuestionFigures, policy: SharePolicy): QuestionRanges {
  const draw = { ...drawOf(base, policy), isBaseDrawn: true };
  return Object.fromEntries(Object.entries(shares).map(([code, share]) => [code, range(share, draw)]));
}

/** Of all published shares of a cell, by item and by question; both are empty where the group shows none. */
export function allShareRanges(
  { participations, items = {}, questions = {} }: PublishedCell,
  policy: SharePolicy,
): ShareRanges {
  const each = <From, To>(figures: Record<string, From>, of: (own: From) => To) =>
    Object.fromEntries(Object.entries(figures).map(([id, own]) => [id, of(own)]));
  return {
    items: each(items, (figures) => itemRanges(figures, participations, policy)),
    questions: each(questions, (figures) => questionRanges(figures, policy)),
  };
}

const drawOf = (shown: number, { epsilon, participationsRoundedTo }: SharePolicy): ShareDraw => ({
  shown,
  roundedTo: participationsRoundedTo,
  epsilon: epsilon.count,
});

const range = (share: Share, draw: ShareDraw) => outward(shareInterval(share, draw), 0, 100);
