import { useState } from 'preact/hooks';
import { groupReceipt, makeReceipt } from '#contracts/receipt';
import { Button, TextButton } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { RadioCards } from '../components/radio-cards.tsx';
import { RECEIPT_FORM, ReceiptForm } from '../components/receipt-form.tsx';
import { words } from '../words.ts';
import { type Participation, withParticipation } from './draft.ts';
import { NewReceipt } from './new-receipt.tsx';
import { isOf, receiptMark } from './receipt-mark.ts';
import { Remember } from './remember.tsx';
import { StepHeading } from './step-heading.tsx';
import type { StepProps } from './step-props.ts';

/**
 * The Rückkehr-Code: whether there is one already, else a new one, which has to be copied, shared, saved, printed or written
 * down before one can go on. After a reload the code is gone from memory: the saved one is asked for.
 */
export function CodeStep(props: StepProps) {
  const { lang, instrument, draft, change, go, tab } = props;
  const text = WORDS[lang];
  const { receipt, setReceipt } = tab;
  const { participation, receiptMark: mark, isReceiptSaved: isSaved = false } = draft;
  const [isChecked, setChecked] = useState(false);
  const isReturning = participation === 'has-code';

  /** Takes a code as the one of this check, or (undefined) none. */
  const take = (next: string | undefined, isKept: boolean) => {
    setReceipt(next);
    change(({ receiptMark: _, isReceiptSaved: __, ...current }) =>
      next ? { ...current, receiptMark: receiptMark(next), isReceiptSaved: isKept } : current,
    );
  };
  const makeNew = () => {
    const made = makeReceipt((length) => crypto.getRandomValues(new Uint8Array(length)));
    take(made.replaceAll('-', ''), false);
  };
  const choose = (choice: Participation) => {
    setChecked(false);
    if (choice === 'has-code' && participation !== undefined) take(undefined, false);
    if (choice !== 'has-code' && (participation === undefined || isReturning)) makeNew();
    change((current) => withParticipation(current, instrument, choice));
  };
  const enter = (entered: string, pressed: HTMLElement | null) => {
    take(entered, true);
    if (pressed?.id === NEXT) go('more');
  };
  const isAsked = participation !== undefined && receipt === undefined;
  const isReady = participation !== undefined && receipt !== undefined && (isReturning || isSaved);

  return (
    <>
      <StepHeading>{text.title}</StepHeading>
      <p class="lead">{text.lead}</p>
      <RadioCards
        name="participation"
        legend={text.before}
        hint={text.whyBefore}
        choices={[
          { value: 'first', label: text.first },
          { value: 'has-code', label: text.hasCode },
          { value: 'lost-code', label: text.lostCode, hint: text.lostCodeHint },
        ]}
        value={participation ?? null}
        onChange={(choice) => choose(choice as Participation)}
      />
      {isAsked && !isReturning ? <Notice title={text.againTitle}>{text.again}</Notice> : null}
      {isAsked ? (
        <ReceiptForm
          lang={lang}
          isExpected={isOf(isReturning ? undefined : mark)}
          submitLabel={text.check}
          kind="secondary"
          onReceipt={enter}
        />
      ) : null}
      {isAsked && !isReturning ? (
        <Button kind="quiet" onClick={makeNew}>
          {text.another}
        </Button>
      ) : null}
      {isReturning && receipt ? (
        <Notice kind="success" title={text.understood} isLive>
          <p class="receipt">{groupReceipt(receipt)}</p>
          <p>
            <TextButton onClick={() => take(undefined, false)}>{text.enterOther}</TextButton>
          </p>
        </Notice>
      ) : null}
      {participation && !isReturning && receipt ? <NewReceipt {...props} receipt={groupReceipt(receipt)} /> : null}
      {participation ? <Remember lang={lang} tab={tab} /> : null}
      {isChecked && !isReady && !isAsked ? (
        <Notice kind="error" isLive>
          {participation === undefined ? text.chooseFirst : text.saveFirst}
        </Notice>
      ) : null}
      <div class="buttons">
        {isAsked ? (
          <Button key="check" id={NEXT} type="submit" form={RECEIPT_FORM}>
            {text.next}
          </Button>
        ) : (
          <Button onClick={() => (isReady ? go('more') : setChecked(true))}>{text.next}</Button>
        )}
        <Button kind="secondary" onClick={() => go('profile')}>
          {text.back}
        </Button>
      </div>
    </>
  );
}

/** The id of the button that has the code checked and goes on. */
const NEXT = 'next';

const WORDS = words({
  de: {
    title: 'Ihr Rückkehr-Code',
    lead: 'Der Rückkehr-Code ist der Schlüssel zu Ihren Angaben: Mit ihm sehen Sie Ihr Ergebnis, wiederholen den Check später und ziehen auf Wunsch alles zurück. Ihr Browser erzeugt ihn; gespeichert wird er nirgends, deshalb kann ihn niemand ersetzen.',
    before: 'Hat Ihre Organisation schon einmal teilgenommen?',
    whyBefore:
      'Ohne den früheren Code zählt sie als neue Teilnahme. Veröffentlicht wird nur, wie oft ein Code verloren ging.',
    first: 'Nein, zum ersten Mal',
    hasCode: 'Ja, und der Rückkehr-Code liegt vor',
    lostCode: 'Ja, aber der Rückkehr-Code ist verloren',
    lostCodeHint: 'Sie bekommen einen neuen. Der Vergleich mit Ihrem früheren Check ist dann leider nicht möglich.',
    check: 'Code prüfen',
    againTitle: 'Bitte geben Sie den gesicherten Code ein',
    again:
      'Sie haben in diesem Browser schon einen Rückkehr-Code erzeugt. Aus Sicherheitsgründen merkt sich der Browser ihn nicht.',
    another: 'Nicht mehr da? Einen neuen Code erzeugen (der vorige gilt dann nicht)',
    understood: 'Dieser Rückkehr-Code ist richtig geschrieben',
    enterOther: 'Einen anderen Code eingeben',
    chooseFirst: 'Bitte sagen Sie zuerst, ob Ihre Organisation schon einmal teilgenommen hat.',
    saveFirst: 'Bitte sichern Sie zuerst den Rückkehr-Code: kopieren, als Datei sichern, drucken oder abschreiben.',
    next: 'Weiter',
    back: 'Zurück',
  },
  en: {
    title: 'Your return code',
    lead: 'The return code is the key to what you entered: with it you see your result, repeat the check later, and withdraw everything if you wish. Your browser makes it; it is stored nowhere, so nobody can replace it.',
    before: 'Has your organisation taken part before?',
    whyBefore: 'Without the earlier code it counts as a new participant. Only how often a code was lost is published.',
    first: 'No, for the first time',
    hasCode: 'Yes, and the return code is at hand',
    lostCode: 'Yes, but the return code is lost',
    lostCodeHint: 'You get a new one. Unfortunately your earlier check can then not be compared with this one.',
    check: 'Check the code',
    againTitle: 'Please enter the code you saved',
    again: 'You have already made a return code in this browser. For safety the browser does not remember it.',
    another: 'No longer there? Make a new code (the earlier one is then void)',
    understood: 'This return code is spelt correctly',
    enterOther: 'Enter another code',
    chooseFirst: 'Please say first whether your organisation has taken part before.',
    saveFirst: 'Please save the return code first: copy it, save it as a file, print it or write it down.',
    next: 'Continue',
    back: 'Back',
  },
});
