import { useEffect, useRef, useState } from 'preact/hooks';
import type { Lang } from '#contracts/text';
import { Button } from '../components/button.tsx';
import { saveFile } from '../save-file.ts';
import { words } from '../words.ts';
import { pngOf, svgAddress } from './downloads.ts';
import { FailureNotice } from './failure-notice.tsx';
import { useMedia } from './media.ts';
import type { Asked, Failure } from './service.ts';
import type { PictureRequest, StandingSource } from './standing-source.ts';

/**
 * The picture: at first as the service drew it, or from an unsent check when the visitor asks for it. The first touch,
 * pointer or press of the button loads Vega, which draws the same with its values under the pointer.
 *
 * @param description how the picture is read; `alternative` says all that it tells
 * @param table the same as a table, for the download
 */
export function StandingPicture({
  lang,
  source,
  view,
  group,
  alternative,
  description,
  hasTable,
}: {
  lang: Lang;
  source: StandingSource;
  view: PictureRequest['view'];
  group: string | undefined;
  alternative: string;
  description: string;
  hasTable: boolean;
}) {
  const text = WORDS[lang];
  const isWide = useMedia('(min-width: 56rem)');
  const isDark = useMedia('(prefers-color-scheme: dark)');
  const request: PictureRequest = {
    view,
    group,
    layout: isWide ? 'wide' : 'narrow',
    theme: isDark ? 'dark' : 'light',
  };
  const key = JSON.stringify(request);
  // Drawing from a draft loads the compiler: not before somebody wants to see it.
  const [isWanted, setWanted] = useState(source.kind === 'code');
  const [svg, setSvg] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [isAlive, setAlive] = useState(false);

  // The key stands for the request, the attempt asks again
  useEffect(() => {
    if (!isWanted) return;
    let isCurrent = true;
    setAlive(false);
    settle(source.svg(request)).then((asked) => {
      if (!isCurrent) return;
      setFailure(asked.ok ? null : asked.failure);
      if (asked.ok) setSvg(asked.value);
    });
    return () => {
      isCurrent = false;
    };
  }, [source, key, isWanted, attempt]);

  if (!isWanted) {
    return (
      <div class="buttons">
        <Button kind="secondary" onClick={() => setWanted(true)}>
          {text.draw}
        </Button>
      </div>
    );
  }
  if (failure && svg === null)
    return <FailureNotice lang={lang} failure={failure} onRetry={() => setAttempt(attempt + 1)} />;
  return (
    <figure class="figure standing-picture">
      <div
        class={`standing-picture__frame standing-picture__frame--${request.layout}`}
        onPointerMove={() => setAlive(svg !== null)}
        onPointerDown={() => setAlive(svg !== null)}
      >
        {svg === null ? (
          <p class="standing-picture__wait">{text.wait}</p>
        ) : isAlive ? (
          <LivePicture key={key} source={source} request={request} still={svg} alternative={alternative} />
        ) : (
          <img src={svgAddress(svg)} alt={alternative} />
        )}
      </div>
      <figcaption>
        <p>{description}</p>
        {svg === null ? null : (
          <Downloads
            lang={lang}
            source={source}
            request={request}
            hasTable={hasTable}
            isAlive={isAlive}
            onAlive={() => setAlive(true)}
          />
        )}
      </figcaption>
    </figure>
  );
}

