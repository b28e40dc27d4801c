import type { ComponentChildren } from 'preact';
import type { Item } from '#contracts/instrument';
import type { Answer } from '#contracts/submission';
import type { Lang } from '#contracts/text';
import { RadioCards } from '../components/radio-cards.tsx';
import { words } from '../words.ts';

/**
 * The answers to an item as cards: its five descriptions, and the two ways not to choose one.
 *
 * @param under what stands below an answer
 */
export function ItemCards({
  lang,
  item,
  legend,
  hint,
  under,
  value,
  onAnswer,
}: {
  lang: Lang;
  item: Item;
  legend: ComponentChildren;
  hint?: ComponentChildren;
  under?: (answer: Answer) => ComponentChildren;
  value: Answer | undefined;
  onAnswer: (answer: Answer) => void;
}) {
  const choice = (answer: Answer, label: string) => ({
    value: String(answer),
    label,
    hint: under?.(answer),
    isAside: typeof answer === 'string',
  });
  return (
    <RadioCards
      name={`answer-${item.id}`}
      legend={legend}
      hint={hint}
      choices={[
        ...item.anchors.map((anchor, level) => choice(level as Answer, anchor[lang])),
        ...(['na', 'dk'] as const).map((answer) => choice(answer, NO_LEVEL[lang][answer])),
      ]}
      value={value === undefined ? null : String(value)}
      onChange={(chosen) => onAnswer(chosen === 'na' || chosen === 'dk' ? chosen : (Number(chosen) as Answer))}
    />
  );
}

export const NO_LEVEL = words({
  de: { na: 'Trifft nicht zu', dk: 'Weiß nicht' },
  en: { na: 'Does not apply', dk: 'Don’t know' },
});
