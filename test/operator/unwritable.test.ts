import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { unwritableSentence } from '#functions/local/unwritable';
import { main as admin } from '#functions/operator/admin';
import { rejectKey } from '#functions/operator/import/plan-store';
import { writeRejects } from '#functions/operator/import/rejects-file';
import { programOf } from '../local/programs.ts';
import { withStore } from './import-run.ts';

let data: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'unwritable-'));
});
afterEach(() => rm(data, { recursive: true, force: true }));

/** A command as a program, as if the disk held files of so many blocks of 512 bytes at most. */
async function runWithin(blocks: number, command: 'admin' | 'participation' | 'release', ...argv: string[]) {
  const program = [...programOf(command), ...argv, '--data', data];
  const child = spawn('sh', ['-c', `ulimit -f ${blocks}; exec "$@"`, 'sh', ...program]);
  const printed = Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await once(child, 'close');
  const [out, err] = await printed;
  return { code, out, err };
}

it.each([
  ['admin', 'association', 'create', '--name', 'Verband'],
  ['participation'],
  ['release', '--instrument', 'digitalcheck.1'],
] as const)(
  'a full disk ends %s in one sentence, and the next run has nothing in its way',
  async (command, ...argv) => {
    for (const blocks of [0, 3]) {
      const { code, out, err } = await runWithin(blocks, command, ...argv);
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(err).toMatch(/^(There is no room left|The data folder \S+ cannot be read and written \(EFBIG\))[^\n]*\n$/);
    }
    const [out, err] = [new PassThrough(), new PassThrough()];
    expect(await admin(['association', 'list', '--data', data], {}, { out, err })).toBe(0);
    out.end();
    expect(await text(out)).toBe('No association is registered yet.\n');
  },
);

it('a rejects file that cannot be written is named', async () => {
  const reject = { line: 2, organisation: 'a', column: '', value: '', reason: { de: 'x', en: 'x' } };
  await withStore(join(data, 'plan'), async (store) => {
    await store.rejects.put(rejectKey(2, 0), reject);
    await expect(writeRejects('/dev/full', store, 'en')).rejects.toThrow(
      'The rejects file /dev/full cannot be written (ENOSPC). Run the same command again, nothing goes in twice.',
    );
  });
});

it('tells a full disk from one that is read only, and leaves other errors alone', () => {
  expect(unwritableSentence(new Error('IO error: /d/5.log: No space left on device'))).toContain('no room left');
  expect(unwritableSentence(new Error("EROFS: read-only file system, open '/d/x'"))).toContain('cannot be written');
  expect(unwritableSentence(new Error('something else'))).toBeUndefined();
});
