import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { tableDefinitions, tableNames } from '#store/tables';
import { TABLE_GRANTS } from '../../infra/grants.ts';
import {
  dataResource,
  resourcesOf,
  roleOf,
  type Statement,
  statementsOf,
  synthesize,
  type Templates,
  tableGrants,
} from './synthesized.ts';

let templates: Templates;
/** The same stage, with segments read apart. */
let apart: Templates;
let byOperator: Templates;
beforeAll(() => {
  templates = synthesize('prod');
  apart = synthesize('prod', { changed: { foldSegments: 16 } });
  byOperator = synthesize('prod', { changed: { campaignsBy: 'operator' } });
}, 300_000);

const names = tableNames('sektorspiegel-prod');
const granted = (functionName: string) =>
  Object.fromEntries([...tableGrants(templates, functionName)].map(([table, actions]) => [table, [...actions].sort()]));
const dynamo = (...actions: string[]) => actions.map((action) => `dynamodb:${action}`);

describe('what the roles may do to tables, read off the template', () => {
  it('the api gets, puts and queries submissions, and nothing more', () => {
    expect(granted('api')).toEqual({
      [names.submissions]: dynamo('GetItem', 'PutItem', 'Query'),
      [names.releases]: dynamo('GetItem'),
      [names.registry]: dynamo('GetItem', 'PutItem'),
      [names.invitations]: dynamo('UpdateItem'),
    });
  });

  it('the api writes into the registry the campaigns of associations alone, and nothing where the operator runs them', () => {
    const writing = (from: Templates) =>
      roleOf(from.Service, 'api').statements.filter(
        ({ Action, Resource }) =>
          [Action].flat().includes('dynamodb:PutItem') &&
          from.Data.Resources[dataResource(from.Data, [Resource].flat()[0]) ?? '']?.Properties.TableName ===
            names.registry,
      );
    expect(writing(templates).map(({ Condition }) => Condition)).toEqual([
      { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['campaigns'] } },
    ]);
    expect(writing(byOperator)).toEqual([]);
  });

  it('publishing scans submissions and cannot write them', () => {
    expect(granted('publish')).toEqual({
      [names.submissions]: dynamo('Scan'),
      [names.releases]: dynamo('DeleteItem', 'GetItem', 'PutItem', 'Query'),
      [names.registry]: dynamo('Query'),
    });
  });

  it('every table of tables.ts is created and has its grants declared', () => {
    expect(Object.keys(TABLE_GRANTS).sort()).toEqual(Object.keys(names).sort());
    const created = resourcesOf(templates.Data, 'AWS::DynamoDB::Table').map(
      ([, { Properties }]) => Properties.TableName,
    );
    expect(created.sort()).toEqual(
      tableDefinitions(names)
        .map(({ name }) => name)
        .sort(),
    );
  });
});

describe('what the roles may do beside', () => {
  const rest = (functionName: string): Statement[] =>
    roleOf(templates.Service, functionName).statements.filter(
      ({ Action }) => ![Action].flat()[0]!.startsWith('dynamodb:'),
    );

  it.each(['api', 'publish'])('%s has no managed policy, no denied or wildcard action, and no resource "*"', (name) => {
    const { managed, statements } = roleOf(templates.Service, name);
    expect(managed).toEqual([]);
    for (const { Effect, Action, Resource } of statements) {
      expect(Effect).toBe('Allow');
      expect([Action].flat().join(' ')).not.toContain('*');
      expect([Resource].flat()).not.toContain('*');
    }
  });

  it('the api reads files below releases/, publishing works on releases/', () => {
    const bucket = 'arn:aws:s3:::sektorspiegel-prod-files-000000000000';
    const s3 = (functionName: string) =>
      rest(functionName)
        .filter(({ Action }) => [Action].flat()[0]!.startsWith('s3:'))
        .map(({ Action, Resource }) => [Resource, [Action].flat()]);
    expect(s3('api')).toEqual([[`${bucket}/releases/*`, ['s3:GetObject']]]);
    const all = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'];
    expect(s3('publish')).toEqual([
      [`${bucket}/releases/*`, all],
      [bucket, ['s3:ListBucket']],
    ]);
  });

  it.each([
    ['api', ['kms:Decrypt', 'kms:DescribeKey']],
    ['publish', ['kms:Decrypt', 'kms:DescribeKey', 'kms:GenerateDataKey']],
  ])(
    '%s uses the key through the two stores only, and can neither manage it nor do more with it than it must',
    (name, actions) => {
      const [key, ...others] = rest(name).filter(({ Action }) => [Action].flat()[0]!.startsWith('kms:'));
      expect(others).toEqual([]);
      expect(templates.Data.Resources[dataResource(templates.Data, key!.Resource)!]!.Type).toBe('AWS::KMS::Key');
      expect([key!.Action].flat()).toEqual(actions);
      expect(key!.Condition).toEqual({
        StringEquals: { 'kms:ViaService': ['dynamodb.eu-central-1.amazonaws.com', 's3.eu-central-1.amazonaws.com'] },
      });
    },
  );

  it('nothing else than logs is left', () => {
    for (const name of ['api', 'publish']) {
      const services = rest(name).flatMap(({ Action }) => [Action].flat().map((action) => action.split(':')[0]));
      const expected = name === 'publish' ? ['kms', 'logs', 's3', 'sqs'] : ['kms', 'logs', 's3'];
      expect([...new Set(services)].sort()).toEqual(expected);
    }
  });

  it('no other role of the service reaches data', () => {
    const ours = ['api', 'publish'].flatMap((name) => roleOf(templates.Service, name).statements);
    const all = resourcesOf(templates.Service, 'AWS::IAM::Policy').flatMap(
      ([, { Properties }]) => Properties.PolicyDocument.Statement as Statement[],
    );
    const others = all.filter((one) => !ours.some((own) => JSON.stringify(own) === JSON.stringify(one)));
    expect(others.flatMap(({ Action }) => [Action].flat()).sort()).toEqual([
      'lambda:InvokeFunction',
      'sqs:SendMessage',
    ]);
  });
});