/** The drawing by Vega over the still picture, which stays until it is ready and wherever it fails. */
function LivePicture({
  source,
  request,
  still,
  alternative,
}: {
  source: StandingSource;
  request: PictureRequest;
  still: string;
  alternative: string;
}) {
  const place = useRef<HTMLDivElement>(null);
  const [isDrawn, setDrawn] = useState(false);
  const [said, setSaid] = useState<{ words: string; x: number; y: number; isLeft: boolean } | null>(null);

  // The component is made anew for every request
  useEffect(() => {
    let end: (() => void) | undefined;
    let isGone = false;
    (async () => {
      const [{ drawPicture }, asked] = await Promise.all([import('./draw-picture.ts'), source.vega(request)]);
      if (isGone || !asked.ok || !place.current) return;
      end = await drawPicture(place.current, asked.value, (words, { x, y }) => {
        const width = place.current?.clientWidth ?? 0;
        setSaid(words === null ? null : { words, x, y, isLeft: x > width / 2 });
      });
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
      <img src={svgAddress(still)} alt={alternative} hidden={isDrawn} />
      {/* Vega's drawing is for the eye; its words are those of the image's alternative. */}
      <div ref={place} hidden={!isDrawn} role="img" aria-label={alternative} />
      {said ? (
        <p
          class={said.isLeft ? 'live-picture__words live-picture__words--left' : 'live-picture__words'}
          ref={(element) => {
            // Through the object model: an inline style would break the Content-Security-Policy.
            if (!element) return;
            element.style.setProperty('--x', `${said.x}px`);
            element.style.setProperty('--y', `${said.y}px`);
          }}
        >
          {said.words}
        </p>
      ) : null}
    </div>
  );
}

function Downloads({
  lang,
  source,
  request,
  hasTable,
  isAlive,
  onAlive,
}: {
  lang: Lang;
  source: StandingSource;
  request: PictureRequest;
  hasTable: boolean;
  isAlive: boolean;
  onAlive: () => void;
}) {
  const text = WORDS[lang];
  const [failure, setFailure] = useState<Failure | null>(null);
  const name = `${text.file[request.view]}`;
  // What is passed on is for paper and slides: wide and light, whatever the screen shows.
  const sheet: PictureRequest = { ...request, layout: 'wide', theme: 'light' };

  async function save<Value>(asked: Promise<Asked<Value>>, file: (value: Value) => Promise<void> | void) {
    const result = await settle(asked);
    setFailure(result.ok ? null : result.failure);
    if (result.ok) await file(result.value);
  }
  const saveSvg = () => save(source.svg(sheet), (svg) => saveFile(`${name}.svg`, svg, 'image/svg+xml'));
  const savePng = () => save(source.svg(sheet), async (svg) => saveFile(`${name}.png`, await pngOf(svg), 'image/png'));
  const saveCsv = () =>
    save(source.csv(request.group), (csv) => saveFile(`${name}.csv`, csv, 'text/csv;charset=utf-8'));
  const saveSpec = () => save(source.spec(sheet), (spec) => saveFile(`${name}.vl.json`, spec, 'application/json'));

  return (
    <>
      <fieldset class="downloads">
        <legend class="visually-hidden">{text.downloads}</legend>
        {isAlive ? null : (
          <button class="link-button" type="button" onClick={onAlive}>
            {text.alive}
          </button>
        )}
        <span aria-hidden="true">{text.save}</span>
        <button class="link-button" type="button" onClick={saveSvg} aria-label={text.asSvg}>
          SVG
        </button>
        <button class="link-button" type="button" onClick={savePng} aria-label={text.asPng}>
          PNG
        </button>
        {hasTable ? (
          <button class="link-button" type="button" onClick={saveCsv} aria-label={text.asCsv}>
            CSV
          </button>
        ) : null}
        <button class="link-button" type="button" onClick={saveSpec} aria-label={text.asSpec} title={text.specHint}>
          Vega-Lite
        </button>
      </fieldset>
      {failure ? <FailureNotice lang={lang} failure={failure} onRetry={() => setFailure(null)} /> : null}
    </>
  );
}

/** A chunk that does not load is no answer either. */
export async function settle<Value>(asked: Promise<Asked<Value>>): Promise<Asked<Value>> {
  try {
    return await asked;
  } catch {
    return { ok: false, failure: { kind: 'offline' } };
  }
}

const WORDS = words({
  de: {
    draw: 'Bild zeichnen',
    wait: 'Das Bild wird geladen …',
    alive: 'Werte im Bild zeigen',
    downloads: 'Bild und Werte sichern',
    save: 'Sichern als',
    asSvg: 'Bild als SVG sichern',
    asPng: 'Bild als PNG sichern',
    asCsv: 'Werte als CSV-Tabelle sichern',
    asSpec: 'Vega-Lite-Beschreibung sichern',
    specHint: 'Lässt sich im Vega-Editor öffnen und verändern',
    file: { standing: 'sektorspiegel-standort', progress: 'sektorspiegel-verlauf' },
  },
  en: {
    draw: 'Draw the picture',
    wait: 'The picture is loading …',
    alive: 'Show values in the picture',
    downloads: 'Save picture and figures',
    save: 'Save as',
    asSvg: 'Save the picture as SVG',
    asPng: 'Save the picture as PNG',
    asCsv: 'Save the figures as a CSV table',
    asSpec: 'Save the Vega-Lite spec',
    specHint: 'Opens in the Vega editor, to be changed there',
    file: { standing: 'sektorspiegel-standing', progress: 'sektorspiegel-progress' },
  },
});
