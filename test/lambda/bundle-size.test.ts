import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bundle } from '#functions/service/build';

it('the api reads at most 400 KB before it can answer; charts, pages, the SDK and the description come later', async () => {
  const { eagerBytes, lazyBytes } = await bundle('api', await mkdtemp(join(tmpdir(), 'size-')));
  expect(eagerBytes).toBeLessThanOrEqual(400_000);
  // Were something left out or bundled twice, this would tell: Vega alone is more than half a megabyte.
  expect(lazyBytes).toBeGreaterThan(1_000_000);
}, 60_000);

it('carries the description as it was written, and not what it is written from', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'size-'));
  await bundle('api', folder);
  const chunks = (await readdir(folder)).filter((name) => name.endsWith('.mjs'));
  const texts = await Promise.all(chunks.map((name) => readFile(join(folder, name), 'utf8')));
  const describing = texts.filter((text) => text.includes('operationId:'));
  expect(describing).toEqual([expect.stringContaining('openapi:"3.1.0"')]);
}, 60_000);
