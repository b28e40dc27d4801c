import { useEffect, useRef, useState } from 'preact/hooks';
import type { Lang } from '#contracts/text';
import { TextButton } from '../components/button.tsx';
import { FailureNotice } from '../components/failure-notice.tsx';
import { useMedia } from '../media.ts';
import { saveFile } from '../save-file.ts';
import type { Failure } from '../service.ts';
import { darkened, pngOf, svgAddress } from '../svg-picture.ts';
import { settle, useAsked } from '../use-asked.ts';
import { words } from '../words.ts';
import type { FileFormat, PictureRequest, StandingSource } from './standing-source.ts';

interface Pictured {
  lang: Lang;
  source: StandingSource;
  view: PictureRequest['view'];
  group: string | undefined;
}

/**
 * The picture as the service drew it, or drawn here from an unsent check. The first pointer over it loads Vega, which draws the
 * same with its values under the pointer; every value stands in the table, too.
 *
 * @param alternative all that it tells, in sentences
 */
export function StandingPicture({ lang, source, view, group, alternative }: Pictured & { alternative: string }) {
  const text = WORDS[lang];
  const isWide = useMedia('(min-width: 56rem)');
  const layout = isWide ? 'wide' : 'narrow';
  const request: PictureRequest = { view, group, layout, theme: 'light', setting: 'page' };
  const key = JSON.stringify(request);
  const { value: svg, failure, retry } = useAsked(() => source.file('svg', request), [source, key]);
  const [isAlive, setAlive] = useState(false);
  useEffect(() => setAlive(false), [source, key]);

  if (failure && svg === null) return <FailureNotice lang={lang} failure={failure} onRetry={retry} />;
  return (
    <figure
      class={`figure standing-picture standing-picture--${layout}`}
      onPointerMove={() => setAlive(svg !== null)}
      onPointerDown={() => setAlive(svg !== null)}
    >
      {svg === null ? (
        <p class="standing-picture__wait">{text.wait}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: with large text it scrolls, and must do so by keyboard
        // biome-ignore lint/a11y/useSemanticElements: a fieldset groups form fields
        <div class="standing-picture__scroll" role="group" aria-label={text.picture} tabIndex={0}>
          {isAlive ? <LivePicture key={key} source={source} request={request} alternative={alternative} /> : null}
          <picture>
            <source media={DARK} srcset={svgAddress(darkened(svg))} />
            <img src={svgAddress(svg)} alt={alternative} />
          </picture>
        </div>
      )}
    </figure>
  );
}

const DARK = 'screen and (prefers-color-scheme: dark)';

/** The drawing by Vega over the still picture, which stays until it is ready, wherever it fails, and in print. */
function LivePicture({
  source,
  request,
  alternative,
}: {
  source: StandingSource;
  request: PictureRequest;
  alternative: string;
}) {
  const place = useRef<HTMLDivElement>(null);
  const [isDrawn, setDrawn] = useState(false);
  const [said, setSaid] = useState<{ words: string; x: number; y: number } | null>(null);

  const theme = matchMedia(DARK).matches ? 'dark' : 'light';
  // The component is made anew for every request
  useEffect(() => {
    let end: (() => void) | undefined;
    let isGone = false;
    (async () => {
      const [{ drawPicture }, asked] = await Promise.all([
        import('./draw-picture.ts'),
        source.file('vg.json', { ...request, theme }),
      ]);
      if (isGone || !asked.ok || !place.current) return;
      end = await drawPicture(place.current, JSON.parse(asked.value), (words, at) =>
        setSaid(words === null ? null : { words, ...at }),
      );
      if (isGone) end();
      else setDrawn(true);
    })().catch(() => {
      // The still picture stays: it tells the same.
    });
    return () => {
      isGone = true;
      end?.();
    };
  }, []);

  return (
    <div class="live-picture" data-is-drawn={isDrawn ? '' : undefined}>
      {/* Vega's drawing is for the eye; its words are those of the image that it lies over. */}
      <div ref={place} hidden={!isDrawn} role="img" aria-label={alternative} />
      {said ? (
        <p
          class="live-picture__words"
          ref={(element) => {
            // Through the object model: an inline style would break the Content-Security-Policy.
            if (!element || !place.current) return;
            const room = place.current.clientWidth - element.offsetWidth;
            element.style.setProperty('--x', `${Math.max(0, Math.min(said.x, room))}px`);
            element.style.setProperty('--y', `${said.y}px`);
          }}
        >
          {said.words}
        </p>
      ) : null}
    </div>
  );
}

/** Picture and figures to be kept: for paper and slides, so wide, light and with all that a picture by itself needs. */
export function Downloads({ lang, source, view, group }: Pictured) {
  const text = WORDS[lang];
  const [failure, setFailure] = useState<Failure | null>(null);
  const name = text.file[view];
  const sheet: PictureRequest = { view, group, layout: 'wide', theme: 'light', setting: 'whole' };

  async function save(format: FileFormat, end: string, type: string) {
    const asked = await settle(source.file(format, sheet));
    setFailure(asked.ok ? null : asked.failure);
    if (asked.ok) saveFile(`${name}.${end}`, end === 'png' ? await pngOf(asked.value) : asked.value, type);
  }
  const formats = {
    SVG: () => save('svg', 'svg', 'image/svg+xml'),
    PNG: () => save('svg', 'png', 'image/png'),
    CSV: () => save('csv', 'csv', 'text/csv;charset=utf-8'),
    'Vega-Lite': () => save('vl.json', 'vl.json', 'application/json'),
  };
  return (
    <div class="downloads">
      {text.save[view]}{' '}
      {Object.entries(formats)
        .filter(([format]) => view === 'standing' || format !== 'CSV')
        .map(([format, onClick]) => (
          <TextButton key={format} onClick={onClick} aria-label={`${text.save[view]} ${format}`}>
            {format}
          </TextButton>
        ))}
      {failure ? <FailureNotice lang={lang} failure={failure} onRetry={() => setFailure(null)} /> : null}
    </div>
  );
}

const WORDS = words({
  de: {
    picture: 'Bild',
    wait: 'Das Bild wird geladen …',
    save: { standing: 'Bild oder Werte sichern als', progress: 'Diesen Verlauf sichern als' },
    file: { standing: 'sektorspiegel-standort', progress: 'sektorspiegel-verlauf' },
  },
  en: {
    picture: 'Picture',
    wait: 'The picture is loading …',
    save: { standing: 'Save picture or figures as', progress: 'Save this course as' },
    file: { standing: 'sektorspiegel-standing', progress: 'sektorspiegel-progress' },
  },
});
