import { describe, expect, it, test } from 'vitest';
import { AwsRefusal, gapsOf } from '../../infra/account-check.ts';
import { readStage } from '../../infra/configuration.ts';
import { type DeployFacts, obstaclesTo } from '../../infra/deploy-check.ts';
import { contextOf } from './synthesized.ts';

const { stages } = contextOf('prod') as { stages: { prod: object } };
const ready = {
  ...stages.prod,
  account: '123456789012',
  alertEmail: 'alerts@verband.de',
  publisherEmail: 'releases@verband.de',
  operator: { name: 'Verband e. V.', address: ['Weg 1', '10115 Berlin'], email: 'info@verband.de' },
  serviceUrl: 'https://spiegel.verband.de',
  certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-0000-0000-0000-000000000000',
};
const facts = (changed: Partial<DeployFacts> = {}, stage: object = {}): DeployFacts => ({
  stages: { prod: { ...ready, ...stage } },
  stageName: 'prod',
  nodeVersion: 'v24.1.0',
  cdk: { installed: '2.1148.1', pinned: '2.1148.1' },
  uncommitted: [],
  isBuilt: true,
  ...changed,
});

test('nothing stands in the way of a stage that is complete', () => {
  expect(obstaclesTo(facts())).toEqual([]);
});

test('what cdk.json comes with is refused, value by value', () => {
  expect(obstaclesTo(facts({ stages }))).toEqual([
    "cdk.json, stages.prod.account is still the example's.",
    "cdk.json, stages.prod.alertEmail is still the example's.",
    "cdk.json, stages.prod.publisherEmail is still the example's.",
    "cdk.json, stages.prod.serviceUrl is still the example's.",
    "cdk.json, stages.prod.operator is still the example's.",
    "cdk.json, stages.prod.certificateArn is still the example's.",
  ]);
});

test.each<[string, DeployFacts, RegExp]>([
  ['an old Node', facts({ nodeVersion: 'v20.18.0' }), /Node v20\.18\.0 is too old/],
  ['another CDK', facts({ cdk: { installed: '3.0.0', pinned: '2.1148.1' } }), /is 3\.0\.0, pinned is 2\.1148\.1/],
  ['no CDK', facts({ cdk: { installed: undefined, pinned: '2.1148.1' } }), /is not installed/],
  ['changes nobody committed', facts({ uncommitted: ['cdk.json'] }), /not committed: cdk\.json/],
  ['no bundles', facts({ isBuilt: false }), /npm run build/],
  [
    'a certificate elsewhere',
    facts({}, { certificateArn: 'arn:aws:acm:eu-central-1:1:certificate/x' }),
    /certificateArn: must be/,
  ],
  ['nobody to write to', facts({}, { publisherEmail: undefined }), /publisherEmail is missing/],
  ['a stage that is not there', facts({ stageName: 'test' }), /no stage "test"/],
])('%s is told', (_, given, sentence) => {
  expect(obstaclesTo(given).join('\n')).toMatch(sentence);
});

