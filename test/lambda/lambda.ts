import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';

export interface LambdaOptions {
  /** The folder that is uploaded; holds `handler.mjs`. */
  folder: string;
  environment: Record<string, string>;
  timeoutMs: number;
  /** Another Node than the one that runs the tests. */
  node?: string;
}

export type Invocation =
  | { state: 'answered'; payload: unknown; isCold: boolean; bytes: number }
  | { state: 'failed'; errorType: string; errorMessage: string }
  | { state: 'timed-out' };

/** A function as Lambda runs it. */
export interface Lambda {
  /** An idle environment takes the event; where none is idle, a new one starts. The timeout may be another for once. */
  invoke(event: unknown, timeoutMs?: number): Promise<Invocation>;
  /** Environments started so far. */
  starts(): number;
  /** The processes of those environments. */
  processIds(): number[];
  /** All that the environments have printed. */
  log(): string;
  close(): void;
}

/** A synchronous answer may have so many bytes (AWS Lambda quotas). */
export const MAX_ANSWER_BYTES = 6_291_556;

/**
 * Lambda around a bundle, after its public documents: an environment is a process that takes one event at a time through
 * the Runtime API, is frozen between events, and is killed when an event outlasts the timeout. Its environment holds what
 * the function's configuration names and what Lambda sets, and nothing of this process.
 */
export function lambda(options: LambdaOptions): Lambda {
  const idle: ExecutionEnvironment[] = [];
  const all: ExecutionEnvironment[] = [];
  const printed: string[] = [];
  return {
    async invoke(event, timeoutMs = options.timeoutMs) {
      const warm = idle.pop();
      const environment = warm ?? new ExecutionEnvironment(options, (text) => printed.push(text));
      if (!warm) all.push(environment);
      const invocation = await environment.run(event, timeoutMs, warm === undefined);
      if (invocation.state === 'timed-out' || environment.hasEnded) environment.kill();
      else idle.push(environment);
      return invocation;
    },
    starts: () => all.length,
    processIds: () => all.flatMap(({ processId }) => processId ?? []),
    log: () => printed.join(''),
    close: () => {
      for (const environment of all) environment.kill();
    },
  };
}

class ExecutionEnvironment {
  hasEnded = false;
  #child: ChildProcess | undefined;
  readonly #server: Server;
  readonly #listening: Promise<unknown>;
  readonly #options: LambdaOptions;
  readonly #print: (text: string) => void;
  #poll: ServerResponse | undefined;
  #pending: { event: unknown; id: string; deadlineMs: number } | undefined;
  #settle: (invocation: Invocation) => void = () => {};
  #isCold = true;
  #count = 0;

  constructor(options: LambdaOptions, print: (text: string) => void) {
    this.#options = options;
    this.#print = print;
    this.#server = createServer((request, response) => void this.#serve(request, response)).listen(0, '127.0.0.1');
    this.#listening = once(this.#server, 'listening');
  }

  get processId(): number | undefined {
    return this.#child?.pid;
  }

  async run(event: unknown, timeoutMs: number, isCold: boolean): Promise<Invocation> {
    await this.#listening;
    this.#isCold = isCold;
    this.#count += 1;
    let timer: NodeJS.Timeout | undefined;
    const settled = new Promise<Invocation>((resolve) => {
      this.#settle = resolve;
      timer = setTimeout(() => resolve({ state: 'timed-out' }), timeoutMs);
    });
    this.#pending = { event, id: `request-${this.#count}`, deadlineMs: Date.now() + timeoutMs };
    if (isCold) this.#start();
    else this.#child?.kill('SIGCONT');
    this.#deliver();
    const invocation = await settled;
    clearTimeout(timer);
    return invocation;
  }

  kill(): void {
    this.hasEnded = true;
    this.#child?.kill('SIGKILL');
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #start(): void {
    const { folder, environment, node = process.execPath } = this.#options;
    const { port } = this.#server.address() as AddressInfo;
    this.#child = spawn(node, [fileURLToPath(new URL('bootstrap.mjs', import.meta.url))], {
      stdio: ['ignore', 'pipe', 'pipe'],
      cwd: folder,
      env: {
        AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`,
        LAMBDA_TASK_ROOT: folder,
        _HANDLER: 'handler.handler',
        AWS_REGION: 'eu-central-1',
        AWS_ACCESS_KEY_ID: 'role',
        AWS_SECRET_ACCESS_KEY: 'role',
        AWS_SESSION_TOKEN: 'role',
        ...environment,
      },
    });
    this.#child.stdout!.setEncoding('utf8').on('data', this.#print);
    this.#child.stderr!.setEncoding('utf8').on('data', this.#print);
    this.#child.once('exit', (code) => {
      this.hasEnded = true;
      this.#settle({ state: 'failed', errorType: 'Runtime.ExitError', errorMessage: `ended with ${code}` });
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url!.replace('/2018-06-01/runtime/', '');
    if (path === 'invocation/next') {
      this.#poll = response;
      this.#deliver();
      return;
    }
    const body = await textOf(request);
    response.writeHead(202).end();
    if (path.endsWith('/response')) this.#settle(this.#answered(body));
    else this.#settle({ state: 'failed', ...(JSON.parse(body) as { errorType: string; errorMessage: string }) });
  }

  #answered(body: string): Invocation {
    const bytes = Buffer.byteLength(body);
    if (bytes > MAX_ANSWER_BYTES)
      return { state: 'failed', errorType: 'Function.ResponseSizeTooLarge', errorMessage: `${bytes} bytes` };
    return { state: 'answered', payload: JSON.parse(body) as unknown, isCold: this.#isCold, bytes };
  }

  /** Hands the waiting event to the waiting runtime; without an event the process is frozen. */
  #deliver(): void {
    if (!this.#poll) return;
    if (!this.#pending) {
      this.#child?.kill('SIGSTOP');
      return;
    }
    const { event, id, deadlineMs } = this.#pending;
    const response = this.#poll;
    this.#pending = undefined;
    this.#poll = undefined;
    response
      .writeHead(200, {
        'content-type': 'application/json',
        'lambda-runtime-aws-request-id': id,
        'lambda-runtime-deadline-ms': String(deadlineMs),
      })
      .end(JSON.stringify(event));
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
