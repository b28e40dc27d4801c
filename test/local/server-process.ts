import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { buildSite } from '#web/build/build-site.ts';
import { programOf } from './programs.ts';

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
  /** Whether a process of the group is left. */
  isLeft: () => Promise<boolean>;
}

const all: ServerProcess[] = [];

export interface ServerStart {
  env?: Record<string, string>;
  /** In place of the bundle: npm, which makes its own, say. */
  command?: string[];
  /** What the command is started through: a shell that sets limits. */
  through?: string[];
}

export function startServer(
  args: string[],
  { env = {}, command = programOf('server'), through = [] }: ServerStart = {},
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

// One that is ended in the middle of a start must not be busy building.
await buildSite();

/** The server's address, as it prints it. */
export async function addressOf(server: ServerProcess): Promise<string> {
  const out = await server.printed('Ctrl-C ends the server.');
  return /^(?:1\. |Sektorspiegel is running\. )Open (http:\S+)/m.exec(out)![1]!;
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
  try {
    return process.kill(-child.pid!, signal);
  } catch {
    return false;
  }
}
