import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays, berlinDate } from '#contracts/calendar';
import { readCode } from '#contracts/join-code';
import type { Association } from '#contracts/registry';
import { type EmbeddedEngine, startEngine } from '#functions/local/engine';
import { main } from '#functions/operator/admin';
import { loadInstruments } from '#instruments/load-instruments';
import { createTables } from '#store/create-tables';
import { createInvitationStore } from '#store/dynamo-invitations';
import { createRegistryStore } from '#store/dynamo-registry';
import { createSubmissionLog } from '#store/dynamo-submission-log';
import { organisationOf, sha256Hex } from '#store/hashes';
import { tableNames } from '#store/tables';
import { longDate } from '#views/standing-words';
import { programOf } from '../local/programs.ts';

/** The command works on a DynamoDB named by the environment, as it would on that of a deployment. */
let engine: EmbeddedEngine;
let folder: string;
const tables = tableNames('admin-test');
const stores = () => {
  const client = engine.client;
  return {
    registry: createRegistryStore(client, tables.registry),
    invitations: createInvitationStore(client, tables.invitations),
    submissions: createSubmissionLog(client, tables.submissions),
  };
};

beforeAll(async () => {
  engine = await startEngine(null);
  folder = await mkdtemp(join(tmpdir(), 'admin-'));
  const client = engine.client;
  await createTables(client, tables);
  client.destroy();
});
afterAll(() => engine.close());

const admin = (...argv: string[]) => run('association', ...argv);

async function run(...argv: string[]) {
  const out = new PassThrough();
  const err = new PassThrough();
  const env = { DYNAMODB_ENDPOINT: engine.endpoint, TABLE_PREFIX: 'admin-test' };
  const code = await main([...argv, '--data', join(folder, 'data')], env, { out, err });
  out.end();
  err.end();
  return { code, out: await text(out), err: await text(err) };
}

/** The command as a program whose files may not grow beyond so many half kilobytes. */
function withRoom(halfKilobytes: number, ...argv: string[]) {
  const program = [...programOf('admin'), 'association', ...argv];
  const env = { ...process.env, DYNAMODB_ENDPOINT: engine.endpoint, TABLE_PREFIX: 'admin-test' };
  return promisify(execFile)('sh', ['-c', `ulimit -f ${halfKilobytes}; exec "$@"`, 'sh', ...program], { env });
}

async function created(name: string, ...argv: string[]): Promise<{ association: Association; key: string }> {
  const { code, out } = await admin('create', '--name', name, ...argv);
  expect(code).toBe(0);
  const id = /id +(c-[0-9a-f]{8})/.exec(out)![1]!;
  return { association: (await stores().registry.association(id))!, key: /^ {2}(c-\S+)$/m.exec(out)![1]! };
}

