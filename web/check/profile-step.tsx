import { useState } from 'preact/hooks';
import type { ProfileAttribute } from '#contracts/instrument';
import { Button } from '../components/button.tsx';
import { Disclosure } from '../components/disclosure.tsx';
import { Notice } from '../components/notice.tsx';
import { RadioCards } from '../components/radio-cards.tsx';
import { words } from '../words.ts';
import { CodeSelect } from './code-select.tsx';
import { type Draft, missingProfile, withProfile } from './draft.ts';
import { JoinCodes } from './join-codes.tsx';
import { StepHeading } from './step-heading.tsx';
import type { StepProps } from './step-props.ts';

/** Above so many codes a list to open reads better than a pile of cards. */
const MAX_CARDS = 10;

/** The closed questions about the house, each with the reason for asking, and the association codes. */
export function ProfileStep(props: StepProps & { today: string }) {
  const { lang, instrument, draft, change, go, today } = props;
  const text = WORDS[lang];
  const [isChecked, setChecked] = useState(false);
  const missing = missingProfile(draft, instrument);
  const onward = () => {
    setChecked(true);
    const [first] = missing;
    if (first === undefined) return go('code');
    const place = document.getElementById(`profile-${first}`);
    place?.querySelector<HTMLElement>('input, select')?.focus();
    place?.scrollIntoView({ block: 'start', behavior: 'instant' });
  };
  return (
    <>
      <StepHeading>{text.title}</StepHeading>
      <p class="lead">{text.lead}</p>
      {instrument.profile.map((attribute) => (
        <div key={attribute.id} id={`profile-${attribute.id}`} class="check__item">
          <Attribute
            {...props}
            attribute={attribute}
            error={isChecked && missing.includes(attribute.id) ? text.required : undefined}
            onChange={(code) => change((current) => withProfile(current, attribute.id, code))}
          />
        </div>
      ))}
      <JoinCodes lang={lang} draft={draft} change={change} />
      <Disclosure summary={text.otherDay}>
        <div class="field">
          <label class="field__label" for="conducted-on">
            {text.conductedOn}
          </label>
          <input
            id="conducted-on"
            type="date"
            max={today}
            value={draft.conductedOn ?? ''}
            onChange={(event) => {
              const { value, validity } = event.currentTarget;
              if (validity.valid) change((current) => onDay(current, value));
            }}
          />
        </div>
        <label class="check-line">
          <input
            type="checkbox"
            checked={draft.isFromPaper ?? false}
            onChange={(event) => {
              const isFromPaper = event.currentTarget.checked;
              change((current) => ({ ...current, isFromPaper }));
            }}
          />
          <span>
            {text.fromPaper}
            <small>{text.fromPaperHint}</small>
          </span>
        </label>
      </Disclosure>
      {isChecked && missing.length > 0 ? (
        <Notice kind="error" isLive>
          <p>{text.missing(missing.length)}</p>
        </Notice>
      ) : null}
      <div class="buttons">
        <Button onClick={onward}>{text.next}</Button>
        <Button kind="secondary" onClick={() => go('overview')}>
          {text.back}
        </Button>
      </div>
    </>
  );
}

function onDay({ conductedOn: _, ...draft }: Draft, day: string): Draft {
  return day === '' ? draft : { ...draft, conductedOn: day };
}

function Attribute({
  lang,
  draft,
  attribute,
  error,
  onChange,
}: StepProps & { attribute: ProfileAttribute; error: string | undefined; onChange: (code: string) => void }) {
  const text = WORDS[lang];
  const value = draft.profile[attribute.id];
  if (attribute.codes.length > MAX_CARDS)
    return (
      <CodeSelect
        id={`attribute-${attribute.id}`}
        lang={lang}
        label={attribute.question[lang]}
        hint={attribute.why[lang]}
        error={error}
        codes={attribute.codes}
        empty={text.choose}
        value={value}
        onChange={(code) => code && onChange(code)}
      />
    );
  return (
    <RadioCards
      name={`attribute-${attribute.id}`}
      legend={attribute.question[lang]}
      hint={
        <>
          {attribute.why[lang]}
          {error ? <strong class="field__fault">{error}</strong> : null}
        </>
      }
      choices={attribute.codes.map((code) => ({ value: code.id, label: code.label[lang] }))}
      value={value ?? null}
      onChange={onChange}
    />
  );
}

const WORDS = words({
  de: {
    title: 'Mit wem möchten Sie verglichen werden?',
    lead: 'Vier Angaben zu Ihrem Haus, alle aus festen Listen. Nach Namen, Anschrift oder Kontakt fragen wir nicht.',
    required: 'Bitte wählen Sie etwas aus.',
    choose: 'Bitte wählen',
    otherDay: 'Auf Papier oder an einem anderen Tag ausgefüllt?',
    conductedOn: 'Tag des Checks (leer: heute)',
    fromPaper: 'Die Antworten standen schon auf Papier',
    fromPaperHint: 'Dann wird nicht mitgesendet, wie lange die Fragen hier offen waren.',
    missing: (count: number) =>
      count === 1
        ? 'Eine Angabe fehlt noch. Sie ist oben markiert.'
        : `${count} Angaben fehlen noch. Sie sind oben markiert.`,
    next: 'Weiter zum Rückkehr-Code',
    back: 'Zurück',
  },
  en: {
    title: 'Whom would you like to be compared with?',
    lead: 'Four details about your organisation, all from fixed lists. We do not ask for a name, an address or a contact.',
    required: 'Please choose one.',
    choose: 'Please choose',
    otherDay: 'Filled in on paper, or on another day?',
    conductedOn: 'Day of the check (empty: today)',
    fromPaper: 'The answers were on paper before',
    fromPaperHint: 'Then it is not sent along for how long the questions were open here.',
    missing: (count: number) =>
      count === 1
        ? 'One detail is still missing. It is marked above.'
        : `${count} details are still missing. They are marked above.`,
    next: 'Go on to the return code',
    back: 'Back',
  },
});
