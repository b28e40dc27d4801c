import type { Question } from '#contracts/instrument';
import type { Lang } from '#contracts/text';
import { CheckLine } from '../components/check-line.tsx';
import { RadioCards } from '../components/radio-cards.tsx';
import { Select } from '../components/select.tsx';
import { words } from '../words.ts';
import { questionsToAsk, toggledCodes, withQuestion } from './draft.ts';
import { StepButtons } from './step-buttons.tsx';
import { StepHeading } from './step-heading.tsx';
import type { StepProps } from './step-props.ts';

/** Up to so many codes are cards; longer lists are opened. */
const MAX_CARDS = 5;

/** The unscored questions, all of them optional. */
export function MoreStep(props: StepProps) {
  const { lang, instrument, draft, change } = props;
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
      <StepButtons {...props} next={text.next} />
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
  const name = `question-${question.id}`;
  const title = question.question[lang];
  const hint = question.why[lang];
  if (question.maxChoices > 1)
    return (
      <fieldset class="radio-cards" aria-describedby={`${name}-hint`}>
        <legend>{title}</legend>
        <p class="radio-cards__hint" id={`${name}-hint`}>
          {hint}
        </p>
        <div class="check__lines">
          {question.codes.map((code) => {
            const isChosen = chosen.includes(code.id);
            // What would go beyond the number allowed cannot be ticked; "none of these" always can.
            const isFull = chosen.length >= question.maxChoices && code.id !== question.exclusive;
            return (
              <CheckLine
                key={code.id}
                label={code.label[lang]}
                isChecked={isChosen}
                isDisabled={!isChosen && isFull}
                onChange={() => onChange(toggledCodes(question, chosen, code.id))}
              />
            );
          })}
        </div>
      </fieldset>
    );
  const noAnswer = { value: '', label: WORDS[lang].noAnswer };
  const codes = question.codes.map((code) => ({ value: code.id, label: code.label[lang] }));
  const given = {
    hint,
    value: chosen[0] ?? '',
    onChange: (code: string) => onChange(code === '' ? [] : [code]),
  };
  return codes.length > MAX_CARDS ? (
    <Select id={name} label={title} options={[noAnswer, ...codes]} {...given} />
  ) : (
    <RadioCards name={name} legend={title} choices={[...codes, { ...noAnswer, isAside: true }]} {...given} />
  );
}

const WORDS = words({
  de: {
    title: 'Noch ein paar freiwillige Fragen',
    lead: 'Ihre Antworten verändern Ihr Ergebnis nicht. Sie können alles überspringen.',
    noAnswer: 'Keine Angabe',
    next: 'Weiter: prüfen und abschicken',
  },
  en: {
    title: 'A few more questions, all optional',
    lead: 'Your answers do not change your result. You can skip everything.',
    noAnswer: 'No answer',
    next: 'Next: check and send',
  },
});
