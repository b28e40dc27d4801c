import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { FOR_NODE } from '#functions/build';
import { buildSite } from '#web/build/build-site.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The local server as a process of its own, in a process group of its own, as a terminal would start it. */
export interface ServerProcess {
  child: ChildProcess;
  out: () => string;
  err: () => string;
  /** Waits until a text was printed on stdout, and answers the whole output. Throws when the process ends before. */
  printed: (text: string) => Promise<string>;
  /** Exit code, or the signal's name. */
  ended: Promise<number | string>;
  /** Sends a signal to the whole group, as Ctrl-C in a terminal does, and waits for the end. */
  stop: (signal?: NodeJS.Signals) => Promise<number | string>;
  /** Whether a process of the group is left; tsx's helper needs a moment after the server to end. */
  isLeft: () => Promise<boolean>;
}

const all: ServerProcess[] = [];

export interface ServerStart {
  env?: Record<string, string>;
  /** In place of the bundle: `npm start`, say, which compiles the sources at each start. */
  command?: string[];
  /** What the command is started through: a shell that sets limits. */
  through?: string[];
}

export function startServer(
  args: string[],
  { env = {}, command = [process.execPath, BUNDLE], through = [] }: ServerStart = {},
): ServerProcess {
  const [program = '', ...before] = [...through, ...command];
  const {
    DYNAMODB_ENDPOINT: _,
    INSTRUMENTS_DIR: __,
    TABLE_PREFIX: ___,
    NODE_OPTIONS: ____,
    ...inherited
  } = process.env;
  const child = spawn(program, [...before, ...args], {
    cwd: ROOT,
    env: { ...inherited, ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout!.setEncoding('utf8').on('data', (text) => {
    out += text;
  });
  child.stderr!.setEncoding('utf8').on('data', (text) => {
    err += text;
  });
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  const server: ServerProcess = {
    child,
    out: () => out,
    err: () => err,
    async printed(text) {
      while (!out.includes(text)) {
        const isOver = await Promise.race([ended.then(() => true), pause(20).then(() => false)]);
        if (isOver && !out.includes(text)) throw new Error(`the server ended: ${out}${err}`);
      }
      return out;
    },
    ended,
    async stop(signal = 'SIGINT') {
      sendToGroup(child, signal);
      return ended;
    },
    async isLeft() {
      for (let attempt = 0; attempt < 50 && sendToGroup(child, 0); attempt += 1) await pause(100);
      return sendToGroup(child, 0);
    },
  };
  all.push(server);
  return server;
}

const BUNDLE = await bundleServer();

/**
 * The server in one bundle, which starts in a fifth of the processor time. It lies as deep below the root as its sources
 * and finds packages and the site there, which is built first, since its sources are not beside the bundle.
 */
async function bundleServer(): Promise<string> {
  await buildSite();
  const dist = join(ROOT, 'dist');
  await mkdir(dist, { recursive: true });
  // A test's process is ended without leave to tidy up: the next one does it.
  for (const name of await readdir(dist)) {
    const pid = /^\.server-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !isAlive(Number(pid))) await rm(join(dist, name), { recursive: true, force: true });
  }
  const folder = join(dist, `.server-${process.pid}`);
  await build({
    ...FOR_NODE,
    absWorkingDir: ROOT,
    stdin: { contents: `import('./functions/local/server.ts');`, resolveDir: ROOT },
    outdir: folder,
    splitting: true,
    outExtension: { '.js': '.mjs' },
    external: ['vite', 'dynalite', 'level', 'highs'],
  });
  return join(folder, 'stdin.mjs');
}

/** The server's address, as it prints it. */
export async function addressOf(server: ServerProcess): Promise<string> {
  const out = await server.printed('Ctrl-C ends the server.');
  return /Sektorspiegel is running: (http:\S+)/.exec(out)![1]!;
}

/** Ends what a failed test left running. */
export async function endAll(): Promise<void> {
  for (const server of all.splice(0)) {
    sendToGroup(server.child, 'SIGKILL');
    await server.ended;
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** False when no process of the group is left. */
function sendToGroup(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  return send(-child.pid!, signal);
}

function isAlive(pid: number): boolean {
  return send(pid, 0);
}

function send(target: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(target, signal);
  } catch {
    return false;
  }
}
