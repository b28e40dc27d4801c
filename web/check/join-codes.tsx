import { useState } from 'preact/hooks';
import { readCode } from '#contracts/join-code';
import { Button, TextButton } from '../components/button.tsx';
import { TextField } from '../components/field.tsx';
import { words } from '../words.ts';
import { MAX_JOIN_CODES, withJoinCode, withoutJoinCode } from './draft.ts';
import type { StepProps } from './step-props.ts';

/** The association codes of a draft: what they mean, those entered or taken from an invitation, and a field for another. */
export function JoinCodes({ lang, draft, change }: Pick<StepProps, 'lang' | 'draft' | 'change'>) {
  const text = WORDS[lang];
  const [written, setWritten] = useState('');
  const [isMistyped, setMistyped] = useState(false);
  const add = () => {
    const reading = readCode(written);
    const hasTypo = reading.kind === 'join' && reading.isMistyped;
    setMistyped(hasTypo);
    if (hasTypo) return;
    change((current) => withJoinCode(current, written));
    setWritten('');
  };
  return (
    <section class="check__item" id="join-codes" aria-labelledby="join-codes-title" tabIndex={-1}>
      <h2 class="check__subheading" id="join-codes-title">
        {text.title}
      </h2>
      <p>{text.explanation}</p>
      {draft.joinCodes.length > 0 ? (
        <ul class="join-codes">
          {draft.joinCodes.map((joinCode) => (
            <li key={joinCode}>
              <code>{joinCode}</code>
              <TextButton onClick={() => change((current) => withoutJoinCode(current, joinCode))}>
                {text.remove} <span class="visually-hidden">{joinCode}</span>
              </TextButton>
            </li>
          ))}
        </ul>
      ) : null}
      {draft.joinCodes.length < MAX_JOIN_CODES ? (
        <form
          class="field--row"
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <TextField
            id="join-code"
            label={text.label}
            error={isMistyped ? text.mistyped : undefined}
            maxLength={40}
            autocapitalize="characters"
            spellcheck={false}
            value={written}
            onInput={setWritten}
          />
          <Button type="submit" kind="secondary">
            {text.add}
          </Button>
        </form>
      ) : null}
    </section>
  );
}

const WORDS = words({
  de: {
    title: 'Hat Ihr Verband Sie eingeladen?',
    explanation:
      'Mit dem Code aus der Einladung zählt Ihre Organisation zur Mitgliedergruppe des Verbands. Er sieht nur Werte von Gruppen ab 20 Organisationen, zum Schutz zufällig verschoben: nie Ihre Antworten, und keine Liste, wer teilgenommen hat. Ohne Code überspringen Sie diesen Punkt.',
    label: 'Code des Verbands (freiwillig, bis zu drei)',
    mistyped: 'Tippfehler: Bitte vergleichen Sie den Code Zeichen für Zeichen mit Ihrer Einladung.',
    add: 'Hinzufügen',
    remove: 'Entfernen',
  },
  en: {
    title: 'Did your association invite you?',
    explanation:
      'With the code from the invitation your organisation counts towards the association’s member group. The association sees figures of groups from 20 organisations on only, moved at random for protection: never your answers, and no list of who took part. Without a code, skip this.',
    label: 'Association code (optional, up to three)',
    mistyped: 'A typo: please compare the code symbol by symbol with your invitation.',
    add: 'Add',
    remove: 'Remove',
  },
});