describe('npm run admin -- association', () => {
  it('makes no campaign where the disk has no room for its codes', async () => {
    const { association } = await created('Verband vor der Wand');
    const codes = join(folder, 'wall.csv');
    const full = withRoom(3, 'campaign', association.id, ...DATES, '--single-use', '99', '--codes', codes);
    await expect(full).rejects.toMatchObject({ code: 1, stderr: `${codes} cannot be written (EFBIG).\n` });
    expect((await stores().registry.association(association.id))!.campaigns ?? []).toEqual([]);
    expect(await readdir(folder)).not.toContain('wall.csv');
  });

  it('on a full disk is told in a sentence, and can be run again when there is room', async () => {
    const { association } = await created('Verband ohne Platz');
    await admin('campaign', association.id, ...DATES);
    const kit = ['kit', association.id, '--out', join(folder, 'no-room'), '--url', 'https://check.example'];
    await expect(withRoom(1, ...kit)).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'There is no room left on the disk (EFBIG). Make room and run the command again.\n',
    });
    expect((await admin(...kit)).code).toBe(0);
  });

  it('create registers an association and shows its key once; only the hash is kept', async () => {
    const { association, key } = await created('Verband A', '--members', '48', '--contact', 'Frau Yilmaz, 030 1234');
    expect(association).toMatchObject({ name: 'Verband A', members: 48, contact: 'Frau Yilmaz, 030 1234' });
    expect(readCode(association.joinCode)).toMatchObject({ kind: 'join', isMistyped: false });
    expect(association.keys).toEqual([{ hash: sha256Hex(key), madeAt: association.createdAt }]);
    const shown = await admin('show', association.id);
    const listed = await admin('list');
    for (const secret of [key, key.split('.')[1]!]) {
      expect(shown.out + listed.out + JSON.stringify(association)).not.toContain(secret);
    }
    expect(listed.out).toContain(`${association.id}  ${association.joinCode}`);
    expect((await admin('show', association.joinCode.toLowerCase())).out).toBe(shown.out);
  });

  it('rotate-key lets the former key open for a while, or not at all', async () => {
    const { association, key } = await created('Verband B');
    const { out } = await admin('rotate-key', association.id, '--grace-days', '3');
    const second = /^ {2}(c-\S+)$/m.exec(out)![1]!;
    const rotated = await stores().registry.association(association.id);
    expect(rotated!.keys!.map(({ hash }) => hash)).toEqual([sha256Hex(second), sha256Hex(key)]);
    const days = (Date.parse(rotated!.keys![1]!.endsAt!) - Date.now()) / 86_400_000;
    expect(days).toBeGreaterThan(2.9);
    expect(days).toBeLessThanOrEqual(3);
    // A later rotation does not make the first key live longer.
    await admin('rotate-key', association.id, '--grace-days', '30');
    expect((await stores().registry.association(association.id))!.keys![2]!.endsAt).toBe(rotated!.keys![1]!.endsAt);
    await admin('rotate-key', association.id, '--grace-days', '0');
    expect((await stores().registry.association(association.id))!.keys).toHaveLength(1);
  });

  it('close keeps the first day', async () => {
    const { association } = await created('Verband C');
    await admin('close', association.id);
    const { closedAt } = (await stores().registry.association(association.id))!;
    await admin('close', association.id);
    expect((await stores().registry.association(association.id))!.closedAt).toBe(closedAt);
    const { code, err } = await admin('campaign', association.id, ...DATES);
    expect([code, err]).toEqual([1, 'Verband C is closed.\n']);
  });

  it('campaign keeps its dates; a second one never overlaps', async () => {
    const { association } = await created('Verband D');
    const { out } = await admin('campaign', association.id, ...DATES, '--invited', '60');
    const overlapping = await admin('campaign', association.id, ...DATES, '--instrument', 'digitalcheck.1');
    expect([overlapping.code, overlapping.err]).toEqual([1, expect.stringContaining('two campaigns never overlap')]);
    await admin('campaign', association.id, ...LATER);
    expect(out).toMatch(new RegExp(`^Campaign k-[0-9a-f]{8} of Verband D: ${OPENS} to ${CLOSES}\\.\\n$`));
    const { campaigns } = (await stores().registry.association(association.id))!;
    expect(campaigns).toHaveLength(2);
    expect(campaigns![0]).toMatchObject({ opensOn: OPENS, closesOn: CLOSES, resultsOn: RESULTS, invited: 60 });
  });

  it('of two commands at the same time lets one through and tells the other, which changes nothing', async () => {
    const { association } = await created('Verband zweier Büros');
    const file = join(folder, 'race.csv');
    const outcomes = await Promise.all([
      admin('campaign', association.id, ...DATES, '--single-use', '3', '--codes', file),
      admin('close', association.id),
      admin('rotate-key', association.id),
    ]);
    const { campaigns = [], closedAt, keys } = (await stores().registry.association(association.id))!;
    const done = [campaigns.length === 1, closedAt !== undefined, keys!.length === 2];
    expect(outcomes.map(({ code }) => code === 0)).toEqual(done);
    expect(done).toContain(true);
    for (const { code, out, err } of outcomes)
      if (code !== 0)
        expect([out, err]).toEqual([
          '',
          expect.stringMatching(
            /was changed by somebody else meanwhile; nothing was done\. Run the command again\.|is closed\./,
          ),
        ]);
    expect(
      await stat(file).then(
        () => true,
        () => false,
      ),
    ).toBe(campaigns.length === 1);
  });

  it('--single-use draws codes that work, tied to nobody, in a file for the operator alone', async () => {
    const { association } = await created('Verband E');
    const file = join(folder, 'codes.csv');
    const url = ['--url', 'https://check.example'];
    const { code } = await admin('campaign', association.id, ...DATES, '--single-use', '48', '--codes', file, ...url);
    expect(code).toBe(0);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const [head, ...lines] = (await readFile(file, 'utf8')).trimEnd().split('\r\n');
    expect(head).toBe('\ufeffcode,link');
    expect(new Set(lines).size).toBe(48);
    expect(lines).toEqual(lines.toSorted());
    const [first = '', link = ''] = lines[0]!.split(',');
    expect(new URL(link).hash).toBe(`#association=${association.id}&join=${first}`);
    expect(new URL(link).pathname).toBe('/de/mitmachen');
    expect(new URL(link).search).toBe('');
    const canonical = (text: string) => (readCode(text) as { kind: 'invitation'; code: string }).code;
    const { invitations } = stores();
    const claim = (line: string) => invitations.claim(canonical(line.split(',')[0]!), organisationOf('A'));
    const claims = await Promise.all(lines.map(claim));
    expect(claims).toEqual(lines.map(() => expect.objectContaining({ association: association.id, isNew: true })));
    const again = await admin('campaign', association.id, ...LATER, '--single-use', '2', '--codes', file);
    expect([again.code, again.err]).toEqual([1, `${file} exists already; name a new file.\n`]);
    expect((await stores().registry.association(association.id))!.campaigns).toHaveLength(1);
  });

  it('kit writes everything for a campaign in both languages, with the code in the fragment alone', async () => {
    const { association } = await created('Verband G', '--contact', 'Herr Öz, 040 5678');
    expect((await admin('kit', association.id, '--out', folder)).err).toMatch(/has no campaign yet/);
    await admin('campaign', association.id, ...DATES);
    const out = join(folder, 'kit');
    expect((await admin('kit', association.id, '--out', out, '--url', 'https://check.example')).code).toBe(0);
    const files = (await readdir(out, { recursive: true })).filter((name) => name.includes('.')).sort();
    expect(files).toHaveLength(14);
    const texts = Object.fromEntries(
      await Promise.all(files.map(async (name) => [name, await readFile(join(out, name), 'utf8')] as const)),
    );
    const link = `https://check.example/de/mitmachen#association=${association.id}&join=${association.joinCode}`;
    for (const name of ['1-einladung', '2-erinnerung', '3-letzte-erinnerung'])
      expect(texts[`de/${name}.txt`]).toContain(link);
    expect(texts['de/1-einladung.txt']).toContain(`bis zum ${longDate(CLOSES, 'de')}`);
    expect(texts['en/1-invitation.txt']).toContain(`by ${longDate(CLOSES, 'en')}`);
    for (const [name, text] of Object.entries(texts)) {
      expect(text).not.toMatch(/undefined|\[object|NaN/);
      if (/einladung|invitation|fragen|questions|datenschutz|protection/.test(name)) expect(text).toContain('Herr Öz');
    }
    expect(texts['de/qr-code.svg']).toMatch(/^<svg/);
  });

  it('kit leaves room for the code where each member has its own', async () => {
    const { association } = await created('Verband H');
    const codes = join(folder, 'h.csv');
    await admin('campaign', association.id, ...DATES, '--single-use', '3', '--codes', codes);
    const out = join(folder, 'kit-h');
    await admin('kit', association.id, '--out', out, '--url', 'https://check.example');
    const text = await readFile(join(out, 'de/1-einladung.txt'), 'utf8');
    expect(text).toContain('[bitte hier einen Code aus der Liste einsetzen]');
    expect(text).not.toContain(association.joinCode);
    // A reminder goes to everybody, so it says where the own code is to be found.
    for (const [reminder, sentence] of [
      ['de/2-erinnerung', 'Ihr Einladungscode steht in unserer Einladung.'],
      ['de/3-letzte-erinnerung', 'Ihr Einladungscode steht in unserer Einladung.'],
      ['en/2-reminder', 'Your invitation code is in our invitation.'],
      ['en/3-last-reminder', 'Your invitation code is in our invitation.'],
    ])
      expect(await readFile(join(out, `${reminder}.txt`), 'utf8')).toContain(sentence);
    expect(await readFile(join(out, 'de/link.txt'), 'utf8')).toBe(
      `https://check.example/de/mitmachen#association=${association.id}\n`,
    );
  });

  it.each([
    [[], /^Say what to do with an association\./],
    [['create'], /^--name is missing\./],
    [['create', '--name', 'A', '--members', 'many'], /^--members is a whole number\./],
    [['create', '--name', 'A', '--members', '0'], /^--members is not valid/],
    [['show'], /^association show needs the id/],
    [['show', 'c-00000000'], /^There is no association "c-00000000"/],
    [['show', 'c-00000000', 'c-1'], /^"c-1" is one word too many\./],
    [['campaign', 'c-0'], /^--opens is missing\./],
    [['campaign', 'c-0', '--opens', '1', '--closes', '1', '--results', '1', '--single-use', '3'], /go together/],
  ])('says in a sentence what is wrong: %j', async (argv, message) => {
    const { code, out, err } = await admin(...argv);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(message);
  });

  it('says so when dates are none, or out of order', async () => {
    const { association } = await created('Verband F');
    const campaign = (opens: string, closes: string, results: string) =>
      admin('campaign', association.id, '--opens', opens, '--closes', closes, '--results', results);
    expect((await campaign('soon', CLOSES, RESULTS)).err).toMatch(/^--opens is not valid/);
    expect((await campaign(CLOSES, OPENS, RESULTS)).err).toMatch(/in this order/);
    expect((await campaign(OPENS, CLOSES, OPENS)).err).toMatch(/in this order/);
    expect((await campaign(addDays(TODAY, -9), addDays(TODAY, -1), RESULTS)).err).toMatch(/over already/);
    expect((await campaign(TODAY, addDays(TODAY, 366), addDays(TODAY, 366))).err).toMatch(/366 days at most/);
  });
});

