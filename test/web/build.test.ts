import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { buildSite } from '../../web/build/build-site.ts';

it('is built for visitors even by the test runner: no development code, no path of the machine', async () => {
  const folder = path.join(await buildSite(), 'assets');
  const scripts = (await readdir(folder)).filter((name) => name.endsWith('.js'));
  expect(scripts.length).toBeGreaterThan(5);
  for (const name of scripts) {
    const script = await readFile(path.join(folder, name), 'utf8');
    expect(script, name).not.toContain(process.cwd());
    expect(script, name).not.toContain('lineNumber:');
  }
});
