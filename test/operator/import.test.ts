import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { plainText } from '#contracts/plain-code';
import { keyDamage } from '#functions/operator/import/keys';
import { holdReceipts, loadReceipts, writeReceipts } from '#functions/operator/import/receipts-file';
import { retryAfterMs } from '#functions/operator/import/send';
import type { ImportSummary } from '#functions/operator/import/summary';
import { FakeService } from './fake-service.ts';
import { SCORES } from './import-instruments.ts';
import { type QUICK, receiptsOf, type Workplace, withStore, workplace } from './import-run.ts';

const HEADER = 'organisation,conductedOn,sector,size,region,it,culture';

let place: Workplace;
let folder: string;
let service: FakeService;
let url: URL;

beforeEach(async () => {
  place = await workplace();
  folder = place.folder;
  service = new FakeService();
  url = await service.start();
});
afterEach(async () => {
  await service.stop();
  await place.remove();
});

const at = (name: string) => place.at(name);
const { rejects, receiptsLines } = {
  rejects: () => place.rejects(),
  receiptsLines: () => place.receiptsLines(),
};

async function importRows(
  rows: string[],
  {
    receipts,
    ...change
  }: { sourceKey?: string; signal?: AbortSignal; retrying?: typeof QUICK; receipts?: string } = {},
): Promise<ImportSummary> {
  const csv = await place.write('rows.csv', `${[HEADER, ...rows].join('\r\n')}\r\n`);
  return place.run(SCORES, csv, { url, ...change, receipts: at(receipts ?? 'receipts.csv') });
}

const rowOf = (organisation: string, it: number, conductedOn = '2026-06-30') =>
  `${organisation},${conductedOn},youth,1-9,berlin,${it},50`;
const many = (count: number) => Array.from({ length: count }, (_, index) => rowOf(`house ${index}`, index % 101));

describe('an import', () => {
  it('sends every row once, in parallel within bounds, and never the partner’s key', async () => {
    service.interfere = async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      return false;
    };
    const summary = await importRows(many(60), { sourceKey: 'partner-key' });
    expect(summary).toMatchObject({ rows: 60, stored: 60, changed: 0, replayed: 0, rejected: 0 });
    expect(service.stored.size).toBe(60);
    expect(new Set(service.seen.map((request) => request.receipt)).size).toBe(60);
    expect(service.seen.every((request) => request.sourceKey === 'partner-key')).toBe(true);
    expect(service.seen.some((request) => JSON.stringify(request).includes('house'))).toBe(false);
    expect(service.mostAtOnce).toBeGreaterThan(1);
    expect(service.mostAtOnce).toBeLessThanOrEqual(8);
    expect(place.printed).toContain('60 of 60 rows sent');
  });

  it('has written receipts and revisions to the disk before the first row goes out, for its owner alone', async () => {
    let onDisk: string[] = [];
    let mode = 0;
    service.interfere = async () => {
      if (onDisk.length === 0) {
        onDisk = (await receiptsLines()).map((line) => line.organisation ?? '');
        mode = (await stat(at('receipts.csv'))).mode & 0o777;
      }
      return false;
    };
    await importRows(many(20));
    expect(onDisk).toHaveLength(20);
    expect(mode).toBe(0o600);
    expect((await readdir(folder)).sort()).toEqual(['receipts.csv', 'receipts.csv.lockdir', 'rows.csv']);
  });

  it('run again stores nothing, says so, and leaves the receipts file as it was', async () => {
    await importRows(many(10));
    const before = await readFile(at('receipts.csv'), 'utf8');
    expect(await importRows(many(10))).toMatchObject({ rows: 10, stored: 0, changed: 0, replayed: 10, rejected: 0 });
    expect(service.stored.size).toBe(10);
    expect(await readFile(at('receipts.csv'), 'utf8')).toBe(before);
  });

  it('makes a changed row a new revision, also when it changes back: A, B, A are three', async () => {
    await importRows([rowOf('h', 10), rowOf('other', 5)]);
    await importRows([rowOf('h', 20), rowOf('other', 5)]);
    expect(await importRows([rowOf('h', 10), rowOf('other', 5)])).toMatchObject({ stored: 1, changed: 1, replayed: 1 });
    await importRows([rowOf('h', 10), rowOf('other', 5)]);
    const receipt = (await receiptsOf(at('receipts.csv'))).get('h') ?? '';
    expect(service.bodiesOf(receipt).map((body) => (body.scores as { it: number }).it)).toEqual([10, 20, 10]);
    expect(service.stored.size).toBe(4);
  });

  it('takes two days of one organisation for two submissions under one receipt, in one file or two', async () => {
    await importRows([rowOf('h', 10, '2016-07-01'), rowOf('h', 20, '2018-07-01')]);
    await importRows([rowOf('h', 30, '2020-07-01')]);
    expect(service.stored.size).toBe(3);
    expect(new Set(service.seen.map((request) => request.receipt)).size).toBe(1);
    expect(await importRows([rowOf('h', 10, '01.07.2016')])).toMatchObject({ stored: 0, replayed: 1 });
  });

  it('keeps the rules above over any history of edits and re-runs', async () => {
    const value = fc.constantFrom(1, 2, 3);
    const wave = fc.dictionary(fc.constantFrom('a', 'b', 'c'), value, { minKeys: 1 });
    await fc.assert(
      fc.asyncProperty(fc.array(wave, { minLength: 1, maxLength: 5 }), async (waves) => {
        service.stored.clear();
        await rm(at('receipts.csv'), { force: true });
        const history = new Map<string, number[]>();
        for (const wave of waves) {
          await importRows(Object.entries(wave).map(([organisation, it]) => rowOf(organisation, it)));
          for (const [organisation, it] of Object.entries(wave)) {
            const values = history.get(organisation) ?? [];
            if (values.at(-1) !== it) history.set(organisation, [...values, it]);
          }
        }
        const receipts = await receiptsOf(at('receipts.csv'));
        for (const [organisation, values] of history) {
          const bodies = service.bodiesOf(receipts.get(organisation) ?? '');
          expect(bodies.map((body) => (body.scores as { it: number }).it)).toEqual(values);
        }
      }),
      { numRuns: 10 },
    );
  });
});

