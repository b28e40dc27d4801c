import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { parse, View as VegaView, Warn } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { describe, expect, test } from 'vitest';
import { cutsOf as cutsOfCell } from '#contracts/released-cell';
import { SUPPRESSED } from '#contracts/suppressed';
import type { Lang } from '#contracts/text';
import type { Layout } from '#views/chart-style';
import { distributionView } from '#views/distribution-view';
import { progressView } from '#views/progress-view';
import { standingLines, standingView } from '#views/standing-view';
import { textWidth } from '#views/text-lines';
import type { View } from '#views/view';
import { CASES, CHECK, figuresOf, HISTORY, INVENTED, RELEASE, VERSIONS } from './cells.ts';

const schema = JSON.parse(
  readFileSync(new URL('../../node_modules/vega-lite/build/vega-lite-schema.json', import.meta.url), 'utf8'),
);
const ajv = new Ajv({ strict: false, allErrors: true });
(addFormats as unknown as (ajv: Ajv) => void)(ajv);
ajv.addFormat('color-hex', /^#([0-9a-f]{3}|[0-9a-f]{6})$/i);
const isVegaLite = ajv.compile(schema);

const LANGS: Lang[] = ['de', 'en'];
const LAYOUTS: Layout[] = ['wide', 'narrow'];
const names = Object.keys(CASES) as (keyof typeof CASES)[];
const fives = CASES.fives.standing.cell!;
const whyNone = 'Noch gibt es keine Veröffentlichung.';
const progressOf = { instrument: CHECK, group: fives.group, isInvented: false };

const PICTURES: Record<string, (lang: Lang, layout: Layout) => View> = {
  ...Object.fromEntries(
    names.map((name) => [
      `standing-${name}`,
      (lang: Lang, layout: Layout) => standingView({ ...CASES[name], lang, layout }),
    ]),
  ),
  'standing-alone': (lang, layout) =>
    standingView({ instrument: CHECK, own: CASES.fives.own, standing: null, release: null, whyNone, lang, layout }),
  distribution: (lang, layout) =>
    distributionView({ instrument: CHECK, cell: fives, figures: figuresOf(fives), release: RELEASE, lang, layout }),
  'distribution-suppressed': (lang, layout) =>
    distributionView({
      instrument: CHECK,
      cell: { group: fives.group, ...SUPPRESSED },
      figures: null,
      release: RELEASE,
      lang,
      layout,
    }),
  progress: (lang, layout) => progressView({ ...progressOf, versions: VERSIONS, own: HISTORY, lang, layout }),
  'progress-public': (lang, layout) => progressView({ ...progressOf, versions: VERSIONS, own: [], lang, layout }),
  'progress-nothing': (lang, layout) => progressView({ ...progressOf, versions: [], own: [], lang, layout }),
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
  const shown = (name: keyof typeof CASES, lang: Lang = 'de') => standingView({ ...CASES[name], lang });

  test.each(names)('every figure of %s is a published cut, the zone as given, or the own score', (name) => {
    const view = shown(name);
    const { standing, own } = CASES[name];
    const cutsIn = (dimension: unknown) => cutsOfCell(standing.cell!, dimension as string);
    for (const band of dataOf(view, 'bands')) {
      expect(cutsIn(band.dimension)).toContainEqual({ permille: band.fromPermille, value: band.low });
      expect(cutsIn(band.dimension)).toContainEqual({ permille: band.toPermille, value: band.high });
    }
    expect(dataOf(view, 'medians').map(({ dimension, median }) => [dimension, median])).toEqual(
      standing.dimensions.map(({ dimension, group }) => [dimension, group!.median]),
    );
    expect(dataOf(view, 'zones').map(({ dimension, from, to }) => ({ dimension, from, to }))).toEqual(
      standing.dimensions.flatMap(({ dimension, group }) => (group!.zone ? [{ dimension, ...group!.zone }] : [])),
    );
    const scores = Object.entries({ ...own.scores, overall: own.overall }).filter(([, score]) => score !== null);
    expect(dataOf(view, 'own').map(({ dimension, own: score }) => [dimension, score])).toEqual(scores);
  });

  test.each(names)('the pin of %s lies within the bracket exactly where the words say about in the middle', (name) => {
    const view = shown(name);
    const own = new Map(dataOf(view, 'own').map(({ dimension, own: score }) => [dimension, score as number]));
    const zones = new Map(dataOf(view, 'zones').map((zone) => [zone.dimension, zone]));
    for (const line of standingLines({ ...CASES[name], lang: 'de' })) {
      const [score, zone] = [own.get(line.dimension), zones.get(line.dimension)];
      const isInside =
        zone !== undefined && score !== undefined && score >= (zone.from as number) && score <= (zone.to as number);
      expect(line.verdict === 'Ungefähr in der Mitte').toBe(isInside);
    }
  });

  test('the middle half is darker than what lies around it, and so in grey', () => {
    const light = (tone: unknown) => {
      const [r, g, b] = (tone as string).match(/[0-9a-f]{2}/g)!.map((hex) => Number.parseInt(hex, 16));
      return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
    };
    for (const name of ['deciles', 'fives', 'broader'] as const) {
      const bands = dataOf(shown(name), 'bands').filter((band) => band.dimension === 'it');
      const outer = bands.filter((band) => (band.fromPermille as number) < 250).map((band) => light(band.tone));
      const inner = bands.filter((band) => (band.fromPermille as number) >= 250).map((band) => light(band.tone));
      expect(Math.min(...outer) - Math.max(...inner)).toBeGreaterThan(25);
      expect([...outer, ...inner]).toEqual([...outer, ...inner].toSorted((a, b) => b - a));
    }
  });

  test('below 50 there are no bands, no bracket, no percentage and no verdict', () => {
    for (const name of ['medians', 'medians-and-larger'] as const)
      for (const lang of LANGS) {
        const view = shown(name, lang);
        expect(dataOf(view, 'bands')).toEqual([]);
        expect(dataOf(view, 'zones')).toEqual([]);
        expect(view.description).not.toMatch(/mittlere Hälfte|middle half|Klammer|bracket/);
        expect(view.alternative).not.toMatch(/%/);
        expect(view.alternative).not.toMatch(/Sie liegen|You are (ahead|behind|about|in)/);
      }
    expect(shown('medians').alternative).toContain(
      'IT: 62 von 100 Punkten (Etabliert). Sie 62, Mitte 50. Bei rund 30 Einrichtungen ist das nur ein Anhaltspunkt.',
    );
    expect(shown('medians-and-larger').alternative).toContain(
      'Bei rund 30 Einrichtungen ist das nur ein Anhaltspunkt. Unter rund 225 Einrichtungen der Pflege, Teilhabe und Gesundheit: vor der Mitte.',
    );
  });

  test('the words are those of the verdict, and what would have been seen stands beside every no', () => {
    expect(shown('fives').alternative).toContain(
      'IT: 62 von 100 Punkten (Etabliert). Sie liegen vor der Mitte von rund 225 Einrichtungen der Altenhilfe und Pflege (Mitte 50).',
    );
    expect(shown('fives', 'en').alternative).toContain(
      'IT: 62 of 100 points (Established). You are ahead of the middle of around 225 facilities in elder care and nursing (middle 50).',
    );
    for (const name of names)
      for (const line of standingLines({ ...CASES[name], lang: 'de' }))
        if (line.placing?.verdict === 'near') {
          const { from, to } = line.group!.zone!;
          if (to < 100) expect(line.sentence).toContain(`${to + 1} und mehr`);
          if (from > 0) expect(line.sentence).toContain(`${from - 1} und weniger`);
        }
    expect(shown('quartiles').alternative).toMatch(/Ein Unterschied zur Mitte wäre bei \d+ und mehr/);
  });

  test('the overall score never stands without the weakest dimension', () => {
    expect(shown('fives').alternative).toMatch(/Gesamt: 52 von 100 .* Am niedrigsten: Innovation\./);
    expect(JSON.stringify(shown('fives').spec)).toContain('am niedrigsten:');
    expect(shown('missing').alternative).toContain(
      'Gesamt: Kein eigener Wert. Das Gesamtergebnis braucht einen Wert in jedem Bereich.',
    );
  });

  test('every view says its cut-off, how far figures were moved and under which assumption they hold', () => {
    for (const name of names) {
      const view = shown(name);
      expect(view.alternative).toContain('Stichtag: 30. Juni 2026.');
      expect(view.alternative).toContain('zum Schutz zufällig verschoben');
      expect(view.alternative).toContain('Ihr eigener Wert ist genau');
      expect(view.alternative).toContain('als wären die Teilnehmenden eine Zufallsstichprobe');
      expect(shown(name, 'en').alternative).toContain('if participants were a random sample; they are self-selected');
    }
    const moved = Math.max(...CASES.fives.standing.dimensions.map(({ group }) => group!.moved!));
    expect(shown('fives').alternative).toContain(
      `die Mitte bei rund 225 Einrichtungen meist um höchstens ${moved} Punkte. Ihr eigener Wert ist genau; das Urteil berücksichtigt die Verschiebung.`,
    );
    expect(shown('medians').alternative).toContain('wie weit, lässt sich bei rund 30 Einrichtungen aus den');
    expect(shown('medians').alternative).not.toContain('das Urteil berücksichtigt');
  });

  test('nobody is called better, nothing is moved a little, and no figure is carried on', () => {
    for (const name of names)
      for (const lang of LANGS)
        expect(JSON.stringify(shown(name, lang))).not.toMatch(/besser|better|leicht |slightly|übernommen|carried/i);
  });

  test('invented figures say so, in the picture and beside it, and real ones never', () => {
    expect(JSON.stringify(shown('invented').spec)).toContain('erfundene Beispieldaten');
    expect(shown('invented').alternative).toContain('Erfundene Beispieldaten aus einem Probebetrieb.');
    expect(JSON.stringify(shown('invented', 'en'))).toContain('invented sample data');
    for (const name of names.filter((name) => name !== 'invented'))
      for (const lang of LANGS) expect(JSON.stringify(shown(name, lang))).not.toMatch(/erfunden|invented|trial/i);
  });

  test('text keeps its place at both ends of the axis', () => {
    const view = standingView({ ...CASES.extremes, lang: 'de', layout: 'narrow' });
    expect(dataOf(view, 'text own left').map(({ text }) => text)).toEqual(['Sie 0', 'Sie 3']);
    expect(dataOf(view, 'text own right').map(({ text }) => text)).toEqual(['Sie 100', 'Sie 97']);
  });

  test.each(LAYOUTS)('the key stays within the picture (%s)', (layout) => {
    for (const lang of LANGS) {
      const view = standingView({ ...CASES.fives, lang, layout });
      const { width, padding } = view.spec as unknown as { width: number; padding: { right: number } };
      for (const { text, px } of dataOf(view, 'text small left'))
        expect((px as number) + textWidth(text as string, 11)).toBeLessThanOrEqual(width + padding.right);
    }
  });

  test('the dark theme differs in colours alone', async () => {
    const [light, dark] = (['light', 'dark'] as const).map(
      (theme) => standingView({ ...CASES.fives, lang: 'de', theme }).spec,
    );
    const uncoloured = (spec: unknown) => JSON.stringify(spec).replaceAll(/#[0-9a-f]{6}/g, '#');
    expect(uncoloured(dark)).toBe(uncoloured(light));
    expect(dark!.config?.background).toBe('#14181d');
    expect((await drawn(dark!)).messages).toEqual([]);
  });
});

describe('what a distribution shows', () => {
  test('no own mark, no bracket, and the middle in words', () => {
    const view = PICTURES.distribution!('de', 'wide');
    expect(dataOf(view, 'own')).toEqual([]);
    expect(dataOf(view, 'zones')).toEqual([]);
    expect(view.alternative).toContain('IT: Mitte bei 50 Punkten, mittlere Hälfte zwischen 35 und 60.');
    expect(view.alternative).not.toContain('Ihr eigener Wert');
  });

  test('a suppressed group is drawn the same whatever it hides, without a number', () => {
    const view = PICTURES['distribution-suppressed']!('de', 'wide');
    expect(view.title).toContain('zum Schutz nicht veröffentlicht');
    expect(view.alternative).not.toMatch(/\d/);
    expect(dataOf(view, 'bands')).toEqual([]);
    expect(dataOf(view, 'medians')).toEqual([]);
  });

  test('invented figures say so', () => {
    const view = distributionView({
      instrument: CHECK,
      cell: fives,
      figures: figuresOf(fives),
      release: { ...RELEASE, marks: INVENTED },
      lang: 'de',
    });
    expect(JSON.stringify(view.spec)).toContain('erfundene Beispieldaten');
  });
});

describe('what progress shows', () => {
  const view = PICTURES.progress!('de', 'wide');
  const of = (name: string, dimension: string) => dataOf(view, name).filter((point) => point.dimension === dimension);

  test('every release that shows the group, at its cut-off', () => {
    expect(of('medians', 'it').map(({ cutoffOn }) => cutoffOn)).toEqual(['2023-06-30', '2025-06-30', '2026-06-30']);
    // The third is too small for quartiles.
    expect(of('middle half', 'it').map(({ cutoffOn }) => cutoffOn)).toEqual(['2023-06-30', '2026-06-30']);
  });

  test('a release that does not show it breaks the line', () => {
    expect(of('medians', 'processes').map(({ run }) => run)).toEqual(['processes 0', 'processes 1', 'processes 1']);
  });

  test('own checks in order, without those that have no score', () => {
    const own = (dimension: string) => of('own', dimension).map(({ score }) => score);
    expect(own('it')).toEqual([30, 62]);
    expect(own('innovation')).toEqual([20]);
    expect(own('overall')).toEqual([52]);
  });

  test('one release is no course, and the words say so', () => {
    const single = progressView({ ...progressOf, versions: VERSIONS.slice(0, 2), own: [], lang: 'de' });
    expect(single.alternative).toContain('ein Verlauf zeigt sich mit der nächsten');
    expect(view.alternative).toContain('neu zufällig verschoben');
  });

  test('members are told that participants change', () => {
    const group = { ...fives.group, association: 'c-0a1b2c3d' };
    const members = progressView({ ...progressOf, group, versions: VERSIONS, own: [], lang: 'de' });
    expect(members.title).toBe('Stand, wechselnde Teilnehmende.');
  });
});
