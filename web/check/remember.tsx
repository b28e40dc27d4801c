import type { Lang } from '#contracts/text';
import { CheckLine } from '../components/check-line.tsx';
import { words } from '../words.ts';
import type { TabReceipt } from './use-receipt.ts';

/** Whether this tab keeps the Rückkehr-Code until it is closed. The visitor's choice, and off at first. */
export function Remember({ lang, tab }: { lang: Lang; tab: TabReceipt }) {
  return <CheckLine {...WORDS[lang]} isChecked={tab.isRemembered} onChange={tab.setRemembered} />;
}

const WORDS = words({
  de: {
    label: 'Code merken, solange dieser Tab offen ist',
    hint: 'Dann müssen Sie ihn auch nach einem Neuladen nicht noch einmal eingeben. An gemeinsam genutzten Rechnern besser nicht.',
  },
  en: {
    label: 'Remember the code while this tab is open',
    hint: 'Then you need not enter it again after a reload either. Better not on shared computers.',
  },
});
