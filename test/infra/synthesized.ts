import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bundles, deployment } from '../../infra/deployment.ts';

export interface Resource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: CloudFormation's shapes are many, and each test reads its own.
  Properties: Record<string, any>;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}

export type StackName = 'Data' | 'Service' | 'Edge' | 'Web';
export interface Template {
  Resources: Record<string, Resource>;
  Outputs?: Record<string, { Value: unknown; Export?: { Name: string } }>;
}

export type Templates = Record<StackName, Template>;

/** Stands in for what `npm run build` makes: the templates only need that it is there. */
function placeholders(): Bundles {
  const folder = mkdtempSync(join(tmpdir(), 'bundle-'));
  for (const file of ['handler.mjs', 'handler.mjs.map']) writeFileSync(join(folder, file), '');
  return { api: folder, publish: folder };
}

/** The context of cdk.json, with other values of the stage where some are given. */
export function contextOf(stage: string, changed: object = {}): Record<string, unknown> {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: { stages: Record<string, object> } };
  return { ...context, stages: { ...context.stages, [stage]: { ...context.stages[stage], ...changed } }, stage };
}

const synthesized = new Map<string, Templates>();

/**
 * The templates of a stage as `npm run synth` makes them, made once for all tests that a worker runs. Throws when cdk-nag
 * has anything against them.
 */
export function synthesize(stage: string, given: { bundles?: Bundles; changed?: object } = {}): Templates {
  const key = JSON.stringify([stage, given]);
  const templates = synthesized.get(key) ?? synthesizeAnew(stage, given);
  synthesized.set(key, templates);
  return structuredClone(templates);
}

function synthesizeAnew(
  stage: string,
  { bundles = placeholders(), changed = {} }: { bundles?: Bundles; changed?: object },
): Templates {
  const outdir = mkdtempSync(join(tmpdir(), 'cdk-'));
  deployment(bundles, { context: contextOf(stage, changed), outdir }).synth();
  const template = (stack: StackName) =>
    JSON.parse(readFileSync(join(outdir, `Sektorspiegel-${stage}-${stack}.template.json`), 'utf8')) as Template;
  return { Data: template('Data'), Service: template('Service'), Edge: template('Edge'), Web: template('Web') };
}

export const resourcesOf = (template: Template, type: string): [id: string, resource: Resource][] =>
  Object.entries(template.Resources).filter(([, resource]) => resource.Type === type);

export interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Condition?: unknown;
}

/** All statements of a function's role, and the role's managed policies. */
export function roleOf(service: Template, functionName: string): { statements: Statement[]; managed: unknown[] } {
  const [, fn] = resourcesOf(service, 'AWS::Lambda::Function').find(([, { Properties }]) =>
    String(Properties.FunctionName).endsWith(`-${functionName}`),
  )!;
  return statementsOf(service, fn.Properties.Role);
}

/** The same of a role that something refers to. */
export function statementsOf(service: Template, reference: { 'Fn::GetAtt': string[] }) {
  const roleId = reference['Fn::GetAtt'][0]!;
  const role = service.Resources[roleId]!;
  const attached = [...resourcesOf(service, 'AWS::IAM::Policy'), ...resourcesOf(service, 'AWS::IAM::ManagedPolicy')]
    .filter(([, { Properties }]) => (Properties.Roles as { Ref: string }[]).some(({ Ref }) => Ref === roleId))
    .map(([, { Properties }]) => Properties.PolicyDocument.Statement as Statement[]);
  const inline = ((role.Properties.Policies ?? []) as { PolicyDocument: { Statement: Statement[] } }[]).map(
    ({ PolicyDocument }) => PolicyDocument.Statement,
  );
  return { statements: [...attached, ...inline].flat(), managed: role.Properties.ManagedPolicyArns ?? [] };
}

/** The logical id of the data stack that a reference from another stack leads to; undefined for anything else. */
export function dataResource(data: Template, reference: unknown): string | undefined {
  const name = (reference as { 'Fn::ImportValue'?: string })['Fn::ImportValue'];
  const output = Object.values(data.Outputs ?? {}).find(({ Export }) => Export?.Name === name && name !== undefined);
  const value = output?.Value as { 'Fn::GetAtt'?: [string, string]; Ref?: string } | undefined;
  return value?.['Fn::GetAtt']?.[0] ?? value?.Ref;
}

/** What a function may do to tables, read off its role: table name -> actions. Fails on whatever is no table's own ARN. */
export function tableGrants({ Data, Service }: Templates, functionName: string): Map<string, Set<string>> {
  const grants = new Map<string, Set<string>>();
  for (const { Effect, Action, Resource } of roleOf(Service, functionName).statements) {
    const actions = [Action].flat().filter((action) => /^(dynamodb:|\*)/i.test(action));
    if (actions.length === 0) continue;
    for (const reference of [Resource].flat()) {
      const table = Data.Resources[dataResource(Data, reference) ?? ''];
      if (Effect !== 'Allow' || table?.Type !== 'AWS::DynamoDB::Table')
        throw new Error(`${functionName}: ${actions} on ${JSON.stringify(reference)}`);
      const name = table.Properties.TableName as string;
      const known = grants.get(name) ?? new Set<string>();
      grants.set(name, known);
      for (const action of actions) known.add(action);
    }
  }
  return grants;
}
