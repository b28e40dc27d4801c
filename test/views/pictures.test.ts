import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { parse, View as VegaView, Warn } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { describe, expect, test } from 'vitest';
import type { PublishedCell } from '#contracts/release';
import { SUPPRESSED } from '#contracts/suppressed';
import type { Lang } from '#contracts/text';
import type { Layout } from '#views/chart-style';
import { distributionView } from '#views/distribution-view';
import { progressView } from '#views/progress-view';
import { standingView } from '#views/standing-view';
import type { View } from '#views/view';
import { CASES, CHECK, HISTORY, VERSIONS } from './cells.ts';

const schema = JSON.parse(
  readFileSync(new URL('../../node_modules/vega-lite/build/vega-lite-schema.json', import.meta.url), 'utf8'),
);
const ajv = new Ajv({ strict: false, allErrors: true });
(addFormats as unknown as (ajv: Ajv) => void)(ajv);
ajv.addFormat('color-hex', /^#([0-9a-f]{3}|[0-9a-f]{6})$/i);
const isVegaLite = ajv.compile(schema);

const LANGS: Lang[] = ['de', 'en'];
const LAYOUTS: Layout[] = ['wide', 'narrow'];
const suppressedCell = { group: CASES.ones.comparison.cell.group, ...SUPPRESSED };
const whyNone = 'Noch gibt es keine Veröffentlichung.';

const PICTURES: Record<string, (lang: Lang, layout: Layout, theme?: 'dark') => View> = {
  ...Object.fromEntries(
    Object.entries(CASES).map(([name, input]) => [
      `standing-${name}`,
      (lang: Lang, layout: Layout, theme?: 'dark') =>
        standingView({ instrument: CHECK, ...input, lang, layout, ...(theme ? { theme } : {}) }),
    ]),
  ),
  'standing-alone': (lang, layout) =>
    standingView({ instrument: CHECK, own: CASES.fives.own, comparison: null, whyNone, lang, layout }),
  distribution: (lang, layout) =>
    distributionView({ instrument: CHECK, cell: CASES.fives.comparison.cell, lang, layout }),
  'distribution-suppressed': (lang, layout) =>
    distributionView({ instrument: CHECK, cell: suppressedCell, lang, layout }),
  progress: (lang, layout) => progressView({ instrument: CHECK, versions: VERSIONS, own: HISTORY, lang, layout }),
  'progress-public': (lang, layout) => progressView({ instrument: CHECK, versions: VERSIONS, own: [], lang, layout }),
  'progress-nothing': (lang, layout) => progressView({ instrument: CHECK, versions: [], own: [], lang, layout }),
};

/** Every message of level warning or worse, from the compiler and from drawing. */
async function drawn(spec: TopLevelSpec) {
  const messages: string[] = [];
  const note = (...args: readonly unknown[]) => {
    messages.push(args.join(' '));
    return logger;
  };
  const quiet = () => logger;
  const logger = { level: quiet, warn: note, info: quiet, debug: quiet, error: note } as never;
  const compiled = compile(structuredClone(spec), { logger });
  const view = new VegaView(parse(compiled.spec), { renderer: 'none', logger, logLevel: Warn });
  const svg = await view.toSVG();
  view.finalize();
  return { messages, svg };
}

describe.each(Object.entries(PICTURES))('%s', (name, picture) => {
  test.each(LANGS.flatMap((lang) => LAYOUTS.map((layout) => [lang, layout] as const)))(
    'is valid Vega-Lite, drawn without a warning, in its frame (%s, %s)',
    async (lang, layout) => {
      const { spec } = picture(lang, layout);
      isVegaLite(JSON.parse(JSON.stringify(spec)));
      expect(isVegaLite.errors ?? []).toEqual([]);
      const { messages, svg } = await drawn(spec);
      expect(messages).toEqual([]);
      const [, width] = /<svg [^>]*width="(\d+)"/.exec(svg) ?? [];
      expect(Number(width)).toBe(layout === 'narrow' ? 320 : 760);
      expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    },
  );

  test.each(LANGS)('speaks in complete sentences (%s)', (lang) => {
    const view = picture(lang, 'wide');
    for (const text of [view.title, view.description, view.alternative]) {
      expect(text).toMatch(/^[\p{Lu}].*[.]$/u);
      expect(text).not.toMatch(/undefined|null|NaN|\{|\s\s|\.\./);
    }
    expect(view.spec.description).toContain(view.alternative);
  });

  test('is the picture that was looked at', async () => {
    const { spec } = picture('de', 'narrow');
    await expect(`${JSON.stringify(spec, null, 1)}\n`).toMatchFileSnapshot(`golden/${name}.vl.json`);
  });

  test('holds its data and refers to nothing outside', () => {
    expect(JSON.stringify(picture('de', 'wide').spec).replaceAll('https://vega.github.io/schema/', '')).not.toMatch(
      /https?:|"url"/,
    );
  });
});

/** The values of a layer's named data. */
function dataOf(view: View, name: string): Record<string, unknown>[] {
  const { layer } = view.spec as unknown as { layer: { data: { name: string; values: Record<string, unknown>[] } }[] };
  return layer.find((entry) => entry.data.name === name)?.data.values ?? [];
}

describe('what a standing shows', () => {
  const shown = (name: keyof typeof CASES, lang: Lang = 'de') =>
    standingView({ instrument: CHECK, ...CASES[name], lang });

  test.each(Object.keys(CASES) as (keyof typeof CASES)[])(
    'every figure of %s is a published cut or the own score',
    (name) => {
      const view = shown(name);
      const { cell } = CASES[name].comparison;
      const cutsIn = (dimension: unknown) => {
        const figures = cell.dimensions[dimension as string];
        return figures?.state === 'published' ? figures.cuts : [];
      };
      const bands = dataOf(view, 'bands');
      for (const band of bands) {
        expect(cutsIn(band.dimension)).toContainEqual({ permille: band.fromPermille, value: band.low });
        expect(cutsIn(band.dimension)).toContainEqual({ permille: band.toPermille, value: band.high });
      }
      for (const { dimension, median } of dataOf(view, 'medians')) {
        expect(cutsIn(dimension)).toContainEqual({ permille: 500, value: median });
      }
      const { scores, overall } = CASES[name].own;
      const own = Object.entries({ ...scores, overall }).filter(([, score]) => score !== null);
      expect(dataOf(view, 'own').map(({ dimension, own: score }) => [dimension, score])).toEqual(own);
    },
  );

  test('the middle half is darker than what lies around it, and so in grey', () => {
    const light = (tone: unknown) => {
      const [r, g, b] = (tone as string).match(/[0-9a-f]{2}/g)!.map((hex) => Number.parseInt(hex, 16));
      return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
    };
    for (const name of ['octiles', 'fives', 'ones'] as const) {
      const bands = dataOf(shown(name), 'bands').filter((band) => band.dimension === 'it');
      const outer = bands.filter((band) => (band.fromPermille as number) < 250).map((band) => light(band.tone));
      const inner = bands.filter((band) => (band.fromPermille as number) >= 250).map((band) => light(band.tone));
      expect(Math.min(...outer) - Math.max(...inner)).toBeGreaterThan(25);
      expect([...outer, ...inner]).toEqual([...outer, ...inner].toSorted((a, b) => b - a));
    }
  });

  test('with medians only there are no bands and no key to them', () => {
    const view = shown('medians');
    expect(dataOf(view, 'bands')).toEqual([]);
    expect(JSON.stringify(view.spec)).not.toContain('mittlere Hälfte');
    expect(dataOf(view, 'medians')).toHaveLength(5);
  });

  test('a suppressed dimension shows the own score and the one sentence, and no figure', () => {
    const view = shown('suppressed');
    expect(dataOf(view, 'medians').map(({ dimension }) => dimension)).toEqual(['it', 'leadership', 'overall']);
    expect(view.alternative).toContain(
      'Prozesse: 41 von 100 Punkten (Aufbau). Der Vergleich ist zum Schutz nicht veröffentlicht.',
    );
  });

  test('the words beside the line are those of the verdict and the band', () => {
    expect(shown('fives').alternative).toContain(
      'IT: 62 von 100 Punkten (Etabliert). Sie liegen vor der Mitte: Sie sind weiter als etwa 75 bis 80\u00a0% von rund 140 Einrichtungen der Altenhilfe und Pflege.',
    );
    expect(shown('fives', 'en').alternative).toContain(
      'IT: 62 of 100 points (Established). You are ahead of the middle: you are further along than about 75 to 80% of around 140 facilities in elder care and nursing.',
    );
    expect(shown('quartiles').alternative).toContain(
      'Von der Mitte ist das noch nicht zu unterscheiden: Sie liegen in der oberen Hälfte von rund 30 Einrichtungen',
    );
  });

  test('below 50 participations no percentage is told', () => {
    for (const name of ['medians', 'quartiles', 'suppressed'] as const) {
      for (const lang of LANGS) expect(shown(name, lang).alternative).not.toContain('%');
    }
  });

  test('the overall score never stands without the weakest dimension', () => {
    expect(shown('fives').alternative).toMatch(/Gesamt: 55 von 100 .* Am niedrigsten: Prozesse\./);
    expect(JSON.stringify(shown('fives').spec)).toContain('am niedrigsten:');
    expect(shown('missing').alternative).toContain(
      'Gesamt: Kein eigener Wert. Das Gesamtergebnis braucht einen Wert in jedem Bereich.',
    );
  });

  test('every view says the age of the data, what was carried forward and under which assumption they hold', () => {
    expect(shown('fives').alternative).toContain('Stand der Daten: 30. Juni 2026.');
    expect(shown('ones').alternative).toContain('unverändert aus einer früheren Veröffentlichung übernommen');
    expect(shown('ones', 'en').alternative).toContain('carried forward unchanged from an earlier release');
    for (const name of Object.keys(CASES) as (keyof typeof CASES)[]) {
      expect(shown(name).alternative).toContain('als wären die Teilnehmenden eine Zufallsstichprobe');
      expect(shown(name, 'en').alternative).toContain('if participants were a random sample; they are self-selected');
    }
  });

  test('nobody is called better', () => {
    for (const name of Object.keys(CASES) as (keyof typeof CASES)[]) {
      for (const lang of LANGS) expect(JSON.stringify(shown(name, lang))).not.toMatch(/besser|better/i);
    }
  });

  test('text keeps its place at both ends of the axis', () => {
    const view = standingView({ instrument: CHECK, ...CASES.extremes, lang: 'de', layout: 'narrow' });
    expect(dataOf(view, 'text own left').map(({ text }) => text)).toEqual(['Sie 0', 'Sie 3']);
    expect(dataOf(view, 'text own right').map(({ text }) => text)).toEqual(['Sie 100', 'Sie 97']);
  });

  test('the dark theme differs in colours alone', async () => {
    const [light, dark] = (['light', 'dark'] as const).map(
      (theme) => standingView({ instrument: CHECK, ...CASES.fives, lang: 'de', theme }).spec,
    );
    const uncoloured = (spec: unknown) => JSON.stringify(spec).replaceAll(/#[0-9a-f]{6}/g, '#');
    expect(uncoloured(dark)).toBe(uncoloured(light));
    expect(dark!.config?.background).toBe('#14181d');
    expect((await drawn(dark!)).messages).toEqual([]);
  });
});

describe('what a distribution shows', () => {
  test('no own mark, and the middle in words', () => {
    const view = PICTURES.distribution!('de', 'wide');
    expect(dataOf(view, 'own')).toEqual([]);
    expect(view.alternative).toContain('IT: Mitte bei 48 Punkten, mittlere Hälfte zwischen 36 und 60.');
  });

  test('a suppressed group is drawn the same whatever it hides, without a number', () => {
    const view = PICTURES['distribution-suppressed']!('de', 'wide');
    expect(view.title).toContain('zum Schutz nicht veröffentlicht');
    expect(dataOf(view, 'bands')).toEqual([]);
    expect(dataOf(view, 'medians')).toEqual([]);
  });
});

describe('what progress shows', () => {
  const view = PICTURES.progress!('de', 'wide');

  test('fresh versions only', () => {
    const days = (cells: PublishedCell[]) => cells.filter((cell) => !cell.isCarriedForward).map((cell) => cell.asOf);
    const it = dataOf(view, 'medians').filter(({ dimension }) => dimension === 'it');
    expect(it.map(({ asOf }) => asOf)).toEqual(days(VERSIONS));
  });

  test('a suppressed version breaks the line', () => {
    const runs = dataOf(view, 'medians').flatMap(({ dimension, run }) => (dimension === 'processes' ? [run] : []));
    expect(runs).toEqual(['processes 0', 'processes 1']);
  });

  test('own checks in order, without those that have no score', () => {
    const own = (dimension: string) =>
      dataOf(view, 'own').flatMap((point) => (point.dimension === dimension ? [point.score] : []));
    expect(own('it')).toEqual([30, 62]);
    expect(own('innovation')).toEqual([48]);
    expect(own('overall')).toEqual([55]);
  });

  test('one release is no course, and the words say so', () => {
    const single = progressView({ instrument: CHECK, versions: VERSIONS.slice(0, 1), own: [], lang: 'de' });
    expect(single.alternative).toContain('ein Verlauf zeigt sich mit der nächsten');
  });
});
