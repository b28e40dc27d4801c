import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { filesFolder, lockDataFolder, writeServer } from '#functions/local/data-folder';
import { examine, main } from '#functions/operator/doctor';
import { createFolderFiles } from '#store/folder-files';
import { sha256Hex } from '#store/hashes';
import { LAYERS } from '../../.dependency-cruiser.ts';

const folder = () => mkdtemp(join(tmpdir(), 'doctor-'));

function collect() {
  let text = '';
  const stream = new Writable({
    write(chunk, _, done) {
      text += chunk;
      done();
    },
  });
  return { stream, text: () => text };
}

async function run(argv: string[], env: Record<string, string> = {}) {
  const [out, err] = [collect(), collect()];
  const code = await main(argv, env, { out: out.stream, err: err.stream });
  return { code, out: out.text(), err: err.text() };
}

async function listening() {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  return { port, close: () => new Promise((done) => server.close(done)) };
}

async function freePort() {
  const { port, close } = await listening();
  await close();
  return port;
}

test('a sound set-up is told line by line', async () => {
  const { code, out } = await run(['--data', join(await folder(), 'data'), '--port', String(await freePort())]);
  expect(code).toBe(0);
  expect(out.trim().split('\n').at(-1)).toBe('All is well: npm start');
  for (const check of [
    'Node.js',
    ...['Policy', 'Instruments', 'Imprint', 'Disk space', 'Data folder', 'Database', 'Port'],
  ])
    expect(out).toMatch(new RegExp(`^(ok|hint) +\\S* +${check}`, 'm'));
});

test('the layers are those of the architecture, the ground first, each with the packages it may import', async () => {
  const places = { dataFolder: join(await folder(), 'data'), instrumentFolders: [], tablePrefix: 'x' };
  const findings = await examine(places, await freePort());
  const told = findings.filter(({ check }) => check === 'Packages').map(({ layer, text }) => `${layer}: ${text}`);
  expect(told).toEqual(
    Object.entries(LAYERS).map(([layer, { npm = [] }]) => `${layer}: ${npm.join(', ') || 'needs none'}`),
  );
  expect(findings.every(({ layer, check }) => layer in LAYERS || check === 'Node.js')).toBe(true);
});

test('a port in use, a damaged instrument and a foreign folder are each named with what to do', async () => {
  const [data, instruments] = [await folder(), await folder()];
  await writeFile(join(data, 'holiday.jpg'), '');
  await writeFile(join(instruments, 'mine.1.json'), '{}');
  const taken = await listening();
  const { code, out } = await run(['--data', data, '--instruments', instruments, '--port', String(taken.port)]);
  await taken.close();
  expect(code).toBe(1);
  expect(out).toMatch(/^WRONG {2}packages\/instruments +Instruments .*mine\.1\.json/m);
  expect(out).toMatch(/^WRONG {2}packages\/store +Database .*holds other files/m);
  expect(out).toMatch(/^WRONG {2}functions\/local +Port .*EADDRINUSE.*--port/m);
  expect(out).toMatch(/^3 to mend\.$/m);
});

test.each([
  [
    'a damaged database',
    { 'database/CURRENT': 'garbage' },
    /^WRONG {2}packages\/store +Database .*is damaged; restore a copy/m,
  ],
  [
    'a damaged mark',
    { 'sektorspiegel.json': '{"format":' },
    /^WRONG {2}packages\/store +Database .*sektorspiegel\.json/m,
  ],
  [
    'a folder of the first edition',
    { 'sektorspiegel.json': '{"format":1}' },
    /^WRONG {2}packages\/store +Database .*--data.*--fresh/m,
  ],
  [
    'a damaged source key',
    { 'source-key': 'short' },
    /^WRONG {2}packages\/store +Data folder .*source-key is damaged; remove it/m,
  ],
  [
    'a damaged demo note',
    { 'demo.json': '{"embedded":' },
    /^WRONG {2}packages\/store +Data folder .*demo\.json is damaged.*--fresh/m,
  ],
])('%s is named, as it would keep the server from starting', async (_, files, line) => {
  const data = await folder();
  for (const [name, text] of Object.entries({ 'sektorspiegel.json': '{"format":2}', ...files })) {
    await mkdir(dirname(join(data, name)), { recursive: true });
    await writeFile(join(data, name), text);
  }
  const { code, out } = await run(['--data', data, '--port', String(await freePort())]);
  expect(out).toMatch(line);
  expect(out).toMatch(/^1 to mend\.$/m);
  expect(code).toBe(1);
});