describe('the account', () => {
  /** Answers by the words of a command; a function of its own refuses as AWS does. */
  type Answers = Record<string, unknown>;
  const refused = (code: string) => new AwsRefusal(code, 'An error occurred');
  const ready: Answers = {
    'sts get-caller-identity': { Account: '123456789012', Arn: 'arn:aws:sts::123456789012:assumed-role/Admin/me' },
    'lambda get-account-settings': {
      AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 1000 },
    },
    'lambda get-function-concurrency': refused('ResourceNotFoundException'),
    'ssm get-parameter': { Parameter: { Value: '30' } },
    'cloudformation describe-stacks': refused('ValidationError'),
    'dynamodb list-tables': { TableNames: ['somebody-elses'] },
    's3api head-bucket': refused('404'),
    'acm describe-certificate': {
      Certificate: { Status: 'ISSUED', SubjectAlternativeNames: ['spiegel.verband.de'] },
    },
  };
  const ask = async (answers: Answers, stage: object = {}) => {
    const asked: string[] = [];
    const gaps = await gapsOf(readStage(facts({}, stage).stages, 'prod'), async (command) => {
      asked.push(command.join(' '));
      const answer = { ...ready, ...answers }[command.slice(0, 2).join(' ')];
      const given = typeof answer === 'function' ? answer(command.join(' ')) : answer;
      if (given instanceof Error) throw given;
      return given;
    });
    return { gaps, asked };
  };

  it('that is empty and prepared has no gap, and is asked in the regions of all stacks', async () => {
    const { gaps, asked } = await ask({}, { apiConcurrency: 100 });
    expect(gaps).toEqual([]);
    expect(asked.filter((one) => one.startsWith('ssm')).map((one) => one.split(' ').at(-1))).toEqual([
      'eu-central-1',
      'us-east-1',
    ]);
    expect(asked).toContain('cloudformation describe-stacks --stack-name Sektorspiegel-prod-Edge --region us-east-1');
  });

  it('of the first day suffices as cdk.json comes, but for what it has set aside', async () => {
    const limits = { AccountLimit: { ConcurrentExecutions: 10, UnreservedConcurrentExecutions: 10 } };
    expect((await ask({ 'lambda get-account-settings': limits })).gaps).toEqual([]);
    const { gaps } = await ask({ 'lambda get-account-settings': limits }, { apiConcurrency: 100 });
    expect(gaps).toEqual([expect.stringMatching(/sets 101 .* aside .* of the 10 .*request-service-quota-increase/)]);
  });

  it('counts what the stage itself has set aside as free', async () => {
    const full = { AccountLimit: { ConcurrentExecutions: 210, UnreservedConcurrentExecutions: 109 } };
    const own = (command: string) => ({ ReservedConcurrentExecutions: command.includes('-api') ? 100 : 1 });
    const given = { 'lambda get-account-settings': full, 'lambda get-function-concurrency': own };
    expect((await ask(given, { apiConcurrency: 100 })).gaps).toEqual([]);
    expect((await ask(given, { apiConcurrency: 111 })).gaps).toHaveLength(1);
  });

  const inRegion = (region: string, answer: unknown, other: unknown) => (command: string) =>
    command.endsWith(region) ? answer : other;
  it.each<[string, Answers, RegExp]>([
    [
      'another account',
      { 'sts get-caller-identity': { Account: '999999999999', Arn: 'arn:aws:iam::999999999999:user/me' } },
      /of account 999999999999; .* is 123456789012\. Choose a profile/,
    ],
    [
      'another cloud',
      { 'sts get-caller-identity': { Account: '123456789012', Arn: 'arn:aws-eusc:iam::123456789012:user/me' } },
      /another of AWS's clouds \(aws-eusc\)/,
    ],
    ['nobody signed in', { 'sts get-caller-identity': refused('ExpiredToken') }, /ExpiredToken.*aws sso login/],
    [
      'no right to ask',
      { 'dynamodb list-tables': refused('AccessDeniedException') },
      /could not be asked \(AccessDenied/,
    ],
    [
      "the firewall's region not bootstrapped",
      { 'ssm get-parameter': inRegion('us-east-1', refused('ParameterNotFound'), { Parameter: { Value: '30' } }) },
      /^us-east-1 is not bootstrapped \(for the firewall.*npx cdk bootstrap aws:\/\/123456789012\/us-east-1\.$/,
    ],
    ['an old bootstrap', { 'ssm get-parameter': { Parameter: { Value: '5' } } }, /version 5, 6 is needed/],
    [
      'a stack that failed',
      { 'cloudformation describe-stacks': { Stacks: [{ StackStatus: 'ROLLBACK_COMPLETE' }] } },
      /prod-Data failed.*delete-stack/,
    ],
    [
      'a stack at work',
      { 'cloudformation describe-stacks': { Stacks: [{ StackStatus: 'UPDATE_IN_PROGRESS' }] } },
      /is UPDATE_IN_PROGRESS: wait/,
    ],
    [
      'a table that was kept',
      { 'dynamodb list-tables': { TableNames: ['sektorspiegel-prod-submissions'] } },
      /table sektorspiegel-prod-submissions is there, without its stack.*cdk import/,
    ],
    ["somebody else's bucket", { 's3api head-bucket': refused('403') }, /somebody else's/],
    ['a bucket that was kept', { 's3api head-bucket': {} }, /bucket sektorspiegel-prod-files-123456789012 is there/],
    ['no certificate', { 'acm describe-certificate': refused('ResourceNotFoundException') }, /There is no certificate/],
    [
      'a certificate under way',
      {
        'acm describe-certificate': {
          Certificate: { Status: 'PENDING_VALIDATION', SubjectAlternativeNames: ['*.verband.de'] },
        },
      },
      /PENDING_VALIDATION: put the record/,
    ],
    [
      'a certificate of another domain',
      { 'acm describe-certificate': { Certificate: { Status: 'ISSUED', SubjectAlternativeNames: ['a.verband.de'] } } },
      /for a\.verband\.de, not for spiegel\.verband\.de/,
    ],
  ])('%s is told with its remedy', async (_, answers, sentence) => {
    expect((await ask(answers)).gaps.join('\n')).toMatch(new RegExp(sentence.source, 'm'));
  });

  it('with a data stack is not asked for names that are its own', async () => {
    const { gaps, asked } = await ask({
      'cloudformation describe-stacks': { Stacks: [{ StackStatus: 'UPDATE_COMPLETE' }] },
      'dynamodb list-tables': { TableNames: ['sektorspiegel-prod-submissions'] },
    });
    expect(gaps).toEqual([]);
    expect(asked.join()).not.toContain('list-tables');
  });
});
