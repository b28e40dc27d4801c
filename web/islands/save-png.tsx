import { useState } from 'preact/hooks';
import type { Lang } from '#contracts/text';
import { TextButton } from '../components/button.tsx';
import { FailureNotice } from '../components/failure-notice.tsx';
import { saveFile } from '../save-file.ts';
import { ask, type Failure } from '../service.ts';
import { pngOf } from '../svg-picture.ts';
import { settle } from '../use-asked.ts';

/** Saves a public picture as PNG, which the browser draws from the service's SVG. */
export default function SavePng({ lang, address, name }: { lang: Lang; address: string; name: string }) {
  const [failure, setFailure] = useState<Failure | null>(null);
  async function save() {
    const asked = await settle(
      ask(
        (url, init) => fetch(url, init),
        address,
        { lang },
        async (response) => pngOf(await response.text()),
      ),
    );
    setFailure(asked.ok ? null : asked.failure);
    if (asked.ok) saveFile(`${name}.png`, asked.value, 'image/png');
  }
  return (
    <>
      <TextButton onClick={save}>PNG</TextButton>
      {failure ? <FailureNotice lang={lang} failure={failure} onRetry={save} /> : null}
    </>
  );
}
