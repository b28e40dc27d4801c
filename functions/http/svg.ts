import type { Spec, View } from 'vega';
import type { TopLevelSpec } from 'vega-lite';
import type { Lang } from '#contracts/text';

/**
 * Draws a Vega-Lite spec as SVG, without a browser or canvas. The same spec gives the same bytes, in any process and
 * order. Vega is loaded on first use: most requests never need it.
 *
 * Compiling a picture and laying out its marks takes four fifths of the time and does not depend on the numbers in it: pictures
 * that differ in their data alone are drawn by the same view, one after the other.
 *
 * @param lang set on the root, so that a screen reader speaks the description in its language
 */
export async function renderSvg(spec: TopLevelSpec, lang: Lang): Promise<string> {
  const { frame, rows, description } = withoutData(spec);
  const svg = await (await drawingOf(frame)).draw(rows);
  return svg.replace('<svg ', `<svg lang="${lang}" `).replaceAll(DESCRIPTION, () => inAttribute(description!));
}

/** Vega-Lite to Vega, the same bytes for the same spec. The compiler is loaded on first use. */
export async function compileSpec(spec: TopLevelSpec): Promise<Spec> {
  const { compile } = await import('vega-lite');
  return compile(spec).spec;
}

type Rows = Record<string, unknown[]>;

/** Draws one picture after another that differ in their rows alone. */
interface Drawing {
  draw: (rows: Rows) => Promise<string>;
}

/** The latest last. Each holds a view of some hundred marks. */
const drawings = new Map<string, Promise<Drawing>>();
const KEPT = 30;

/** Stands for the description, which tells the numbers too. */
const DESCRIPTION = 'the-description-of-this-picture';

/** The spec with named data emptied, and what it said. */
function withoutData(spec: TopLevelSpec): { frame: string; rows: Rows; description: string | undefined } {
  const rows: Rows = {};
  const { description } = spec as { description?: string };
  const frame = JSON.stringify(
    description === undefined ? spec : { ...spec, description: DESCRIPTION },
    (key, value) => {
      if (key !== 'data' || !isNamed(value)) return value;
      rows[value.name] = value.values;
      return { ...value, values: [] };
    },
  );
  return { frame, rows, description };
}

const isNamed = (value: unknown): value is { name: string; values: unknown[] } =>
  typeof value === 'object' && value !== null && 'name' in value && 'values' in value && Array.isArray(value.values);

function drawingOf(frame: string): Promise<Drawing> {
  const known = drawings.get(frame);
  drawings.delete(frame);
  const drawing = known ?? makeDrawing(JSON.parse(frame));
  drawings.set(frame, drawing);
  const oldest = drawings.keys().next();
  if (drawings.size > KEPT && !oldest.done) drawings.delete(oldest.value);
  return drawing;
}

async function makeDrawing(frame: TopLevelSpec): Promise<Drawing> {
  const [compiled, vega] = await Promise.all([compileSpec(frame), import('vega')]);
  const view: View = new vega.View(vega.parse(compiled), { renderer: 'none' });
  let former: Promise<unknown> = Promise.resolve();
  return {
    draw(rows) {
      const drawn = former.then(async () => {
        for (const [name, values] of Object.entries(rows)) view.data(name, structuredClone(values));
        await view.runAsync();
        // Ids of clip paths and gradients are counted per process; drawing starts at once, in the same turn.
        vega.resetSVGDefIds();
        return view.toSVG();
      });
      former = drawn.catch(() => {});
      return drawn;
    },
  };
}

/** As Vega writes attributes. */
const inAttribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
