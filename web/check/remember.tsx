import type { Lang } from '#contracts/text';
import { words } from '../words.ts';
import type { TabReceipt } from './use-receipt.ts';

/** Whether this tab keeps the Rückkehr-Code until it is closed. The visitor's choice, and off at first. */
export function Remember({ lang, tab }: { lang: Lang; tab: TabReceipt }) {
  const text = WORDS[lang];
  return (
    <label class="check-line">
      <input
        type="checkbox"
        checked={tab.isRemembered}
        onChange={(event) => tab.setRemembered(event.currentTarget.checked)}
      />
      <span>
        {text.remember}
        <small>{text.hint}</small>
      </span>
    </label>
  );
}

const WORDS = words({
  de: {
    remember: 'Den Code in diesem Tab merken, bis ich ihn schließe',
    hint: 'Dann müssen Sie ihn auch nach einem Neuladen nicht noch einmal eingeben. An gemeinsam genutzten Rechnern besser nicht.',
  },
  en: {
    remember: 'Remember the code in this tab until I close it',
    hint: 'Then you need not enter it again after a reload either. Better not on shared computers.',
  },
});
