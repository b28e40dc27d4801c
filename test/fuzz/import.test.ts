import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { serve } from '@hono/node-server';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CannotRun } from '#functions/local/cannot-run';
import { runImport } from '#functions/operator/import/run-import';
import { organisationOf } from '#store/hashes';
import { TRUSTED_KEY, testService } from '../api/test-service.ts';
import { SCORES } from '../operator/import-instruments.ts';
import { readTable, receiptsOf, TODAY } from '../operator/import-run.ts';

const HEADER = ['organisation', 'conductedOn', 'level', 'sector', 'size', 'it', 'culture'];
const FORMULAS = ['=1+1', '+49 30', '-2', '@SUM(A1)', '\t=1', '=cmd|"/c calc"!A1'];
const HOUSES = [
  'Haus "Süd"',
  'Träger; Ost, West',
  '__proto__',
  'constructor',
  '€ 12',
  'zwei\nZeilen',
  '😀',
  'x'.repeat(3_000),
];
const cells = [
  fc.constantFrom('A', 'B', '', ...HOUSES, ...FORMULAS, 'y'.repeat(120_000)),
  fc.constantFrom('2026-03-01', '01.03.2026', '2026-03-02', '2026-02-30', '2031-01-01', '', ...FORMULAS),
  fc.constantFrom('facility', 'carrier', '', '__proto__'),
  fc.constantFrom('youth', 'elder-care', '', 'toString', ...FORMULAS),
  fc.constantFrom('1-9', '10-49', '01. Sep'),
  fc.constantFrom('40', '0', '100', '101', '-1', '4,5', '1e2', '', '=2*20', '０'),
  fc.constantFrom('50', '', 'NaN', '\u202e05', ' 7 '),
];
const mostlySound = cells.map((cell, place) =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(['A', '2026-03-01', 'facility', 'youth', '1-9', '40', '50'][place]!) },
    { weight: 2, arbitrary: cell },
  ),
);
const file = fc.record({
  rows: fc.array(fc.tuple(...(mostlySound as [fc.Arbitrary<string>])) as fc.Arbitrary<string[]>, { maxLength: 6 }),
  /** A column more, that is none, or is there already. */
  more: fc.oneof(
    { weight: 6, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constantFrom('', '__proto__', 'it', '=1+1', 'z'.repeat(5_000)) },
  ),
  delimiter: fc.constantFrom(',', ';', '\t'),
  lineEnd: fc.constantFrom('\r\n', '\n', '\r'),
  encoding: fc.constantFrom('utf-8', 'bom', 'utf-16', 'latin1', 'mixed'),
  isCareless: fc.boolean(),
});

test('whatever a file holds, every row goes in as the schema allows or is given a reason, and a second run adds nothing', async () => {
  const seen = { stored: 0, rejected: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(file, async ({ rows, more, delimiter, lineEnd, encoding, isCareless }) => {
      const write = (cell: string) => (isCareless && !/["\n]/.test(cell) ? cell : `"${cell.replaceAll('"', '""')}"`);
      const lines = [more === null ? HEADER : [...HEADER, more], ...rows].map((line) =>
        line.map(write).join(delimiter),
      );
      const folder = await mkdtemp(join(tmpdir(), 'import-'));
      const service = await testService({ instruments: new Map([[SCORES.id, SCORES]]) });
      const server = serve({ fetch: service.app.fetch, port: 0, hostname: '127.0.0.1' });
      await once(server, 'listening');
      let printed = '';
      const request = {
        instrument: SCORES,
        csv: join(folder, 'rows.csv'),
        receipts: join(folder, 'receipts.csv'),
        rejects: join(folder, 'rejects.csv'),
        sameOrNew: { keys: new Map() },
        service: {
          url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`),
          sourceKey: TRUSTED_KEY,
        },
      };
      const run = () =>
        runImport(request, {
          randomBytes,
          retrying: { retries: 1, minPauseMs: 1, maxPauseMs: 2, timeoutMs: 5_000 },
          signal: new AbortController().signal,
          lang: 'en',
          today: TODAY,
          out: new Writable({
            write(chunk, _, done) {
              printed += chunk;
              done();
            },
          }),
        });
      try {
        await writeFile(request.csv, encoded(`${lines.join(lineEnd)}${lineEnd}`, encoding));
        const { rows: read, stored, changed, replayed, repeated, rejected } = await run();
        expect([stored + repeated + rejected, changed, replayed]).toEqual([read, 0, 0]);
        const items = [...service.submissions.items.values()];
        expect(items).toHaveLength(stored);

        // Each item is of an organisation of the receipts file, and holds what the instrument knows and nothing else.
        const receipts = await receiptsOf(request.receipts);
        const owners = new Set([...receipts.values()].map(organisationOf));
        for (const item of items) {
          expect(owners.has(item.organisation)).toBe(true);
          expect(item).toMatchObject({ kind: 'submission', instrument: SCORES.id, admission: 'trusted' });
          const { profile, scores = {} } = item as { profile: Record<string, string>; scores?: Record<string, number> };
          for (const [attribute, code] of Object.entries(profile))
            expect(SCORES.profile.find(({ id }) => id === attribute)!.codes.map(({ id }) => id)).toContain(code);
          for (const [dimension, score] of Object.entries(scores)) {
            expect(['it', 'culture']).toContain(dimension);
            expect(Number.isInteger(score) && score >= 0 && score <= 100).toBe(true);
          }
        }
        // Each rejected row has its reasons, and no cell that a spreadsheet would run.
        const reasons: Record<string, string>[] = rejected === 0 ? [] : await readTable(request.rejects);
        expect(new Set(reasons.map(({ line }) => line)).size).toBe(rejected);
        for (const reject of reasons) {
          expect(reject.reason).not.toBe('');
          for (const cell of Object.values(reject)) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
        }
        for (const receipt of receipts.values()) expect(printed).not.toContain(receipt);

        expect(await run()).toMatchObject({ rows: read, stored: 0, changed: 0, replayed: stored, rejected });
        expect(service.submissions.items.size).toBe(stored);
        seen.stored += stored;
        seen.rejected += rejected;
      } catch (error) {
        if (!(error instanceof CannotRun)) throw error;
        expect(error.message).toMatch(/rows\.csv.* Nothing was sent\.|rows\.csv is /s);
        expect(service.submissions.items.size).toBe(0);
        seen.refused += 1;
      } finally {
        server.close();
        await rm(folder, { recursive: true });
      }
    }),
    { numRuns: 60, seed: 11 },
  );
  // The files were neither all sound nor all broken.
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(6);
}, 120_000);

/** The text in an encoding that spreadsheets write; `mixed` has lines of two. */
function encoded(text: string, encoding: string): Buffer {
  if (encoding === 'bom') return Buffer.from(`\ufeff${text}`);
  if (encoding === 'utf-16') return Buffer.from(`\ufeff${text}`, 'utf16le');
  if (encoding === 'latin1') return Buffer.from(text, 'latin1');
  if (encoding === 'mixed') return Buffer.concat([Buffer.from(text), Buffer.from('Süd;\r\n', 'latin1')]);
  return Buffer.from(text);
}
