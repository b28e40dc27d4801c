import { parse, resetSVGDefIds, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { expect, it } from 'vitest';
import { renderSvg } from '#functions/http/svg';
import { progressView } from '#views/progress-view';
import { standingView } from '#views/standing-view';
import { CASES, CHECK, HISTORY, VERSIONS } from '../views/cells.ts';

/** The way without any memory. */
async function drawnAnew(spec: TopLevelSpec): Promise<string> {
  const view = new View(parse(compile(spec).spec), { renderer: 'none' });
  await view.runAsync();
  resetSVGDefIds();
  const svg = await view.toSVG();
  view.finalize();
  return svg.replace('<svg ', '<svg lang="de" ');
}

const { fives, quartiles } = CASES;
/** The same house with another score: the same title, other marks, another description. */
const [first, ...others] = fives.standing.dimensions;
const moved = {
  ...fives,
  standing: { ...fives.standing, dimensions: [{ ...first!, score: first!.score! + 1 }, ...others] },
};
const pictures: TopLevelSpec[] = [
  ...[fives, moved, quartiles].map((input) => standingView({ ...input, lang: 'de', layout: 'wide' }).spec),
  ...[HISTORY, []].map(
    (own) =>
      progressView({
        instrument: CHECK,
        group: fives.standing.cell!.group,
        isInvented: false,
        versions: VERSIONS,
        own,
        lang: 'de',
        layout: 'narrow',
      }).spec,
  ),
];

it('draws byte for byte what Vega draws anew, whatever was drawn before and at the same time', async () => {
  const expected = await Promise.all(pictures.map((spec) => drawnAnew(structuredClone(spec))));
  expect(new Set(expected).size).toBe(pictures.length);
  for (const round of [1, 2]) {
    const drawn = await Promise.all([...pictures, ...pictures.toReversed()].map((spec) => renderSvg(spec, 'de')));
    expect(drawn, `round ${round}`).toEqual([...expected, ...expected.toReversed()]);
  }
});

it('keeps a description with signs of XML as it is, and leaves the spec alone', async () => {
  const spec = { ...pictures[0]!, description: 'Mitte "50" & <mehr>, $& $1' };
  const before = JSON.stringify(spec);
  expect(await renderSvg(spec, 'de')).toEqual(await drawnAnew(structuredClone(spec)));
  expect(JSON.stringify(spec)).toBe(before);
});