const TODAY = berlinDate(new Date());
const OPENS = addDays(TODAY, 10);
const CLOSES = addDays(TODAY, 39);
const RESULTS = addDays(TODAY, 120);
const LATER = ['--opens', addDays(TODAY, 40), '--closes', addDays(TODAY, 69), '--results', RESULTS];
const DATES = ['--opens', OPENS, '--closes', CLOSES, '--results', RESULTS];

describe('npm run admin -- review', () => {
  /** A check of one level throughout. */
  async function submitted(house: string, level: 1 | 2): Promise<void> {
    const digitalcheck = (await loadInstruments([])).get('digitalcheck.1')!;
    const hash = (text: string) => Buffer.from(text.padEnd(32, '.')).toString('base64url');
    await stores().submissions.put({
      kind: 'submission',
      organisation: hash(house),
      // Both chose the same Idempotency-Key: an id must not be of the key alone.
      key: hash('same'),
      instrument: digitalcheck.id,
      conductedOn: new Date().toISOString().slice(0, 10),
      acceptedAt: new Date(Date.now() - 1000).toISOString(),
      admission: 'open',
      profile: { level: 'facility', sector: 'elder-care', size: '50-249', region: 'de-nw' },
      answers: Object.fromEntries(digitalcheck.items.map(({ id }) => [id, level])),
      bodyHash: hash('body'),
      expiresAt: Math.floor(Date.now() / 1000) + 1e6,
    });
  }

  it('lists what is under review without an answer, takes decisions by id, and changes them', async () => {
    expect((await run('review', 'list')).out).toBe('Nothing is under review.\n');
    await submitted('one', 1);
    await submitted('two', 2);
    const { out } = await run('review', 'list');
    const lines = out.trim().split('\n');
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line).toMatch(/^[0-9a-f]{12} {2}\d{4}-\d\d-\d\d {2}undecided {2}straight-lining$/);
    expect(out).not.toMatch(/elder-care|workplaces|de-nw/);
    const [first, second] = lines.map((line) => line.slice(0, 12)) as [string, string];

    expect((await run('review', 'admit', first, '--reason', 'plausible')).out).toContain(`${first}  `);
    expect((await run('review', 'exclude', second)).code).toBe(0);
    const decided = (await run('review', 'list')).out;
    expect(decided).toMatch(new RegExp(`${first} .* admitted `));
    expect(decided).toMatch(new RegExp(`${second} .* excluded `));
    await run('review', 'exclude', first);
    const reviews = await stores().registry.reviews();
    expect(reviews.map(({ decision }) => decision)).toEqual(['exclude', 'exclude']);
    // The registry must not open anybody's partition.
    for (const { organisation } of reviews) expect(organisation).toHaveLength(22);
  });

  it.each([
    [['review'], /^Say list, admit or exclude\./],
    [['review', 'admit'], /needs ids/],
    [['review', 'admit', 'xyz'], /is not an id/],
    [['review', 'list', 'abc'], /one word too many/],
    [['review', 'exclude', '000000'], /is not under review/],
    [['review', 'list', '--instrument', 'none.1'], /unknown/],
  ])('says in a sentence what is wrong: %j', async (argv, message) => {
    const { code, err } = await run(...argv);
    expect(code).toBe(1);
    expect(err).toMatch(message);
  });
});
