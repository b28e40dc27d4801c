import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CannotRun } from '#functions/local/cannot-run';
import { columnsOf, matchColumns } from '#functions/operator/import/columns';
import { readCsv } from '#functions/operator/import/csv-file';
import { readRow } from '#functions/operator/import/row';
import { runImport } from '#functions/operator/import/run-import';
import { RETRYING } from '#functions/operator/import/send';
import { SCORES } from '../operator/import-instruments.ts';

const COLUMNS = columnsOf(SCORES).map((column) => column.name);
const SOUND = Buffer.from(
  `organisation;conductedOn;level;sector;size;it;culture\r\n"Haus ""Süd"""; 2026-03-01;facility;youth;1-9;40;50\r\n=1+1;2026-03-02;carrier;elder-care;10-49;7;8\r\n`,
);

/** Bytes that make a difference: quotes, delimiters, line ends, null, byte order marks, halves of characters. */
const ODD = [0x22, 0x2c, 0x3b, 0x09, 0x0a, 0x0d, 0x00, 0xef, 0xbb, 0xbf, 0xff, 0xfe, 0xc3, 0x81, 0xed, 0x3d, 0x40];

test('whatever the bytes, a file is read or refused in a sentence, and each row is taken or given a reason', () => {
  const change = fc.record({
    at: fc.nat(SOUND.length),
    cut: fc.nat(4),
    bytes: fc.array(fc.oneof(fc.constantFrom(...ODD), fc.nat(255)), { maxLength: 5 }),
  });
  let refused = 0;
  let readRows = 0;
  fc.assert(
    fc.property(fc.array(change, { maxLength: 4 }), fc.boolean(), (changes, isWide) => {
      let bytes = isWide ? Buffer.from(`\ufeff${SOUND.toString()}`, 'utf16le') : SOUND;
      for (const { at, cut, bytes: put } of changes)
        bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(put), bytes.subarray(at + cut)]);
      try {
        const file = readCsv(bytes, 'rows.csv', COLUMNS);
        const columns = matchColumns(file, SCORES, 'rows.csv');
        for (const row of file.rows) {
          const outcome = readRow(row, columns, SCORES);
          readRows += 1;
          if (Array.isArray(outcome)) expect(outcome.every(({ reason }) => reason !== '')).toBe(true);
          else expect(outcome.organisation).not.toBe('');
        }
      } catch (error) {
        if (!(error instanceof CannotRun)) throw error;
        expect(error.message).toMatch(/rows\.csv/);
        refused += 1;
      }
    }),
    { numRuns: 4_000, seed: 7 },
  );
  expect(refused).toBeGreaterThan(100);
  expect(readRows).toBeGreaterThan(100);
});

test.each([
  [2 ** 30, /rows\.csv has 1024 MB: split it into files of at most 200 MB\. Nothing was sent\./],
  [2 ** 27, /rows\.csv has a line of more than 1 MB, so it is no table of checks\. Nothing was sent\./],
])('one line of %d bytes is refused before it is read whole', async (bytes, message) => {
  const folder = await mkdtemp(join(tmpdir(), 'import-'));
  const csv = join(folder, 'rows.csv');
  await writeFile(csv, SOUND);
  await truncate(csv, bytes);
  const request = {
    instrument: SCORES,
    csv,
    receipts: join(folder, 'receipts.csv'),
    rejects: join(folder, 'rejects.csv'),
    url: new URL('http://127.0.0.1:1/'),
    sourceKey: undefined,
  };
  const out = new Writable({ write: (_, __, done) => done() });
  const deps = {
    randomBytes: () => new Uint8Array(16),
    retrying: RETRYING,
    signal: new AbortController().signal,
    out,
  };
  await expect(runImport(request, deps)).rejects.toThrow(message);
  await rm(folder, { recursive: true });
});
