import type { Lang } from '#contracts/text';
import { Button } from '../components/button.tsx';
import { words } from '../words.ts';

/** Opens the browser's print dialogue. */
export default function PrintButton({ lang }: { lang: Lang }) {
  return (
    <p class="buttons">
      <Button kind="secondary" onClick={() => window.print()}>
        {WORDS[lang].print}
      </Button>
    </p>
  );
}

const WORDS = words({ de: { print: 'Drucken' }, en: { print: 'Print' } });
