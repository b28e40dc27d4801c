import type { Question } from '#contracts/instrument';
import type { Lang } from '#contracts/text';
import { Button } from '../components/button.tsx';
import { RadioCards } from '../components/radio-cards.tsx';
import { words } from '../words.ts';
import { CodeSelect } from './code-select.tsx';
import { questionsToAsk, toggledCodes, withQuestion } from './draft.ts';
import { StepHeading } from './step-heading.tsx';
import type { StepProps } from './step-props.ts';

/** Up to so many codes are cards; longer lists are opened. */
const MAX_CARDS = 5;

/** The unscored questions, all of them optional. */
export function MoreStep({ lang, instrument, draft, change, go }: StepProps) {
  const text = WORDS[lang];
  return (
    <>
      <StepHeading>{text.title}</StepHeading>
      <p class="lead">{text.lead}</p>
      {questionsToAsk(draft, instrument).map((question) => (
        <div key={question.id} class="check__item">
          <UnscoredQuestion
            lang={lang}
            question={question}
            chosen={draft.questions[question.id] ?? []}
            onChange={(codes) => change((current) => withQuestion(current, question.id, codes))}
          />
        </div>
      ))}
      <div class="buttons">
        <Button onClick={() => go('summary')}>{text.next}</Button>
        <Button kind="secondary" onClick={() => go('code')}>
          {text.back}
        </Button>
      </div>
    </>
  );
}

function UnscoredQuestion({
  lang,
  question,
  chosen,
  onChange,
}: {
  lang: Lang;
  question: Question;
  chosen: string[];
  onChange: (codes: string[]) => void;
}) {
  const text = WORDS[lang];
  const name = `question-${question.id}`;
  if (question.maxChoices > 1)
    return (
      <fieldset class="radio-cards" aria-describedby={`${name}-hint`}>
        <legend>{question.question[lang]}</legend>
        <p class="radio-cards__hint" id={`${name}-hint`}>
          {question.why[lang]}
        </p>
        <div class="check__lines">
          {question.codes.map((code) => {
            const isChosen = chosen.includes(code.id);
            // What would go beyond the number allowed cannot be ticked; "none of these" always can.
            const isFull = chosen.length >= question.maxChoices && code.id !== question.exclusive;
            return (
              <label key={code.id} class="check-line">
                <input
                  type="checkbox"
                  checked={isChosen}
                  disabled={!isChosen && isFull}
                  onChange={() => onChange(toggledCodes(question, chosen, code.id))}
                />
                <span>{code.label[lang]}</span>
              </label>
            );
          })}
        </div>
      </fieldset>
    );
  if (question.codes.length > MAX_CARDS)
    return (
      <CodeSelect
        id={name}
        lang={lang}
        label={question.question[lang]}
        hint={question.why[lang]}
        codes={question.codes}
        empty={text.noAnswer}
        value={chosen[0]}
        onChange={(code) => onChange(code ? [code] : [])}
      />
    );
  return (
    <RadioCards
      name={name}
      legend={question.question[lang]}
      hint={question.why[lang]}
      choices={[
        ...question.codes.map((code) => ({ value: code.id, label: code.label[lang] })),
        { value: NO_ANSWER, label: text.noAnswer, isAside: true },
      ]}
      value={chosen[0] ?? NO_ANSWER}
      onChange={(code) => onChange(code === NO_ANSWER ? [] : [code])}
    />
  );
}
/** No code of an instrument: codes have no underscore. */
const NO_ANSWER = '_none';

const WORDS = words({
  de: {
    title: 'Noch ein paar freiwillige Fragen',
    lead: 'Ihre Antworten verändern Ihr Ergebnis nicht. Sie können alles überspringen.',
    noAnswer: 'Keine Angabe',
    next: 'Weiter: prüfen und abschicken',
    back: 'Zurück',
  },
  en: {
    title: 'A few more questions, all optional',
    lead: 'Your answers do not change your result. You can skip everything.',
    noAnswer: 'No answer',
    next: 'Next: check and send',
    back: 'Back',
  },
});
