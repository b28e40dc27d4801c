import { readdirSync } from 'node:fs';
import { gapsOf } from '../../infra/account-check.ts';
import { readStage } from '../../infra/configuration.ts';
import { contextOf } from './synthesized.ts';

/** What whoever deploys and operates reads. */
export const DOCUMENTS = [
  ...['docs/deploy.md', 'docs/operations.md', 'docs/publishing.md', 'docs/cost.md'],
  ...readdirSync('docs/privacy').map((file) => `docs/privacy/${file}`),
];

/** What the AWS CLI said to each command (`record-cli.ts`). */
export const RECORDED = 'test/infra/recorded-cli.json';

/** What `npm run deploy:check` asks of an empty account. */
export async function askedCommands(): Promise<string[]> {
  const { stages } = contextOf('prod', { apiConcurrency: 100 });
  const asked: string[] = [];
  await gapsOf(readStage(stages, 'prod'), async (command) => {
    asked.push(['aws', ...command].join(' '));
    return EMPTY_ACCOUNT[command.slice(0, 2).join(' ')];
  });
  return asked;
}

const EMPTY_ACCOUNT: Record<string, unknown> = {
  'sts get-caller-identity': { Account: '000000000000', Arn: 'arn:aws:iam::000000000000:user/operator' },
  'lambda get-account-settings': { AccountLimit: { ConcurrentExecutions: 10, UnreservedConcurrentExecutions: 10 } },
  'dynamodb list-tables': { TableNames: [] },
  's3api head-bucket': {},
};
