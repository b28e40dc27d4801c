import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { parse, View as VegaView, Warn } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { describe, expect, test } from 'vitest';
import { SUPPRESSED } from '#contracts/suppressed';
import type { Lang } from '#contracts/text';
import { type Layout, PALETTES } from '#views/chart-style';
import { distributionView } from '#views/distribution-view';
import { membersView } from '#views/members-view';
import { progressView } from '#views/progress-view';
import { largerSentence, overallLine, standingLines, standingView } from '#views/standing-view';
import { textWidth } from '#views/text-lines';
import type { View } from '#views/view';
import { CASES, CHECK, figuresOf, HISTORY, INVENTED, MEMBERS, RELEASE, VERSIONS } from './cells.ts';

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
  'standing-board': (lang, layout) =>
    standingView({ ...CASES.quartiles, unitType: 'facility', lang, layout, setting: 'board' }),
  members: (lang, layout) => membersView({ ...MEMBERS, lang, layout, address: 'sektorspiegel.example' }),
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
      expect(Number(width)).toBe(layout === 'narrow' ? 360 : 900);
      expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    },
  );

  test.each(LANGS)('speaks in complete sentences (%s)', (lang) => {
    const view = picture(lang, 'wide');
    for (const text of [view.title, view.alternative]) {
      expect(text).toMatch(/^[\p{Lu}].*[.]$/u);
      expect(text).not.toMatch(/undefined|null|NaN|\{|\s\s|\.\./);
    }
    expect(view.spec.description).toBe(view.alternative);
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

/** Every word drawn. */
function wordsOf(view: View): string {
  const { layer } = view.spec as unknown as { layer: { data: { name: string; values: { text?: string }[] } }[] };
  const { title } = view.spec as unknown as { title?: { text: string[]; subtitle: string[] } };
  const drawn = layer.filter(({ data }) => data.name.startsWith('text ')).flatMap(({ data }) => data.values);
  return [...(title?.text ?? []), ...(title?.subtitle ?? []), ...drawn.map(({ text }) => text)].join(' ');
}

describe('what a standing shows', () => {
  const shown = (name: keyof typeof CASES, lang: Lang = 'de') => standingView({ ...CASES[name], lang });

  test.each(names)('every figure of %s is a published cut, the zone as given, or the own score', (name) => {
    const view = shown(name);
    const { standing, own } = CASES[name];
    const dimensions = standing.dimensions.slice(0, -1);
    expect(dataOf(view, 'half').map(({ dimension, lower, upper }) => ({ dimension, lower, upper }))).toEqual(
      dimensions.flatMap(({ dimension, group }) => (group!.quartiles ? [{ dimension, ...group!.quartiles }] : [])),
    );
    expect(dataOf(view, 'tick').map(({ dimension, at }) => [dimension, at])).toEqual(
      dimensions.map(({ dimension, group }) => [dimension, group!.median]),
    );
    expect(dataOf(view, 'zone').map(({ dimension, lower: from, upper: to }) => ({ dimension, from, to }))).toEqual(
      dimensions.flatMap(({ dimension, group }) => (group!.zone ? [{ dimension, ...group!.zone }] : [])),
    );
    const scores = Object.entries(own.scores).filter(([, score]) => score !== null);
    expect(dataOf(view, 'point').map(({ dimension, at }) => [dimension, at])).toEqual(scores);
  });

  test.each(names)('the point of %s lies within the drawn zone exactly where "about in the middle" is said', (name) => {
    const view = shown(name);
    const points = new Map(dataOf(view, 'point').map(({ dimension, at }) => [dimension, at as number]));
    const zones = new Map(dataOf(view, 'zone').map((zone) => [zone.dimension, zone]));
    for (const { dimension, verdict } of standingLines({ ...CASES[name], lang: 'de' }).slice(0, -1)) {
      const [score, zone] = [points.get(dimension), zones.get(dimension)];
      const isInside =
        zone !== undefined && score !== undefined && score >= (zone.from as number) && score <= (zone.to as number);
      expect(verdict === 'Ungefähr in der Mitte').toBe(isInside);
    }
  });

  test('equal scores do not hide the tick: it stands out above and below the point', () => {
    const [tick] = dataOf(shown('ties'), 'tick') as { y: number; y2: number }[];
    const [point] = dataOf(shown('ties'), 'point') as { y: number }[];
    expect(point!.y - tick!.y).toBeGreaterThanOrEqual(8 + 2 + 4);
    expect(tick!.y2 - point!.y).toBeGreaterThanOrEqual(8 + 2 + 4);
  });

  test('two numbers a row and one phrase, and the key names those marks that are drawn', () => {
    const drawn = wordsOf(standingView({ ...CASES.quartiles, lang: 'de', setting: 'page' }));
    expect(drawn.match(/(Sie|Mitte) \d+/g)).toHaveLength(8);
    expect(drawn.replaceAll(/(Sie|Mitte) \d+/g, '').match(/\d+/g)).toEqual(['0', '25', '50', '75', '100']);
    expect(drawn).toContain('mittlere Hälfte der Gruppe');
    expect(drawn).toContain('kein Unterschied zur Mitte erkennbar');
  });

  test('below 50 there is no half, no zone, no percentage and no verdict, but that it is an indication', () => {
    for (const name of ['medians', 'medians-and-larger'] as const)
      for (const lang of LANGS) {
        const view = shown(name, lang);
        expect(dataOf(view, 'half')).toEqual([]);
        expect(dataOf(view, 'zone')).toEqual([]);
        expect(wordsOf(standingView({ ...CASES[name], lang, setting: 'page' }))).not.toMatch(
          /Hälfte|half|erkennbar|can be told|vor der|hinter der|ahead of|behind the/,
        );
        expect(view.alternative).not.toMatch(/%|Sie liegen|You are (ahead|behind|about|in)/);
      }
    expect(shown('medians').title).toBe('Bei rund 30 Einrichtungen ist der Vergleich nur ein Anhaltspunkt.');
    expect(shown('medians').alternative).toContain(
      'IT: 62 von 100 Punkten (Etabliert), die Mitte der Gruppe bei 50. Prozesse:',
    );
    expect(largerSentence({ ...CASES['medians-and-larger'], lang: 'de' })).toBe(
      'Unter rund 225 Einrichtungen der Pflege, Teilhabe und Gesundheit: In IT und Führung liegen Sie vor der Mitte, in Prozessen und Innovation hinter der Mitte.',
    );
    expect(largerSentence({ ...CASES.medians, lang: 'de' })).toBe('');
  });

  test('the headline is the finding, and what would have been seen stands beside every no', () => {
    expect(shown('fives').title).toBe(
      'In IT und Führung liegen Sie vor der Mitte, in Prozessen und Innovation hinter der Mitte.',
    );
    expect(shown('ties', 'en').title).toBe(
      'In leadership you are ahead of the middle, in the other areas about in the middle.',
    );
    expect(shown('fives').alternative).toContain(
      'Verglichen mit rund 225 Einrichtungen der Altenhilfe und Pflege. 0 bis 100 Punkte. IT: 62 von 100 Punkten (Etabliert), die Mitte der Gruppe bei 50; vor der Mitte.',
    );
    for (const name of names)
      for (const line of standingLines({ ...CASES[name], lang: 'de' }))
        if (line.placing?.verdict === 'near') {
          const { from, to } = line.group!.zone!;
          if (to < 100) expect(line.sentence).toContain(`ab ${to + 1}`);
          if (from > 0) expect(line.sentence).toContain(`bis ${from - 1} Punkten`);
        }
  });

  test('a paper speaks in the voice of the house, by the name of its unit type', () => {
    const input = { ...CASES.fives, unitType: 'facility', lang: 'de' as const };
    expect(standingView({ ...input, setting: 'board' }).title).toBe(
      'In IT und Führung liegt unsere Einrichtung vor der Mitte, in Prozessen und Innovation hinter der Mitte.',
    );
    expect(wordsOf(standingView({ ...input, setting: 'board' }))).toContain('Wir 62');
    expect(overallLine(input, 'house')).toBe(
      'Gesamt: wir 52, Mitte 50 Punkte. Unsere Einrichtung liegt ungefähr in der Mitte.',
    );
    expect(overallLine({ ...input, unitType: 'carrier', lang: 'en' }, 'house')).toBe(
      'Overall: we 52, middle 50 points. Our organisation is about in the middle.',
    );
  });

  test('the overall score is a line; beside it stands where it is lowest', () => {
    expect(wordsOf(shown('fives'))).toContain('Gesamt: Sie 52, Mitte 50 Punkte. Sie liegen ungefähr in der Mitte.');
    expect(shown('fives').alternative).toContain('Am niedrigsten: in Innovation.');
    expect(wordsOf(shown('missing'))).toContain('Gesamt: Das Ergebnis braucht einen Wert in jedem Bereich.');
    expect(wordsOf(shown('missing'))).toContain('kein eigener Wert');
  });

  test('a whole picture says what its figures stand for, how far they were moved, and where it comes from', () => {
    for (const name of names) {
      expect(shown(name).alternative).toContain('die Werte stehen nicht für alle ');
      expect(shown(name).alternative).toContain('zum Schutz zufällig verschoben');
      expect(shown(name).alternative).toContain('Ihr eigener Wert ist genau');
      expect(wordsOf(shown(name))).toContain('Sektorspiegel, Digitalisierungscheck');
      expect(wordsOf(shown(name)).replaceAll(/\s+/g, ' ')).toContain('Stichtag 30. Juni 2026 · CC BY 4.0');
    }
    expect(wordsOf(standingView({ ...CASES.fives, lang: 'en', address: 'mirror.example' }))).toContain(
      'cut-off 30 June 2026 · mirror.example · CC BY 4.0',
    );
    const moved = Math.max(...CASES.fives.standing.dimensions.map(({ group }) => group!.moved!));
    expect(shown('fives').alternative).toContain(
      `die Mitte bei rund 225 Einrichtungen meist um höchstens ${moved} Punkte. Ihr eigener Wert ist genau; das Urteil berücksichtigt die Verschiebung.`,
    );
    expect(shown('medians').alternative).toContain('wie weit, lässt sich bei rund 30 Einrichtungen aus den');
    expect(shown('medians').alternative).not.toContain('das Urteil berücksichtigt');
  });

  test('on a page, title, notes and source are left to the page', () => {
    const drawn = wordsOf(standingView({ ...CASES.fives, lang: 'de', setting: 'page' }));
    expect(drawn).not.toMatch(/liegen Sie|freiwillig|verschoben|Sektorspiegel|Gesamt/);
    expect(drawn).toContain('vor der Mitte');
  });

  test('nobody is called better, nothing is moved a little, and no figure is carried on', () => {
    for (const name of names)
      for (const lang of LANGS)
        expect(JSON.stringify(shown(name, lang))).not.toMatch(/besser|better|leicht |slightly|übernommen|carried/i);
  });

  test('invented figures say so, and real ones never', () => {
    expect(wordsOf(shown('invented'))).toContain('erfundene Beispieldaten');
    expect(wordsOf(shown('invented', 'en'))).toContain('invented sample data');
    for (const name of names.filter((name) => name !== 'invented'))
      for (const lang of LANGS) expect(JSON.stringify(shown(name, lang))).not.toMatch(/erfunden|invented|trial/i);
  });

  test.each(LAYOUTS)('no word leaves the picture, and no number the track (%s)', (layout) => {
    for (const name of names)
      for (const lang of LANGS) {
        const view = standingView({ ...CASES[name], lang, layout });
        const { width, layer } = view.spec as unknown as {
          width: number;
          layer: {
            mark: { fontSize?: number; align?: string; fontWeight?: string };
            data: { name: string; values: { text: string; x: number }[] };
          }[];
        };
        for (const { mark, data } of layer.filter((entry) => entry.data.name.startsWith('text ')))
          for (const { text, x } of data.values) {
            const wide = textWidth(text, mark.fontSize!, mark.fontWeight === 'bold');
            const left = mark.align === 'center' ? x - wide / 2 : mark.align === 'right' ? x - wide : x;
            expect(left, text).toBeGreaterThanOrEqual(8);
            expect(left + wide, text).toBeLessThanOrEqual(width - 2);
          }
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

  test.each(['light', 'dark'] as const)('marks part from what they lie on, in grey too (%s)', (theme) => {
    const { background, text, half, zone, own, members, interval } = PALETTES[theme];
    for (const [mark, ground] of [
      [half.stroke, background],
      [zone.fill, background],
      [zone.fill, half.fill],
      [text, zone.fill],
      [own, background],
      [members, background],
      [interval.stroke, background],
    ] as const)
      expect(contrast(mark, ground), `${mark} on ${ground}`).toBeGreaterThanOrEqual(3);
  });
});

/** WCAG 2.2. */
function contrast(one: string, other: string): number {
  const light = (hex: string) => {
    const [r, g, b] = hex.match(/[0-9a-f]{2}/g)!.map((pair) => {
      const part = Number.parseInt(pair, 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  };
  const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
  return (high! + 0.05) / (low! + 0.05);
}

describe('what a distribution shows', () => {
  test('no own mark, no zone, and the middle in words', () => {
    const view = PICTURES.distribution!('de', 'wide');
    expect(dataOf(view, 'point')).toEqual([]);
    expect(dataOf(view, 'zone')).toEqual([]);
    expect(view.alternative).toContain('IT: Mitte bei 50 Punkten, mittlere Hälfte zwischen 35 und 60.');
    expect(view.alternative).not.toContain('Ihr eigener Wert');
  });

  test('a suppressed group is drawn the same whatever it hides, without a number or an empty row', () => {
    const view = PICTURES['distribution-suppressed']!('de', 'wide');
    expect(view.title).toContain('zum Schutz nicht veröffentlicht');
    expect(wordsOf(view)).not.toMatch(/\d/);
    expect(dataOf(view, 'tracks')).toEqual([]);
  });

  test('invented figures say so', () => {
    const release = { ...RELEASE, marks: INVENTED };
    const view = distributionView({ instrument: CHECK, cell: fives, figures: figuresOf(fives), release, lang: 'de' });
    expect(wordsOf(view)).toContain('erfundene Beispieldaten');
  });
});

describe('what members show beside the field', () => {
  const view = PICTURES.members!('de', 'wide');

  test('the interval reaches the field’s tick exactly where no difference is told', () => {
    const ticks = new Map(dataOf(view, 'tick').map(({ dimension, at }) => [dimension, at as number]));
    const touching = dataOf(view, 'interval').filter(({ dimension, from, to }) => {
      const tick = ticks.get(dimension)!;
      return (from as number) <= tick && tick <= (to as number);
    });
    expect(touching.map(({ dimension }) => dimension)).toEqual(['it', 'processes', 'innovation']);
    expect(wordsOf(view).match(/gleichauf, soweit erkennbar/g)).toHaveLength(3);
    expect(wordsOf(view)).toContain('vor dem Feld');
  });

  test('title, smallest difference, who took part, and for whom it is', () => {
    expect(view.title).toBe('In Führung liegen Ihre Mitglieder vor dem Feld. Sonst ist kein Unterschied erkennbar.');
    expect(wordsOf(view)).toContain(
      'Sichtbar wäre hier ein Unterschied ab etwa 12 Punkten. Beteiligung: rund 70 von 200 Mitgliedern.',
    );
    expect(wordsOf(view)).toContain('nur für: Demo-Dachverband');
    expect(wordsOf(view)).not.toContain('CC BY');
  });

  test('nothing of the members published: no row, no number of theirs', () => {
    const compared = {
      ...MEMBERS.compared,
      members: null,
      dimensions: MEMBERS.compared.dimensions.map((line) => ({
        ...line,
        members: null,
        field: null,
        difference: null,
      })),
    };
    const hidden = membersView({ ...MEMBERS, compared, lang: 'de' });
    expect(hidden.title).toBe('Die Werte Ihrer Mitglieder sind zum Schutz nicht veröffentlicht.');
    expect(wordsOf(hidden)).not.toMatch(/\d/);
  });
});

describe('what progress shows', () => {
  const view = PICTURES.progress!('de', 'wide');
  const of = (name: string, dimension: string) => dataOf(view, name).filter((point) => point.dimension === dimension);

  test('every release that shows the group, at its cut-off', () => {
    expect(of('tick', 'it').map(({ cutoffOn }) => cutoffOn)).toEqual(['2023-06-30', '2025-06-30', '2026-06-30']);
    // The third is too small for quartiles.
    expect(of('half', 'it').map(({ cutoffOn }) => cutoffOn)).toEqual(['2023-06-30', '2026-06-30']);
  });

  test('a release that does not show it breaks the line', () => {
    expect(of('tick', 'processes').map(({ run }) => run)).toEqual(['processes 0', 'processes 1', 'processes 1']);
  });

  test('own checks in order, without those that have no score', () => {
    const own = (dimension: string) => of('point', dimension).map(({ score }) => score);
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
    expect(members.title).toBe('Stand je Stichtag (jedes Mal andere Teilnehmende).');
  });
});
