import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cliCommands, wordsOf } from './cli-commands.ts';
import { askedCommands, DOCUMENTS, RECORDED } from './recorded.ts';

/** Several by `AWS_CLI=one:other`: Debian's of version 2 is older than some calls. */
const CLIS = (process.env.AWS_CLI ?? 'aws').split(':');

/**
 * Writes `recorded-cli.json`: what version 2 of the AWS CLI says to each command of the documents and of
 * `npm run deploy:check`. It is not sent to AWS; the CLI checks it against AWS's own description of the call and answers with a
 * sample of that shape; where it has none, it is tried against a closed port.
 *
 * What is recorded already is kept; remove the file to record all anew.
 *
 *     npx tsx test/infra/record-cli.ts
 */
const recorded: Record<string, unknown> = {};
const former = existsSync(RECORDED) ? (JSON.parse(readFileSync(RECORDED, 'utf8')) as typeof recorded) : {};
const documented = DOCUMENTS.flatMap((path) => cliCommands(readFileSync(path, 'utf8')));
const faults: string[] = [];
for (const command of [...documented, ...(await askedCommands())].sort()) {
  const answer = former[command] ?? answerTo(command);
  if (answer instanceof Error) faults.push(answer.message);
  else recorded[command] = answer;
}
writeFileSync(RECORDED, `${JSON.stringify(recorded, null, 2)}\n`);
if (faults.length > 0) throw new Error(faults.join('\n\n'));

function answerTo(command: string): unknown {
  const words = wordsOf(command).slice(1);
  const faults: string[] = [];
  for (const cli of CLIS) {
    const answer = answerOf(cli, words);
    if (!(answer instanceof Error)) return answer;
    faults.push(answer.message);
  }
  return new Error([command, ...faults].join('\n'));
}

function answerOf(cli: string, words: string[]): unknown {
  const sample = run(cli, [...words, '--generate-cli-skeleton', 'output']);
  const isOwn = words[0] === 's3' || words.slice(0, 2).join(' ') === 'logs tail' || words[1] === 'wait';
  if (sample.status === 0 && !isOwn)
    return words.includes('text') ? sample.said.trim() : JSON.parse(sample.said || '{}');
  // Of some calls it cannot make up an answer. Whoever has read the command looks for AWS, and finds nobody.
  const asked = run(cli, [...words, '--endpoint-url', 'http://127.0.0.1:9']);
  if (asked.status !== 252 && /Could not connect|127\.0\.0\.1:9|dist.site does not exist/.test(asked.said))
    return 'understood';
  return new Error(asked.said.trim());
}

function run(cli: string, words: string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(cli, words, {
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      AWS_ACCESS_KEY_ID: 'none',
      AWS_SECRET_ACCESS_KEY: 'none',
      AWS_REGION: 'eu-central-1',
      AWS_DEFAULT_REGION: 'eu-central-1',
      AWS_MAX_ATTEMPTS: '1',
    },
  });
  return { status, said: status === 0 ? stdout : stderr };
}
