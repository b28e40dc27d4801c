import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bundle } from '#functions/build';

it('the api reads at most 400 KB before it can answer; charts, pages, the SDK and the description come later', async () => {
  const { eagerBytes, lazyBytes } = await bundle('api', await mkdtemp(join(tmpdir(), 'size-')));
  expect(eagerBytes).toBeLessThanOrEqual(400_000);
  // Were something left out or bundled twice, this would tell: Vega alone is more than half a megabyte.
  expect(lazyBytes).toBeGreaterThan(1_000_000);
}, 60_000);
