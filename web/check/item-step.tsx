import { useState } from 'preact/hooks';
import type { Item } from '#contracts/instrument';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { words } from '../words.ts';
import { withAnswer } from './draft.ts';
import { ItemCards } from './item-cards.tsx';
import { StepButtons } from './step-buttons.tsx';
import { StepHeading } from './step-heading.tsx';
import type { StepProps } from './step-props.ts';
import { stepBeside } from './steps.ts';

/** One question with its descriptions. Going on without an answer is said first, and takes a second thought. */
export function ItemStep({ lang, instrument, draft, change, step, go, item }: StepProps & { item: Item }) {
  const text = WORDS[lang];
  const [hasGoneOn, setGoneOn] = useState(false);
  const value = draft.answers[item.id];
  const onward = () => go(stepBeside(step, instrument, 1));
  const area = instrument.dimensions.find(({ id }) => id === item.dimension);
  return (
    <form
      class="check__question"
      onSubmit={(event) => {
        event.preventDefault();
        if (value === undefined) setGoneOn(true);
        else onward();
      }}
    >
      <ItemCards
        lang={lang}
        item={item}
        legend={
          <>
            <span class="check__theme">
              {area?.title[lang]} · {item.title[lang]}
            </span>
            <StepHeading>{item.question[lang]}</StepHeading>
          </>
        }
        hint={text.howTo}
        value={value}
        onAnswer={(answer) => change((current) => withAnswer(current, item.id, answer))}
      />
      {hasGoneOn && value === undefined ? (
        <Notice kind="error" isLive>
          <p>{text.open}</p>
          <Button kind="secondary" onClick={onward}>
            {text.skip}
          </Button>
        </Notice>
      ) : null}
      <StepButtons {...{ lang, instrument, step, go }} isSubmit />
    </form>
  );
}

const WORDS = words({
  de: {
    howTo: 'Wählen Sie die höchste Stufe, die überwiegend zutrifft.',
    open: 'Diese Frage ist noch offen. Wählen Sie eine Antwort, oder überspringen Sie sie.',
    skip: 'Frage überspringen',
  },
  en: {
    howTo: 'Choose the highest level that mostly applies.',
    open: 'This question is still open. Choose an answer, or skip it.',
    skip: 'Skip this question',
  },
});
