import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { Lang } from '#contracts/text';
import { shapesOf } from '#views/shapes';
import { standingView } from '#views/standing-view';
import { boardSlides } from '../../web/standing/board-slides.ts';
import { CASES } from '../views/cells.ts';

const PARTS = {
  kind: 'Vorlage',
  title: 'In Führung liegt unsere Einrichtung vor der Mitte.',
  lead: 'Verglichen mit rund 140 Einrichtungen.',
  findings: ['Gesamt: wir 52, Mitte 50 Punkte.', 'Was uns zurzeit am meisten hindert: Zeit.'],
  note: 'Die Teilnahme ist freiwillig.',
  changed: { title: 'Seit unserem Check', sentences: ['Führung: 24 Punkte mehr.'], note: 'Zufall.' },
  moved: { title: 'Wie genau', text: 'Zufällig verschoben.' },
};
const resolution = {
  title: 'Beschlussvorschlag',
  text: '1. Zur Kenntnis.\n2. Begonnen wird mit <einem> Schritt & Mut.',
};

/** Slides of the presentation as their XML, in order. */
async function slidesOf(
  lang: Lang,
  spec: ReturnType<typeof standingView>['spec'],
  changed: typeof PARTS.changed | null,
) {
  const asked = await boardSlides({
    parts: { ...PARTS, changed },
    lang,
    house: 'Haus Birke',
    spec,
    alternative: 'In Worten.',
    resolution,
  });
  if (!asked.ok) throw new Error('no presentation');
  const files = unzipSync(new Uint8Array(await asked.value.arrayBuffer()));
  const paths = Object.keys(files).filter((path) => /^ppt\/slides\/slide\d+\.xml$/.test(path));
  return { files, slides: paths.sort().map((path) => strFromU8(files[path]!)) };
}
const textsOf = (xml: string) => [...xml.matchAll(/<a:t>([^<]*)<\/a:t>/g)].map(([, text]) => text!);
/** Name and inches of each shape: left, top, width, height. */
const shapes = (xml: string) =>
  [
    ...xml.matchAll(
      /<p:cNvPr id="\d+" name="([^"]*)".*?<a:off x="(-?\d+)" y="(-?\d+)"\s*\/><a:ext cx="(\d+)" cy="(\d+)"/gs,
    ),
  ].map(
    ([, name, ...numbers]) =>
      [name, ...numbers.map((emu) => Number(emu) / 914_400)] as [string, number, number, number, number],
  );

describe.each(Lang.options)('slides for the board, %s', (lang) => {
  const input = { ...CASES.fives, unitType: 'facility', lang, layout: 'wide' as const };
  const { spec } = standingView({ ...input, setting: 'board' });

  test('hold the picture as shapes whose places and numbers are those of the release', async () => {
    const { slides, files } = await slidesOf(lang, spec, PARTS.changed);
    expect(slides).toHaveLength(3);
    const [finding] = slides as [string, string, string];
    expect(Object.keys(files).filter((path) => /\.(png|jpe?g|svg|emf)$/.test(path))).toEqual([]);

    const { own, standing } = CASES.fives;
    const placed = standing.dimensions.slice(0, -1);
    const labels = { de: ['Wir', 'Mitte'], en: ['We', 'Middle'] }[lang];
    const scores = Object.values(own.scores);
    const drawn = textsOf(finding).filter((text) => /^\S+ \d+$/.test(text) && labels.includes(text.split(' ')[0]!));
    expect(drawn.sort()).toEqual(
      [
        ...scores.map((score) => `${labels[0]} ${score}`),
        ...placed.map(({ group }) => `${labels[1]} ${group!.median}`),
      ].sort(),
    );
    // Places: the first and the last point of the track tell where 0 and 100 lie.
    const [track] = shapes(finding).filter(([name]) => name === 'tracks') as [[string, number, number, number, number]];
    const at = ([, x, , width]: [string, number, number, number, number]) =>
      ((x + width / 2 - track[1]) / track[3]) * 100;
    const points = shapes(finding).filter(([name]) => name === 'point');
    expect(points.map((point) => Math.round(at(point)))).toEqual(scores);
    const ticks = shapes(finding).filter(([name]) => name === 'tick');
    expect(ticks.map((tick) => Math.round(at(tick)))).toEqual(placed.map(({ group }) => group!.median));
  });

  test('say what the paper says, with the draft resolution as it was edited, and nothing beyond the page', async () => {
    const { slides, files } = await slidesOf(lang, spec, PARTS.changed);
    const [finding, changed, decision] = slides.map(textsOf) as [string[], string[], string[]];
    expect(finding).toEqual(
      expect.arrayContaining(['Haus Birke', PARTS.title, PARTS.lead, ...PARTS.findings, PARTS.note]),
    );
    expect(changed).toEqual(expect.arrayContaining(PARTS.changed.sentences));
    expect(decision).toContain('2. Begonnen wird mit &lt;einem&gt; Schritt &amp; Mut.');
    const notes = Object.entries(files).filter(([path]) => /notesSlide\d+\.xml$/.test(path));
    expect(notes.some(([, xml]) => strFromU8(xml).includes('In Worten.'))).toBe(true);
    for (const [name, x, y, width, height] of slides.flatMap(shapes)) {
      expect(x, name).toBeGreaterThanOrEqual(0);
      expect(x + width, name).toBeLessThanOrEqual(13.34);
      expect(y + height, name).toBeLessThanOrEqual(7.5);
    }
    expect((await slidesOf(lang, spec, null)).slides).toHaveLength(2);
  });
});

test('every mark of a picture becomes a shape, but for the rims of words; another kind is refused', () => {
  const { spec } = standingView({ ...CASES.fives, lang: 'de', layout: 'wide', setting: 'board' });
  const layers = (spec as unknown as { layer: { data: { name: string; values: unknown[] } }[] }).layer;
  const marks = layers.filter(({ data }) => !data.name.startsWith('rim ')).flatMap(({ data }) => data.values);
  expect(shapesOf(spec).shapes).toHaveLength(marks.length);
  const other = { ...spec, layer: [{ data: { name: 'x', values: [{}] }, mark: { type: 'arc' }, encoding: { x: {} } }] };
  expect(() => shapesOf(other as never)).toThrow(RangeError);
});