describe('what goes wrong on the way', () => {
  it('gets over 503s, 429s with Retry-After and lost answers, without storing twice', async () => {
    const attempts = new Map<string, number>();
    service.interfere = (request, response) => {
      const attempt = (attempts.get(request.receipt) ?? 0) + 1;
      attempts.set(request.receipt, attempt);
      if (attempt === 1) response.writeHead(503).end('busy');
      else if (attempt === 2) response.writeHead(429, { 'retry-after': '0' }).end();
      else return false;
      return true;
    };
    service.loseAnswer = (request) => attempts.get(request.receipt) === 3;
    const summary = await importRows(many(80));
    // The last answer was a replay: the item had been stored when the answer got lost.
    expect(summary).toMatchObject({ rows: 80, stored: 0, changed: 0, replayed: 80, rejected: 0 });
    expect(service.stored.size).toBe(80);
    expect(service.seen.length).toBe(80 * 4);
  });

  it('waits as long as Retry-After says, with every request', async () => {
    let refusedAt = 0;
    const gaps: number[] = [];
    service.interfere = (_request, response) => {
      if (refusedAt === 0) {
        refusedAt = performance.now();
        response.writeHead(429, { 'retry-after': '1' }).end();
        return true;
      }
      gaps.push(performance.now() - refusedAt);
      return false;
    };
    await importRows(many(30));
    // At most the other seven were already under way.
    expect(gaps.filter((gap) => gap < 990).length).toBeLessThanOrEqual(7);
    expect(retryAfterMs('2')).toBe(2000);
    expect(retryAfterMs('99999')).toBe(300_000);
    expect(retryAfterMs(new Date(Date.now() + 30_000).toUTCString())).toBeGreaterThan(28_000);
    expect(retryAfterMs('soon')).toBe(0);
  });

  it('stops when the service is gone, and a later run completes it', async () => {
    service.interfere = (_request, response) => {
      if (service.stored.size < 20) return false;
      response.destroy();
      return true;
    };
    await expect(importRows(many(50))).rejects.toThrow(/does not answer.*run the same command again for the rest/);
    const stored = service.stored.size;
    expect(stored).toBeGreaterThanOrEqual(20);
    expect(stored).toBeLessThan(50);
    service.interfere = () => false;
    const completed = await importRows(many(50));
    expect(completed).toMatchObject({ rows: 50, changed: 0, rejected: 0 });
    expect(completed.stored + completed.replayed).toBe(50);
    expect(service.stored.size).toBe(50);
  });

  it('lists a row that the service alone cannot take, and goes on', async () => {
    service.interfere = (request, response) => {
      if (!request.text.includes('"it":13')) return false;
      response.writeHead(500).end();
      return true;
    };
    expect(await importRows(many(30))).toMatchObject({ stored: 29, rejected: 1 });
    expect(await rejects()).toMatchObject([
      { line: '15', reason: expect.stringContaining('answers 500: run the import again') },
    ]);
  });

  it.each([
    [
      401,
      'The source key is unknown.',
      /refuses to take anything in: The source key is unknown. \(Is the source key right/,
    ],
    [404, 'No such page.', /No such page/],
  ])('stops at once on %i, which would hit every row', async (status, detail, message) => {
    service.refuse = () => ({ status, body: { type: '/p', title: 'p', status, detail } });
    await expect(importRows(many(100), { sourceKey: 'k' })).rejects.toThrow(message);
    expect(service.seen.length).toBeLessThanOrEqual(8);
  });

  it('does not follow a redirect with a receipt in hand', async () => {
    service.interfere = (_request, response) => {
      response.writeHead(307, { location: 'https://elsewhere.example/' }).end();
      return true;
    };
    await expect(importRows(many(3))).rejects.toThrow('points to another address (https://elsewhere.example/)');
  });

  it('can be stopped by the operator and goes on from there', async () => {
    const stopping = new AbortController();
    service.interfere = async () => {
      if (service.stored.size === 10) stopping.abort();
      return false;
    };
    await expect(importRows(many(50), { signal: stopping.signal })).rejects.toThrow(/^Stopped\. .* of 50 rows/);
    service.interfere = () => false;
    const summary = await importRows(many(50));
    expect(summary.stored + summary.replayed).toBe(50);
    expect(service.stored.size).toBe(50);
  });
});

describe('the rejects file', () => {
  it('lists local and remote faults by line and column, the others go in; formulas are escaped', async () => {
    service.refuse = (body) =>
      body.profile.region === 'bayern'
        ? {
            status: 422,
            body: {
              type: '/p',
              title: 'p',
              status: 422,
              detail: 'Two fields are wrong.',
              errors: [
                { field: '/profile/region', rule: 'unknown-code', message: 'Not today.' },
                { field: '/associations/1', rule: 'unknown-code', message: 'No such code.' },
              ],
            },
          }
        : null;
    const summary = await importRows([
      rowOf('a', 10),
      '=HYPERLINK(1),2026-06-30,youth,1-9,,"3,5",50',
      '"b\r\nnew line",2026-06-30,youth,1-9,bayern,10,50',
      rowOf('c', 10),
      'd,2026-06-30,youth,1-9,,,',
    ]);
    expect(summary).toMatchObject({ rows: 5, stored: 2, changed: 0, replayed: 0, rejected: 3 });
    expect(await rejects()).toEqual([
      {
        line: '3',
        organisation: "'=HYPERLINK(1)",
        column: 'it',
        value: '3,5',
        reason: 'not a whole number from 0 to 100 (this one has a decimal comma: round it)',
      },
      { line: '4', organisation: 'b new line', column: 'region', value: 'bayern', reason: 'Not today.' },
      { line: '4', organisation: 'b new line', column: '', value: '', reason: '/associations/1: No such code.' },
      { line: '7', organisation: 'd', column: '', value: '', reason: 'no dimension has a score' },
    ]);
    expect((await stat(at('rejects.csv'))).mode & 0o777).toBe(0o600);
    await importRows([rowOf('a', 10)]);
    expect(await readdir(folder)).not.toContain('rejects.csv');
  });

  it('holds both of two rows that contradict each other; a repeated row counts once', async () => {
    const summary = await importRows([rowOf('a', 10), rowOf('a', 11), rowOf('b', 5), rowOf('b', 5)]);
    expect(summary).toMatchObject({ stored: 1, rejected: 2 });
    expect((await rejects()).map((reject) => [reject.line, reject.reason])).toEqual([
      ['2', 'line 3 says something else of the same organisation and day'],
      ['3', 'line 2 says something else of the same organisation and day'],
    ]);
    expect(summary.repeats).toEqual([{ line: 5, of: 4 }]);
  });

  it('says of a withdrawn organisation that it has withdrawn', async () => {
    service.refuse = () => ({ status: 410, body: { type: '/p', title: 'p', status: 410, detail: 'Gone.' } });
    expect(await importRows([rowOf('a', 10)])).toMatchObject({ stored: 0, rejected: 1 });
    expect((await rejects())[0]?.reason).toContain('withdrawn');
  });

  it('never replaces a file that is something else', async () => {
    await writeFile(at('rejects.csv'), 'my thesis');
    await expect(importRows([rowOf('a', 1)])).rejects.toThrow('is not a rejects file');
    expect(service.seen).toHaveLength(0);
    await rm(at('rejects.csv'));
    await expect(importRows([rowOf('a', 1)], { receipts: 'rows.csv' })).rejects.toThrow('three different files');
  });
});

describe('the receipts file', () => {
  const hash = 'a'.repeat(64);
  const receiptA = '000000000000000000000000000';
  const organisation = (receipt: string) => ({
    receipt,
    revisions: { 'x.1 2026-01-01': { revision: 1, rowHash: hash } },
  });
  const receiptOf = (index: number) => {
    // Data symbols alone differ; the check symbol is the number modulo 37.
    const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
    let number = index * 37;
    let text = '';
    for (let place = 0; place < 26; place++) {
      text = symbols[number % 32] + text;
      number = Math.floor(number / 32);
    }
    return `${text}0`;
  };

  it('reads back what it wrote, whatever the keys are', async () => {
    let runs = 0;
    const key = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .map((text) => plainText(text))
      .filter((text) => keyDamage(text) === undefined && !text.startsWith("'"));
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(key), fc.constantFrom('de' as const, 'en' as const), async (keys, lang) => {
        runs += 1;
        const written = await withStore(at(`write-${runs}`), async (store) => {
          for (const [index, name] of keys.entries())
            await store.organisations.put(name, organisation(receiptOf(index)));
          await writeReceipts(at('receipts.csv'), store, lang);
          return store.organisations.iterator().all();
        });
        const read = await withStore(at(`read-${runs}`), async (store) => {
          await loadReceipts(at('receipts.csv'), store);
          return store.organisations.iterator().all();
        });
        expect(read).toEqual(written);
      }),
      { numRuns: 10 },
    );
  });

  it('may bring receipts from elsewhere, and is understood after a spreadsheet has rewritten it', async () => {
    await importRows([rowOf('Müller', 1)]);
    const receipt = (await receiptsOf(at('receipts.csv'))).get('Müller')!;
    const text = await readFile(at('receipts.csv'), 'utf8');
    const rewritten = text.replaceAll(',', ';').replace('2026-06-30', '30.06.2026');
    await writeFile(at('receipts.csv'), Buffer.from(rewritten.replace('\ufeff', ''), 'latin1'));
    expect(await importRows([rowOf('Müller', 1)])).toMatchObject({ known: 1, new: 0, replayed: 1 });
    await writeFile(at('receipts.csv'), `organisation,receipt\nx,${receipt}\n`);
    await importRows([rowOf('x', 1)]);
    expect(service.seen.at(-1)?.receipt).toBe(receipt);
  });

  it.each([
    ['x,000-000-000-000-000-000-000-000-001,i.1,2026-01-01,1,aa', 'line 2: the receipt is damaged'],
    [`x,${receiptA},i.1,2026-01-01,0,${hash}`, 'line 2: the revision'],
    [`x,${receiptA},i.1,2026-01-01,1,aa`, 'line 2: the row hash'],
    [`"2,60512E+11",${receiptA},i.1,2026-01-01,1,${hash}`, 'line 2: damaged by a spreadsheet'],
    [`x,${receiptA},,,,\ny,${receiptA},,,,`, 'line 3: the receipt belongs'],
  ])('that is damaged stops the import before anything is sent, and is not overwritten: %s', async (line, message) => {
    const text = `organisation,receipt,instrument,conductedOn,revision,rowHash\n${line}\n`;
    await writeFile(at('receipts.csv'), text);
    await expect(importRows([rowOf('a', 1)])).rejects.toThrow(message);
    expect(service.seen).toHaveLength(0);
    expect(await readFile(at('receipts.csv'), 'utf8')).toBe(text);
  });

  it('with empty lines alone holds nobody', async () => {
    await writeFile(at('receipts.csv'), 'organisation,receipt,instrument,conductedOn,revision,rowHash\n,,,,,\n');
    expect(await importRows([rowOf('a', 1)])).toMatchObject({ known: 0, new: 1, stored: 1 });
  });

  it('serves one import at a time', async () => {
    const held = await holdReceipts(at('receipts.csv'));
    await expect(importRows([rowOf('a', 1)])).rejects.toThrow('Another import is using');
    await held.level.close();
    expect(await importRows([rowOf('a', 1)])).toMatchObject({ stored: 1 });
  });
});
