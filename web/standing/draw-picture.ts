import { parse, type Spec, View } from 'vega';
import { expressionInterpreter } from 'vega-interpreter';

/**
 * Lets Vega take over a picture, with what its marks say under the pointer. Expressions are interpreted from their syntax
 * tree, so that the Content-Security-Policy needs no `unsafe-eval`.
 *
 * @param container emptied and filled with the drawing
 * @param say called with a mark's words, or null when the pointer leaves it
 * @returns ends the drawing
 */
export async function drawPicture(
  container: HTMLElement,
  spec: Spec,
  say: (words: string | null, place: { x: number; y: number }) => void,
): Promise<() => void> {
  const view = new View(parse(spec, undefined, { ast: true }), {
    renderer: 'svg',
    container,
    expr: expressionInterpreter,
    tooltip: (_handler: unknown, event: MouseEvent | null, _item: unknown, value: unknown) => {
      if (event === null) return say(null, { x: 0, y: 0 });
      const bounds = container.getBoundingClientRect();
      const place = { x: event.clientX - bounds.left, y: event.clientY - bounds.top };
      say(typeof value === 'string' && value !== '' ? value : null, place);
    },
  });
  await view.runAsync();
  return () => view.finalize();
}
