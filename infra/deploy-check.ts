import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { askByCommandLine, gapsOf } from './account-check.ts';
import { ConfigurationFault, EXAMPLE_ACCOUNT, readStage, type Stage } from './configuration.ts';
import { BUNDLES } from './deployment.ts';

/** What stands between this checkout and a deployment. */
export interface DeployFacts {
  stages: unknown;
  stageName: string;
  nodeVersion: string;
  /** Version of the CDK command line that is installed, and the one package.json pins. */
  cdk: { installed: string | undefined; pinned: string };
  /** Files that git has not committed. */
  uncommitted: string[];
  isBuilt: boolean;
}

/** Everything in this checkout that keeps a stage from being deployed, a sentence each; empty when it may be. */
export function obstaclesTo(facts: DeployFacts): string[] {
  const { stages, stageName, nodeVersion, cdk, uncommitted, isBuilt } = facts;
  const obstacles: string[] = [];
  try {
    obstacles.push(...unfinished(readStage(stages, stageName)));
  } catch (error) {
    if (!(error instanceof ConfigurationFault)) throw error;
    obstacles.push(...error.message.split('\n'));
  }
  const [major = 0, minor = 0] = nodeVersion.replace(/^v/, '').split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) obstacles.push(`Node ${nodeVersion} is too old; 20.19 or later.`);
  if (cdk.installed !== cdk.pinned)
    obstacles.push(`The CDK command is ${cdk.installed ?? 'not installed'}, pinned is ${cdk.pinned}: npm ci.`);
  if (stageName === 'prod' && uncommitted.length > 0)
    obstacles.push(`prod is deployed from a commit; not committed: ${uncommitted.slice(0, 5).join(', ')}.`);
  if (!isBuilt) obstacles.push('dist/ holds no bundles: npm run build.');
  return obstacles;
}

/** Values of the examples in cdk.json that would deploy, and should not. */
function unfinished(stage: Stage): string[] {
  const faults: string[] = [];
  const at = `cdk.json, stages.${stage.name}`;
  if (stage.account === EXAMPLE_ACCOUNT) faults.push(`${at}.account is still the example's.`);
  for (const field of ['alertEmail', 'publisherEmail', 'serviceUrl'] as const)
    if (/[@.]example\.(org|com)/.test(stage[field] ?? '')) faults.push(`${at}.${field} is still the example's.`);
  if (/[@.]example\.(org|com)$/.test(stage.operator?.email ?? ''))
    faults.push(`${at}.operator is still the example's.`);
  if (stage.certificateArn && !stage.serviceUrl) faults.push(`${at}.serviceUrl is missing beside certificateArn.`);
  if (stage.certificateArn?.includes(`:${EXAMPLE_ACCOUNT}:`))
    faults.push(`${at}.certificateArn is still the example's.`);
  if (stage.name === 'prod' && !stage.publisherEmail)
    faults.push(`${at}.publisherEmail is missing: readers of a release must be able to write to somebody.`);
  return faults;
}

/** As much of these files as is asked for here. */
interface PackageOrContext {
  version?: string;
  devDependencies?: Record<string, string>;
  context?: { stages?: unknown };
}

/** Reads the facts of this checkout. */
function factsOf(stageName: string): DeployFacts {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const json = (path: string) => JSON.parse(readFileSync(`${root}${path}`, 'utf8')) as PackageOrContext;
  const installed = 'node_modules/aws-cdk/package.json';
  return {
    stages: json('cdk.json').context?.stages,
    stageName,
    nodeVersion: process.version,
    cdk: {
      installed: existsSync(`${root}${installed}`) ? json(installed).version : undefined,
      pinned: json('package.json').devDependencies!['aws-cdk']!,
    },
    uncommitted: execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' })
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.slice(3)),
    isBuilt: Object.values(BUNDLES).every((folder) => existsSync(`${folder}/handler.mjs`)),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { stage, offline } = parseArgs({
    options: { stage: { type: 'string', default: 'dev' }, offline: { type: 'boolean', default: false } },
  }).values;
  const facts = factsOf(stage);
  const obstacles = obstaclesTo(facts);
  // With the example's values there is no account to ask.
  if (obstacles.length === 0 && !offline)
    obstacles.push(...(await gapsOf(readStage(facts.stages, stage), askByCommandLine)));
  for (const obstacle of obstacles) process.stdout.write(`- ${obstacle}\n`);
  process.stdout.write(obstacles.length === 0 ? `${stage} may be deployed.\n` : `${stage} cannot be deployed yet.\n`);
  process.exitCode = obstacles.length === 0 ? 0 : 1;
}
