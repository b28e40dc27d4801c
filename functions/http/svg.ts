import type { Spec } from 'vega';
import type { TopLevelSpec } from 'vega-lite';
import type { Lang } from '#contracts/text';

/**
 * Draws a Vega-Lite spec as SVG, without a browser or canvas. The same spec gives the same bytes, in any process and
 * order. Vega is loaded on first use: most requests never need it.
 *
 * @param lang set on the root, so that a screen reader speaks the description in its language
 */
export async function renderSvg(spec: TopLevelSpec, lang: Lang): Promise<string> {
  const [compiled, vega] = await Promise.all([compileSpec(spec), import('vega')]);
  const view = new vega.View(vega.parse(compiled), { renderer: 'none' });
  await view.runAsync();
  // Ids of clip paths and gradients are counted per process; drawing starts at once, in the same turn.
  vega.resetSVGDefIds();
  const svg = await view.toSVG();
  view.finalize();
  return svg.replace('<svg ', `<svg lang="${lang}" `);
}

/** Vega-Lite to Vega, the same bytes for the same spec. The compiler is loaded on first use. */
export async function compileSpec(spec: TopLevelSpec): Promise<Spec> {
  const { compile } = await import('vega-lite');
  return compile(spec).spec;
}
