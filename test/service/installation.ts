import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { parse } from 'yaml';
import { startEngine } from '#functions/local/engine';
import { buildServer } from '#functions/service/build';

interface Service {
  image: string;
  build?: { context: string; dockerfile: string };
  env_file?: string;
  environment?: Record<string, string>;
  volumes?: string[];
  networks: string[];
  read_only?: boolean;
  cap_drop?: string[];
  ports?: string[];
  healthcheck?: { test: string[] };
}

/** `selfhost/compose.yaml`, with aliases resolved. */
export const compose = parse(readFileSync('selfhost/compose.yaml', 'utf8'), { merge: true }) as {
  services: Record<'engine' | 'server-1' | 'server-2' | 'proxy', Service>;
  networks: Record<string, { internal?: boolean }>;
};

/** What a Containerfile starts, under which user, with which environment. */
export function containerfile(path: string) {
  const lines = readFileSync(path, 'utf8').replaceAll('\\\n', ' ').split('\n');
  const of = (word: string) =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  return {
    user: of('USER').at(-1),
    env: parseEnv(of('ENV').join(' ').replaceAll(' ', '\n')) as Record<string, string>,
    entrypoint: JSON.parse(of('ENTRYPOINT')[0]!) as string[],
    copies: of('COPY').map((line) => line.split(' ')),
  };
}

export interface Part {
  process: ChildProcess;
  out: () => string;
  stop: (signal?: NodeJS.Signals) => Promise<number | null>;
}

const nginx = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/opt/homebrew/bin/nginx'].find((path) => existsSync(path));
/** Without it the servers are asked directly, and the name of the test says so. */
export const HAS_PROXY = nginx !== undefined;

/**
 * The installation of `selfhost/` as processes: each part is started by what its Containerfile and compose.yaml say. Names of
 * services become addresses of this machine, and volumes folders; nothing else is changed.
 */
export async function installation() {
  const folder = mkdtempSync(join(tmpdir(), 'selfhost-'));
  await buildServer(join(folder, 'app'));
  const places = { database: join(folder, 'database'), files: join(folder, 'files') };
  for (const place of Object.values(places)) mkdirSync(place, { mode: 0o700 });
  const ports = {
    engine: await freePort(),
    'server-1': await freePort(),
    'server-2': await freePort(),
    http: await freePort(),
    https: await freePort(),
  };
  const parts: Part[] = [];
  const here = (text: string) =>
    text
      .replaceAll('engine:8000', `127.0.0.1:${ports.engine}`)
      .replaceAll('/app/server.mjs', join(folder, 'app', 'server.mjs'))
      .replaceAll(/^\/files$/g, places.files)
      .replaceAll('/data/', `${places.database}/`);

  function start(command: string[], env: Record<string, string> = {}): Part {
    const [program, ...args] = command;
    const child = spawn(program === 'node' ? process.execPath : program!, args, {
      cwd: folder,
      env: { PATH: process.env.PATH!, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => {
        out += text;
      });
    const ended = once(child, 'exit');
    const part: Part = {
      process: child,
      out: () => out,
      async stop(signal = 'SIGTERM') {
        if (child.exitCode === null && child.signalCode === null) child.kill(signal);
        await ended;
        return child.exitCode;
      },
    };
    parts.push(part);
    return part;
  }

  /** Where its binary is at hand, the engine of compose.yaml; else the embedded one, which keeps no file. */
  async function startEngineHere(): Promise<{ stop: () => Promise<unknown> }> {
    const binary = dynoxide();
    if (binary === undefined) {
      const engine = await startEngine(null);
      ports.engine = Number(new URL(engine.endpoint).port);
      return { stop: () => engine.close() };
    }
    const { entrypoint } = containerfile('selfhost/Containerfile.engine');
    const part = start(
      entrypoint.map((word) =>
        here(word)
          .replace('/app/dynoxide', binary)
          .replace('0.0.0.0', '127.0.0.1')
          .replace(/^8000$/, `${ports.engine}`),
      ),
    );
    await until(() => canConnect(ports.engine));
    return part;
  }

  const environmentOf = (name: 'server-1' | 'server-2', more: Record<string, string> = {}) => {
    const { env } = containerfile('selfhost/Containerfile');
    const settings = parseEnv(readFileSync('selfhost/settings.env.example', 'utf8')) as Record<string, string>;
    const given = { ...env, ...settings, ...compose.services[name].environment, ...more };
    return Object.fromEntries(
      Object.entries({ ...given, HOST: '127.0.0.1', PORT: `${ports[name]}` }).map(([key, value]) => [key, here(value)]),
    );
  };

  async function startServer(name: 'server-1' | 'server-2', more: Record<string, string> = {}): Promise<Part> {
    const part = start(containerfile('selfhost/Containerfile').entrypoint.map(here), environmentOf(name, more));
    await until(() => part.out().includes('"serving"') || part.process.exitCode !== null);
    if (part.process.exitCode !== null) throw new Error(part.out());
    return part;
  }

  /** One event of the publisher, as an operator gives it. */
  const task = (event: object): Part =>
    start(
      [...containerfile('selfhost/Containerfile').entrypoint.map(here), '--task', JSON.stringify(event)],
      environmentOf('server-2'),
    );

  async function startProxy(): Promise<Part | undefined> {
    if (nginx === undefined) return undefined;
    const tls = join(folder, 'tls');
    mkdirSync(tls);
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
        ...['-subj', '/CN=localhost', '-keyout', join(tls, 'privkey.pem'), '-out', join(tls, 'fullchain.pem')],
      ],
      { stdio: 'ignore' },
    );
    const text = readFileSync('selfhost/proxy.conf', 'utf8')
      .replaceAll('server-1:8080', `127.0.0.1:${ports['server-1']}`)
      .replaceAll('server-2:8080', `127.0.0.1:${ports['server-2']}`)
      .replace('listen 8080;', `listen 127.0.0.1:${ports.http};`)
      .replace('listen 8443 ', `listen 127.0.0.1:${ports.https} `)
      .replaceAll('/tmp/', `${folder}/nginx-`)
      .replaceAll('/etc/nginx/tls', tls);
    const file = join(folder, 'proxy.conf');
    writeFileSync(file, text);
    const part = start([nginx, '-c', file, '-p', folder, '-e', 'stderr', '-g', 'daemon off;']);
    await until(async () => part.process.exitCode !== null || (await canConnect(ports.https)));
    if (part.process.exitCode !== null) throw new Error(part.out());
    return part;
  }

  return {
    ports,
    places,
    hasDatabaseFile: dynoxide() !== undefined,
    start,
    startEngine: startEngineHere,
    startServer,
    startProxy,
    environmentOf,
    task,
    entrypoint: () => containerfile('selfhost/Containerfile').entrypoint.map(here),
    folder,
    copy: (from: string, to: string) => cpSync(from, to, { recursive: true }),
    async end() {
      // Killed outright, nginx would leave its workers behind.
      const kind = (part: Part) => part.stop(part.process.spawnfile === nginx ? 'SIGTERM' : 'SIGKILL');
      await Promise.all(parts.map(kind));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function dynoxide(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve('@dynoxide/linux-x64/dynoxide');
  } catch {
    return undefined;
  }
}

export async function until(isSo: () => boolean | Promise<boolean>, seconds = 60): Promise<void> {
  for (let attempt = 0; attempt < seconds * 10; attempt += 1) {
    if (await isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('it did not come about in time');
}

async function canConnect(port: number): Promise<boolean> {
  const { connect } = await import('node:net');
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    }).on('error', () => resolve(false));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
