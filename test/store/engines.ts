import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { type Engine, startEngine } from '#functions/local/engine';
import { freePort } from '../local/free-port.ts';

/** The engines the store is tried on. dynoxide is a second, independent implementation of the DynamoDB api. */
export const ENGINES: { name: string; runs: boolean; start: () => Promise<Engine> }[] = [
  { name: 'dynalite', runs: true, start: () => startEngine(null) },
  dynoxide(),
];

export function clientOf(engine: Engine): DynamoDBClient {
  return new DynamoDBClient({
    endpoint: engine.endpoint,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
}

function dynoxide() {
  const binary = dynoxideBinary();
  const platform = `${process.platform}-${process.arch}`;
  const name = binary ? 'dynoxide' : `dynoxide (NOT RUN: its optional package has no binary here, ${platform})`;
  return { name, runs: binary !== undefined, start: () => startDynoxide(binary!) };
}

function dynoxideBinary(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve('@dynoxide/linux-x64/dynoxide');
  } catch {
    return undefined;
  }
}

async function startDynoxide(binary: string): Promise<Engine> {
  const port = await freePort();
  const child: ChildProcess = spawn(binary, ['serve', '--host', '127.0.0.1', '--port', String(port)], {
    stdio: 'ignore',
  });
  const engine = {
    endpoint: `http://127.0.0.1:${port}`,
    close: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
  const client = clientOf(engine);
  for (let attempt = 0; ; attempt += 1) {
    try {
      await client.send(new ListTablesCommand({}));
      client.destroy();
      return engine;
    } catch (error) {
      if (attempt > 20 || child.exitCode !== null) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
