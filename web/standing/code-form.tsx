import { useState } from 'preact/hooks';
import type { Lang } from '#contracts/text';
import { Button } from '../components/button.tsx';
import { CheckLine } from '../components/check-line.tsx';
import { ReceiptForm } from '../components/receipt-form.tsx';
import { pathTo } from '../site-map.ts';
import { words } from '../words.ts';

/**
 * Asks for the Rückkehr-Code.
 *
 * @param hasDraft a check lies in this browser that may be looked at without sending it
 */
export function CodeForm({
  lang,
  hasDraft,
  onCode,
  onDraft,
}: {
  lang: Lang;
  hasDraft: boolean;
  onCode: (code: string, isRemembered: boolean) => void;
  onDraft: () => void;
}) {
  const text = WORDS[lang];
  const [isRemembered, setRemembered] = useState(false);
  return (
    <div class="standing-entry">
      <div class="card">
        <h2 class="card__title">{text.title}</h2>
        <ReceiptForm lang={lang} submitLabel={text.show} onReceipt={(code) => onCode(code, isRemembered)}>
          <CheckLine label={text.remember} isChecked={isRemembered} onChange={setRemembered} />
        </ReceiptForm>
        <noscript>
          <p>{text.noScript}</p>
        </noscript>
      </div>
      <div class="standing-entry__others">
        {hasDraft ? (
          <>
            <h2>{text.draftTitle}</h2>
            <p>{text.draft}</p>
            <div class="buttons">
              <Button kind="secondary" onClick={onDraft}>
                {text.showDraft}
              </Button>
            </div>
          </>
        ) : (
          <>
            <h2>{text.noneTitle}</h2>
            <p>
              {text.none} <a href={pathTo('check', lang)}>{text.check}</a>
            </p>
          </>
        )}
        <p>
          {text.field} <a href={pathTo('field', lang)}>{text.fieldLink}</a>
        </p>
      </div>
    </div>
  );
}

const WORDS = words({
  de: {
    title: 'Mit Ihrem Rückkehr-Code',
    remember: 'Bis zum Schließen dieses Tabs merken (nur auf eigenen Geräten)',
    show: 'Zeigen, wo wir stehen',
    noScript:
      'Diese Seite braucht JavaScript: Der Code soll nur in Ihrem Browser bleiben und nie in einer Adresse stehen.',
    draftTitle: 'Ohne zu senden',
    draft:
      'In diesem Browser liegt ein Check, der nicht gesendet ist. Sie können ihn hier vergleichen: Ihre Antworten bleiben dabei im Browser.',
    showDraft: 'Ansehen, ohne zu senden',
    noneTitle: 'Noch keinen Code?',
    none: 'Den Rückkehr-Code bekommen Sie mit dem Check, etwa zehn Minuten für zwanzig Fragen.',
    check: 'Zum Check',
    field: 'Sie möchten nur wissen, wie das Feld aussieht?',
    fieldLink: 'Zum Feld',
  },
  en: {
    title: 'With your return code',
    remember: 'Remember until this tab is closed (on your own device only)',
    show: 'Show where we stand',
    noScript: 'This page needs JavaScript: the code is to stay in your browser and never to stand in an address.',
    draftTitle: 'Without sending',
    draft:
      'This browser holds a check that has not been sent. You can compare it here; your answers stay in the browser.',
    showDraft: 'Look without sending',
    noneTitle: 'No code yet?',
    none: 'You get the return code with the check: twenty questions, about ten minutes.',
    check: 'To the check',
    field: 'You only want to see what the field looks like?',
    fieldLink: 'To the field',
  },
});
