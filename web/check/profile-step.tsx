import { useState } from 'preact/hooks';
import type { ProfileAttribute } from '#contracts/instrument';
import { CheckLine } from '../components/check-line.tsx';
import { Disclosure } from '../components/disclosure.tsx';
import { TextField } from '../components/field.tsx';
import { Notice } from '../components/notice.tsx';
import { RadioCards } from '../components/radio-cards.tsx';
import { Select } from '../components/select.tsx';
import { words } from '../words.ts';
import { type Draft, missingProfile, withProfile } from './draft.ts';
import { JoinCodes } from './join-codes.tsx';
import { StepButtons } from './step-buttons.tsx';
import { StepHeading } from './step-heading.tsx';
import type { StepProps } from './step-props.ts';

/** Above so many codes a list to open reads better than a pile of cards. */
const MAX_CARDS = 10;

/** The closed questions about the house, each with the reason for asking, and the association codes. */
export function ProfileStep(props: StepProps) {
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
          <Attribute {...props} attribute={attribute} isMissing={isChecked && missing.includes(attribute.id)} />
        </div>
      ))}
      <JoinCodes {...props} />
      <Disclosure summary={text.otherDay}>
        <TextField
          type="date"
          label={text.conductedOn}
          max={today}
          value={draft.conductedOn ?? ''}
          onInput={(day) => day <= today && change((current) => onDay(current, day))}
        />
        <CheckLine
          label={text.fromPaper}
          hint={text.fromPaperHint}
          isChecked={draft.isFromPaper ?? false}
          onChange={(isFromPaper) => change((current) => ({ ...current, isFromPaper }))}
        />
      </Disclosure>
      {isChecked && missing.length > 0 ? (
        <Notice kind="error" isLive>
          {text.missing(missing.length)}
        </Notice>
      ) : null}
      <StepButtons {...props} next={text.next} onNext={onward} />
    </>
  );
}

function onDay({ conductedOn: _, ...draft }: Draft, day: string): Draft {
  return day === '' ? draft : { ...draft, conductedOn: day };
}

function Attribute({
  lang,
  draft,
  change,
  attribute: { id, question, why, codes },
  isMissing,
}: StepProps & { attribute: ProfileAttribute; isMissing: boolean }) {
  const text = WORDS[lang];
  const error = isMissing ? text.required : undefined;
  const options = codes.map((code) => ({ value: code.id, label: code.label[lang] }));
  const given = {
    value: draft.profile[id] ?? '',
    onChange: (code: string) => code !== '' && change((current) => withProfile(current, id, code)),
  };
  if (codes.length > MAX_CARDS)
    return (
      <Select
        id={`attribute-${id}`}
        label={question[lang]}
        hint={why[lang]}
        error={error}
        options={[{ value: '', label: text.choose }, ...options]}
        {...given}
      />
    );
  const hint = (
    <>
      {why[lang]}
      {error ? <strong class="field__fault">{error}</strong> : null}
    </>
  );
  return <RadioCards name={`attribute-${id}`} legend={question[lang]} hint={hint} choices={options} {...given} />;
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
  },
});
