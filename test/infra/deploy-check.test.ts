import { expect, test } from 'vitest';
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