test('an imprint that cannot be read is named, and a good one shown', async () => {
  const asked = async (OPERATOR: string) =>
    run(['--data', join(await folder(), 'data'), '--port', String(await freePort())], { OPERATOR });
  expect(await asked('{"name":1}')).toMatchObject({
    code: 1,
    out: expect.stringMatching(/^WRONG {2}functions\/site +Imprint .*OPERATOR/m),
  });
  const good = { name: 'Spiegel e. V.', address: ['Weg 1', '10115 Berlin'], email: 'post@spiegel.example' };
  expect(await asked(JSON.stringify(good))).toMatchObject({
    code: 0,
    out: expect.stringContaining('names Spiegel e. V.'),
  });
});

test('a database that does not answer is named', async () => {
  const endpoint = `http://127.0.0.1:${await freePort()}`;
  const { code, out } = await run(['--data', await folder(), '--port', String(await freePort())], {
    DYNAMODB_ENDPOINT: endpoint,
  });
  expect(code).toBe(1);
  expect(out).toContain(`${endpoint} does not answer`);
});

test('a server that runs is asked whether it is ready', async () => {
  const data = join(await folder(), 'data');
  const lock = await lockDataFolder(data);
  const url = `http://127.0.0.1:${await freePort()}/`;
  await writeServer(data, {
    pid: process.pid,
    url,
    endpoint: 'http://127.0.0.1:1',
    tablePrefix: 'x',
    isInvented: false,
  });
  const findings = await examine({ dataFolder: data, instrumentFolders: [], tablePrefix: 'x' }, 8080);
  await lock.release();
  expect(findings.find(({ check }) => check === 'Service')).toMatchObject({
    layer: 'functions/local',
    state: 'wrong',
    text: expect.stringContaining(url),
  });
});

test('a released file that is not what was written is named, and what to do', async () => {
  const data = join(await folder(), 'data');
  const path = 'releases/x.1-2026-06-30-0a1b2c3d/percentiles.csv';
  const files = createFolderFiles(filesFolder(data));
  const bytes = new TextEncoder().encode('p,value\r\n');
  const listed = [{ name: 'percentiles.csv', bytes: bytes.length, sha256: sha256Hex(bytes), mediaType: 'text/csv' }];
  await files.put(path, bytes);
  await files.put(path.replace('percentiles.csv', '_files.json'), new TextEncoder().encode(JSON.stringify(listed)));
  const places = { dataFolder: data, instrumentFolders: [], tablePrefix: 'x' };
  const found = async () => (await examine(places, await freePort())).find(({ check }) => check === 'Released files');
  expect(await found()).toMatchObject({ state: 'ok', text: 'what was written; files: 1, releases: 1' });
  await files.put(path, new TextEncoder().encode('p,value\r\n50,99\r\n'));
  expect(await found()).toMatchObject({
    state: 'wrong',
    text: expect.stringContaining(`${path}; restore it from a backup`),
  });
});

test('a Node.js that is too old is named', async () => {
  const places = { dataFolder: join(await folder(), 'data'), instrumentFolders: [], tablePrefix: 'x' };
  const [node] = await examine(places, await freePort(), { nodeVersion: '18.20.4' });
  expect(node).toMatchObject({ state: 'wrong', text: '18.20.4; install 20.19 or later.' });
  const [newer] = await examine(places, await freePort(), { nodeVersion: '24.1.0' });
  expect(newer).toMatchObject({ state: 'ok' });
});

test('wrong options are a sentence', async () => {
  expect(await run(['--port', 'x'])).toMatchObject({ code: 1, err: expect.stringContaining('--port x is not a port') });
  expect(await run(['--nothing'])).toMatchObject({ code: 1, err: expect.stringContaining("'--nothing'") });
});
