import type { Lang } from '#contracts/text';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { saveFile } from '../save-file.ts';
import { words } from '../words.ts';
import type { useKept } from './use-kept.ts';

/** Says when this browser keeps nothing, and when what it kept cannot be gone on with. */
export function KeptNotices({
  lang,
  kept: { isKept, setAside, discard },
}: {
  lang: Lang;
  kept: Pick<ReturnType<typeof useKept>, 'isKept' | 'setAside' | 'discard'>;
}) {
  const text = WORDS[lang];
  return (
    <>
      {isKept ? null : (
        <Notice kind="warning" title={text.notKept} isLive>
          {text.notKeptText}
        </Notice>
      )}
      {setAside ? (
        <Notice kind="warning" title={text[setAside.why].title}>
          <p>
            {text[setAside.why].text} {text.until}
          </p>
          <div class="buttons">
            <Button kind="secondary" onClick={() => saveFile('sektorspiegel.json', setAside.text, 'application/json')}>
              {text.save}
            </Button>
            <Button kind="quiet" onClick={discard}>
              {text.discard}
            </Button>
          </div>
        </Notice>
      ) : null}
    </>
  );
}

const WORDS = words({
  de: {
    notKept: 'Ihr Browser hebt nichts auf',
    notKeptText:
      'Der Zwischenspeicher dieses Browsers ist voll oder abgeschaltet. Lassen Sie diesen Tab offen, bis Sie fertig sind: Beim Schließen gingen Ihre Antworten verloren.',
    outdated: {
      title: 'Der Fragebogen hat sich geändert',
      text: 'In diesem Browser liegen Antworten zu einer früheren Fassung; auf die neuen Fragen passen sie nicht.',
    },
    damaged: {
      title: 'Die Antworten in diesem Browser sind beschädigt',
      text: 'Sie lassen sich nicht mehr vollständig lesen und werden deshalb nicht verwendet.',
    },
    until: 'Sie bleiben liegen, bis Sie neu beginnen.',
    save: 'Frühere Antworten als Datei sichern',
    discard: 'Frühere Antworten löschen',
  },
  en: {
    notKept: 'Your browser keeps nothing',
    notKeptText:
      'The storage of this browser is full or switched off. Leave this tab open until you are done: closing it would lose your answers.',
    outdated: {
      title: 'The questionnaire has changed',
      text: 'This browser holds answers to an earlier version; they do not fit the new questions.',
    },
    damaged: {
      title: 'The answers in this browser are damaged',
      text: 'They can no longer be read in full and are therefore not used.',
    },
    until: 'They stay until you begin anew.',
    save: 'Save the earlier answers as a file',
    discard: 'Delete the earlier answers',
  },
});
