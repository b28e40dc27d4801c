import { parse, type Spec, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { Lang } from '#contracts/text';

/** Vega-Lite to Vega in the browser: only for a check that is not sent, since nobody else may draw it. */
export function vegaOf(spec: TopLevelSpec): Spec {
  return compile(spec).spec;
}

/** Draws as the service does (functions/http/svg.ts), with Vega's interpreter, which needs no `unsafe-eval`. */
export async function svgOf(spec: TopLevelSpec, lang: Lang): Promise<string> {
  const runtime = parse(vegaOf(spec), undefined, { ast: true });
  const view = new View(runtime, { renderer: 'none', expr: expressionInterpreter });
  const svg = await view.toSVG();
  view.finalize();
  return svg.replace('<svg ', `<svg lang="${lang}" `);
}
