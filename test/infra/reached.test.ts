import { beforeAll, describe, expect, it, test } from 'vitest';
import { ownPolicy, unreached } from './reached.ts';
import { type Resource, resourcesOf, type Statement, synthesize, type Template } from './synthesized.ts';

const ACCOUNT = '000000000000';
const SOVEREIGN = {
  region: 'eusc-de-east-1',
  gateway: 'rest',
  certificateArn: `arn:aws-eusc:acm:eusc-de-east-1:${ACCOUNT}:certificate/00000000-0000-0000-0000-000000000000`,
};

let service: Template;
beforeAll(() => {
  service = synthesize('prod', { changed: { foldSegments: 16 } }).Service;
}, 180_000);

describe('everything that is to reach something may do so', () => {
  it('behind an HTTP API, with segments read apart', () => {
    expect(resourcesOf(service, 'AWS::CloudWatch::Alarm').length).toBeGreaterThan(9);
    expect(resourcesOf(service, 'AWS::Scheduler::Schedule')).toHaveLength(3);
    expect(resourcesOf(service, 'AWS::StepFunctions::StateMachine')).toHaveLength(1);
    expect(unreached(service, ACCOUNT)).toEqual([]);
  });

  it('behind a REST API in the European Sovereign Cloud, whose names begin otherwise and which asks nothing of another', () => {
    const templates = synthesize('prod', { changed: SOVEREIGN });
    const { Service, Web } = templates;
    expect(resourcesOf(Service, 'AWS::ApiGateway::Method').length).toBeGreaterThan(1);
    expect(unreached(Service, ACCOUNT)).toEqual([]);
    const text = JSON.stringify(templates);
    expect(text).toContain('arn:aws-eusc:s3:::sektorspiegel-prod-files-000000000000/releases/*');
    expect(text).not.toMatch(/arn:aws:(s3|dynamodb|lambda|kms|sns|sqs)|us-east-1/);
    const origins = resourcesOf(Web, 'AWS::CloudFront::Distribution')[0]![1].Properties.DistributionConfig.Origins;
    expect(origins.map(({ OriginPath }: { OriginPath?: string }) => OriginPath)).toContain('/live');
    const [[, { Properties: stage }]] = resourcesOf(Service, 'AWS::ApiGateway::Stage') as [[string, Resource]];
    expect(Object.values(JSON.parse(stage.AccessLogSetting.Format)).sort()).toEqual(
      [
        ...['$context.httpMethod', '$context.integration.error', '$context.integration.status'],
        ...['$context.requestId', '$context.responseLatency', '$context.status'],
      ].sort(),
    );
    expect(stage.MethodSettings).toEqual([expect.objectContaining({ DataTraceEnabled: false })]);
  });

  it('nobody without encryption reaches topic or queue', () => {
    for (const type of ['AWS::SNS::TopicPolicy', 'AWS::SQS::QueuePolicy']) {
      const [denied] = (ownPolicy(service, type).Statement as Statement[]).filter(({ Effect }) => Effect === 'Deny');
      expect(denied!.Condition).toEqual({ Bool: { 'aws:SecureTransport': 'false' } });
    }
  });
});

/** Each of these would deploy, and be noticed by nobody until it mattered. */
test.each<[string, (template: Template) => void, RegExp]>([
  [
    'a topic that only denies',
    (template) => {
      const policy = ownPolicy(template, 'AWS::SNS::TopicPolicy');
      policy.Statement = policy.Statement.filter(({ Effect }: Statement) => Effect === 'Deny');
    },
    /alarm sektorspiegel-prod-api-errors may not publish/,
  ],
  [
    "a topic for anybody's alarms",
    (template) => {
      for (const statement of ownPolicy(template, 'AWS::SNS::TopicPolicy').Statement) delete statement.Condition;
    },
    /may not publish to its topic/,
  ],
  ['schedules without rights', (template) => without(template, 'lambda:InvokeFunction'), /may not start its target/],
  ['a schedule without its run', (template) => without(template, 'states:StartExecution'), /may not start its target/],
  ['failures without a queue', (template) => without(template, 'sqs:SendMessage'), /may not write to its queue/],
  [
    'a role that any account may have assumed',
    (template) => {
      for (const [, { Properties }] of resourcesOf(template, 'AWS::IAM::Role'))
        for (const statement of Properties.AssumeRolePolicyDocument.Statement) delete statement.Condition;
    },
    /trusts another/,
  ],
  [
    'a gateway that may not ask',
    (template) => {
      for (const [id] of resourcesOf(template, 'AWS::Lambda::Permission')) delete template.Resources[id];
    },
    /gateway may not invoke/,
  ],
])('%s is told', (_, spoil, sentence) => {
  const template = structuredClone(service);
  spoil(template);
  expect(unreached(template, ACCOUNT).join('\n')).toMatch(sentence);
});

function without(template: Template, action: string): void {
  for (const [, { Properties }] of resourcesOf(template, 'AWS::IAM::Policy'))
    Properties.PolicyDocument.Statement = (Properties.PolicyDocument.Statement as Statement[]).filter(
      ({ Action }) => ![Action].flat().includes(action),
    );
}
