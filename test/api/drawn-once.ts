import type * as Svg from '#functions/http/svg';

/**
 * Draws each picture once, whoever asks for it in which way: the same spec gives the same bytes, which pictures.test.ts
 * proves, and drawing is most of the work of a test that asks for many.
 */
export function drawnOnce({ renderSvg, compileSpec }: typeof Svg): typeof Svg {
  return { renderSvg: once(renderSvg), compileSpec: once(compileSpec) };
}

function once<Given extends unknown[], Result>(draw: (...given: Given) => Result): (...given: Given) => Result {
  const drawn = new Map<string, Result>();
  return (...given) => {
    const key = JSON.stringify(given);
    const result = drawn.get(key) ?? draw(...given);
    drawn.set(key, result);
    return result;
  };
}
