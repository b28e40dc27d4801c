import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as z from 'zod';
import { tableNames } from '#store/tables';
import type { Stage } from './configuration.ts';
import { publicationsOf } from './service-stack.ts';

/** Asks the account: the words after `aws` lead to what it answers, as JSON. Throws an AwsRefusal. */
export type AskAws = (command: string[]) => Promise<unknown>;

/** AWS, or its command line, does not answer what was asked. */
export class AwsRefusal extends Error {
  override readonly name = 'AwsRefusal';
  /** As AWS names it, such as `ValidationError`; `unavailable` where nothing answered. */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * What the account of a stage lacks for a deployment, a sentence each with what to do about it. Only asks, changes nothing.
 *
 * @param ask the account, as `askByCommandLine` does; tests pass recorded answers
 */
export async function gapsOf(stage: Stage, ask: AskAws): Promise<string[]> {
  const identity = await refusable(() => identityGap(stage, ask), 'Who deploys');
  // Another account's quotas and names would say nothing of this one's.
  if (identity.length > 0) return identity;
  const gaps = await Promise.all([
    refusable(() => concurrencyGap(stage, ask), 'The limit of concurrent executions'),
    ...[...new Set([stage.region, stage.globalRegion])].map((region) =>
      refusable(() => bootstrapGap(stage, region, ask), `Whether ${region} is bootstrapped`),
    ),
    refusable(() => stackGaps(stage, ask), 'What is deployed already'),
    refusable(() => certificateGap(stage, ask), 'The certificate'),
  ]);
  return gaps.flat();
}

/** Asks the account with the operator's own command line and credentials. */
export const askByCommandLine: AskAws = async (command) => {
  try {
    const { stdout } = await promisify(execFile)('aws', [...command, '--output', 'json'], { timeout: 60_000 });
    return stdout.trim() === '' ? {} : JSON.parse(stdout);
  } catch (error) {
    const { code, stderr = '' } = error as { code?: string; stderr?: string };
    if (code === 'ENOENT') throw new AwsRefusal('unavailable', 'The AWS CLI is not installed.');
    const said = /\((\w+)\) when calling/.exec(stderr)?.[1];
    throw new AwsRefusal(said ?? 'unavailable', stderr.trim().split('\n').at(-1) ?? String(error));
  }
};

async function refusable(check: () => Promise<string[]>, what: string): Promise<string[]> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof AwsRefusal)) throw error;
    return [
      `${what} could not be asked (${error.code}: ${error.message}). Sign in with rights to deploy: aws sso login.`,
    ];
  }
}

async function identityGap({ name, account, partition }: Stage, ask: AskAws): Promise<string[]> {
  const { Account, Arn } = z
    .object({ Account: z.string(), Arn: z.string() })
    .parse(await ask(['sts', 'get-caller-identity']));
  if (Account !== account)
    return [
      `Your credentials are of account ${Account}; cdk.json, stages.${name}.account is ${account}. Choose a profile of that account: export AWS_PROFILE=NAME.`,
    ];
  if (!Arn.startsWith(`arn:${partition}:`))
    return [
      `Your credentials are of another of AWS's clouds (${Arn.split(':')[1]}) than the stage's region (${partition}). Choose a profile of that one.`,
    ];
  return [];
}

/** What AWS keeps for functions that set nothing aside. */
const UNRESERVED = 100;

async function concurrencyGap(stage: Stage, ask: AskAws): Promise<string[]> {
  const { apiConcurrency, name, prefix, region } = stage;
  // Nothing is set aside: any limit will do.
  if (apiConcurrency === undefined) return [];
  const { AccountLimit } = z
    .object({ AccountLimit: z.object({ ConcurrentExecutions: z.int(), UnreservedConcurrentExecutions: z.int() }) })
    .parse(await ask(['lambda', 'get-account-settings', '--region', region]));
  const own = await Promise.all(['api', 'publish'].map((one) => reservedBy(`${prefix}-${one}`, region, ask)));
  const free = AccountLimit.UnreservedConcurrentExecutions + own.reduce((sum, one) => sum + one, 0);
  const wanted = apiConcurrency + publicationsOf(stage);
  if (free - wanted >= UNRESERVED) return [];
  return [
    `The stage sets ${wanted} concurrent executions aside and AWS wants ${UNRESERVED} beside them; of the ${AccountLimit.ConcurrentExecutions} in ${region}, ${free} are free. Ask for more (aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000 --region ${region}), or take apiConcurrency out of stages.${name}: then nothing is set aside.`,
  ];
}

async function reservedBy(functionName: string, region: string, ask: AskAws): Promise<number> {
  const answer = await unlessMissing(
    ask(['lambda', 'get-function-concurrency', '--function-name', functionName, '--region', region]),
    'ResourceNotFoundException',
  );
  return z.object({ ReservedConcurrentExecutions: z.int().default(0) }).parse(answer ?? {})
    .ReservedConcurrentExecutions;
}

/** The first version of CDK's own stack that this CDK can work with. */
const BOOTSTRAP_VERSION = 6;