describe('where segments are read apart', () => {
  const partsBucket = 'arn:aws:s3:::sektorspiegel-prod-parts-000000000000';
  const role = (type: string, reference: (properties: Record<string, never>) => { 'Fn::GetAtt': string[] }) =>
    resourcesOf(apart.Service, type).map(([, { Properties }]) =>
      statementsOf(apart.Service, reference(Properties as Record<string, never>)),
    );
  const machineRole = () => role('AWS::StepFunctions::StateMachine', ({ RoleArn }) => RoleArn!)[0]!;

  it('publishing gets, puts, deletes and lists parts, and may do nothing else that it may not do without', () => {
    const asText = (from: Templates) => roleOf(from.Service, 'publish').statements.map((one) => JSON.stringify(one));
    const more = asText(apart).filter((one) => !asText(templates).includes(one));
    expect(more.map((one) => JSON.parse(one))).toEqual([
      { Effect: 'Allow', Action: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], Resource: `${partsBucket}/*` },
      { Effect: 'Allow', Action: 's3:ListBucket', Resource: partsBucket },
    ]);
    expect(asText(templates).filter((one) => !asText(apart).includes(one))).toEqual([]);
  });

  it('the api may do exactly what it may do without', () => {
    expect(roleOf(apart.Service, 'api')).toEqual(roleOf(templates.Service, 'api'));
    expect(JSON.stringify(roleOf(apart.Service, 'api'))).not.toContain('-parts-');
  });

  it('the state machine invokes the publishing function and writes its log, and nothing else', () => {
    const { statements, managed } = machineRole();
    expect(managed).toEqual([]);
    const [invoke, log, ...others] = statements;
    expect(others).toEqual([]);
    const [[publishId]] = resourcesOf(apart.Service, 'AWS::Lambda::Function').filter(([, { Properties }]) =>
      Properties.FunctionName.endsWith('-publish'),
    ) as [[string, unknown]];
    expect(invoke).toEqual({
      Effect: 'Allow',
      Action: 'lambda:InvokeFunction',
      Resource: { 'Fn::GetAtt': [publishId, 'Arn'] },
    });
    expect(log!.Resource).toBe('*');
    expect(
      [log!.Action]
        .flat()
        .filter((action) => !/^logs:\w*(Log(Deliver(y|ies)|Groups)|ResourcePolic(y|ies))$/.test(action)),
    ).toEqual([]);
  });

  it('a schedule starts the state machine in place of the function, which it invokes for the nightly count and the weekly cleaning alone', () => {
    const [[machineId]] = resourcesOf(apart.Service, 'AWS::StepFunctions::StateMachine') as [[string, unknown]];
    const targets = resourcesOf(apart.Service, 'AWS::Scheduler::Schedule').map(
      ([, { Properties }]) => Properties.Target,
    );
    expect(targets.map(({ Input, Arn }) => [Input, JSON.stringify(Arn).includes(machineId)])).toEqual([
      ['{"task":"participation"}', false],
      ['{"task":"leftovers"}', false],
      ['{"instrument":"digitalcheck.1","scheduledAt":"<aws.scheduler.scheduled-time>"}', true],
    ]);
    const starting = statementsOf(apart.Service, targets[2]!.RoleArn).statements;
    expect(starting.flatMap(({ Action }) => [Action].flat()).sort()).toEqual([
      'lambda:InvokeFunction',
      'sqs:SendMessage',
      'states:StartExecution',
    ]);
    expect(starting.filter(({ Resource }) => JSON.stringify(Resource).includes('*'))).toEqual([]);
  });

  it('nobody else invokes publishing, starts the state machine or reaches the parts', () => {
    const holders = (action: string) =>
      resourcesOf(apart.Service, 'AWS::IAM::Policy')
        .filter(([, { Properties }]) => JSON.stringify(Properties.PolicyDocument).includes(action))
        .map(([id]) => id.replace(/DefaultPolicy.*/, ''));
    expect(holders('lambda:InvokeFunction').sort()).toEqual(
      [expect.stringMatching(/^ScheduleRole/), expect.stringMatching(/^runrole/)].sort(),
    );
    expect(holders('states:StartExecution')).toEqual([expect.stringMatching(/^ScheduleRole/)]);
    expect(holders('-parts-')).toEqual([expect.stringMatching(/^publishrole/)]);
    const permissions = resourcesOf(apart.Service, 'AWS::Lambda::Permission').map(([, { Properties }]) => Properties);
    expect(permissions.map(({ Principal }) => Principal)).toEqual(['apigateway.amazonaws.com']);
    expect(JSON.stringify(permissions)).not.toContain('publish');
  });
});

it('the shorthands of CDK, which allow more than they say, are used nowhere', () => {
  const shorthand = /\.grant\w*\(/;
  const faults = readdirSync('infra').filter((file) => shorthand.test(readFileSync(`infra/${file}`, 'utf8')));
  expect(faults).toEqual([]);
  expect(shorthand.test('table.grantReadData(fn)')).toBe(true);
});
