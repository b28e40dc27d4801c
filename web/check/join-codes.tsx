import { useState } from 'preact/hooks';
import { readCode } from '#contracts/join-code';
import type { Lang } from '#contracts/text';
import { Button } from '../components/button.tsx';
import { words } from '../words.ts';
import { type Draft, MAX_JOIN_CODES, withJoinCode, withoutJoinCode } from './draft.ts';

/** The association codes of a draft: what they mean, those entered or taken from an invitation, and a field for another. */
export function JoinCodes({
  lang,
  draft,
  change,
}: {
  lang: Lang;
  draft: Draft;
  change: (next: (draft: Draft) => Draft) => void;
}) {
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
              <button
                type="button"
                class="text-button"
                onClick={() => change((current) => withoutJoinCode(current, joinCode))}
              >
                {text.remove} <span class="visually-hidden">{joinCode}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {draft.joinCodes.length < MAX_JOIN_CODES ? (
        <form
          class="field field--row"
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <label class="field__label" for="join-code">
            {text.label}
          </label>
          <p class="field__fault" id="join-code-error" role="alert">
            {isMistyped ? text.mistyped : null}
          </p>
          <input
            id="join-code"
            type="text"
            maxLength={40}
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            aria-describedby="join-code-error"
            aria-invalid={isMistyped || undefined}
            value={written}
            onInput={(event) => setWritten(event.currentTarget.value)}
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