async function bootstrapGap({ account, globalRegion }: Stage, region: string, ask: AskAws): Promise<string[]> {
  const remedy = `npx cdk bootstrap aws://${account}/${region}`;
  const why = region === globalRegion ? ' (for the firewall, which CloudFront looks for there)' : '';
  const answer = await unlessMissing(
    ask(['ssm', 'get-parameter', '--name', '/cdk-bootstrap/hnb659fds/version', '--region', region]),
    'ParameterNotFound',
  );
  if (answer === undefined) return [`${region} is not bootstrapped${why}: ${remedy}.`];
  const { Value } = z.object({ Parameter: z.object({ Value: z.coerce.number() }) }).parse(answer).Parameter;
  return Value < BOOTSTRAP_VERSION
    ? [`${region} is bootstrapped with version ${Value}, ${BOOTSTRAP_VERSION} is needed: ${remedy}.`]
    : [];
}

/** Stacks that got stuck, and where there is no data stack yet, names that something else has. */
async function stackGaps(stage: Stage, ask: AskAws): Promise<string[]> {
  const { region, globalRegion } = stage;
  const gaps: string[] = [];
  let hasData = false;
  for (const part of ['Data', 'Service', 'Edge', 'Web']) {
    const stack = `Sektorspiegel-${stage.name}-${part}`;
    const at = part === 'Edge' ? globalRegion : region;
    const answer = await unlessMissing(
      ask(['cloudformation', 'describe-stacks', '--stack-name', stack, '--region', at]),
      'ValidationError',
    );
    if (answer === undefined) continue;
    const { Stacks } = z.object({ Stacks: z.array(z.object({ StackStatus: z.string() })).min(1) }).parse(answer);
    const status = Stacks[0]!.StackStatus;
    if (part === 'Data') hasData = true;
    if (status === 'ROLLBACK_COMPLETE')
      gaps.push(
        `${stack} failed when it was made and cannot be deployed over: aws cloudformation delete-stack --stack-name ${stack} --region ${at}.`,
      );
    else if (!/^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT)_COMPLETE$/.test(status))
      gaps.push(`${stack} is ${status}: wait, or see in the console of ${at} what it waits for.`);
  }
  return hasData ? gaps : [...gaps, ...(await takenNames(stage, ask))];
}

/** Tables and buckets are kept when a stack is deleted, and a bucket's name may be anybody's. */
async function takenNames(stage: Stage, ask: AskAws): Promise<string[]> {
  const { prefix, account, region } = stage;
  const { TableNames } = z
    .object({ TableNames: z.array(z.string()) })
    .parse(await ask(['dynamodb', 'list-tables', '--region', region]));
  const ours = Object.values(tableNames(prefix)).filter((name) => TableNames.includes(name));
  const tables = ours.map(
    (name) =>
      `The table ${name} is there, without its stack: bring it in (npx cdk import), or, if its data are no longer needed, delete it.`,
  );
  const buckets = await Promise.all(
    [`${prefix}-files-${account}`, `${prefix}-assets-${account}`].map(async (bucket) => {
      try {
        await ask(['s3api', 'head-bucket', '--bucket', bucket, '--region', region]);
        return [`The bucket ${bucket} is there, without its stack: bring it in (npx cdk import), or delete it.`];
      } catch (error) {
        if (!(error instanceof AwsRefusal)) throw error;
        if (error.code === '404') return [];
        if (error.code === '403') return [`The bucket ${bucket} is somebody else's: choose another name of the stage.`];
        throw error;
      }
    }),
  );
  return [...tables, ...buckets.flat()];
}

async function certificateGap({ certificateArn, serviceUrl, globalRegion }: Stage, ask: AskAws): Promise<string[]> {
  if (!certificateArn || !serviceUrl) return [];
  const answer = await unlessMissing(
    ask(['acm', 'describe-certificate', '--certificate-arn', certificateArn, '--region', globalRegion]),
    'ResourceNotFoundException',
  );
  if (answer === undefined) return [`There is no certificate ${certificateArn}: request one (docs/deploy.md, step 4).`];
  const { Status, SubjectAlternativeNames } = z
    .object({
      Certificate: z.object({ Status: z.string(), SubjectAlternativeNames: z.array(z.string()).default([]) }),
    })
    .parse(answer).Certificate;
  const host = new URL(serviceUrl).hostname;
  const covers = SubjectAlternativeNames.some(
    (name) => name === host || (name.startsWith('*.') && host.slice(host.indexOf('.')) === name.slice(1)),
  );
  if (!covers)
    return [`The certificate is for ${SubjectAlternativeNames.join(', ')}, not for ${host}: request one for that.`];
  return Status === 'ISSUED'
    ? []
    : [`The certificate is ${Status}: put the record that describe-certificate shows into your DNS and wait.`];
}

/** Undefined where AWS says that there is no such thing. */
async function unlessMissing(answer: Promise<unknown>, missing: string): Promise<unknown> {
  return answer.catch((error: unknown) => {
    if (error instanceof AwsRefusal && error.code === missing) return undefined;
    throw error;
  });
}
