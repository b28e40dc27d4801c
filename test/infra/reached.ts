import { stateMachineOf } from './state-machine.ts';
import { type Resource, resourcesOf, type Statement, statementsOf, type Template } from './synthesized.ts';

interface PolicyStatement extends Statement {
  Principal?: { Service?: string; AWS?: unknown } | '*';
}

/**
 * Everything in a template that is to reach something and may not, a sentence each: alarms their topic, schedules and rules
 * their targets and queues, failed events their queue, the gateway its function, the state machine its tasks. Read off the
 * policies alone, as AWS does: nothing that no statement allows.
 */
export function unreached(template: Template, account: string): string[] {
  const policies = (type: string, refers: string, target: unknown): PolicyStatement[] =>
    resourcesOf(template, type)
      .filter(([, { Properties }]) => [Properties[refers]].flat().some((one) => isSame(idOf(one), idOf(target))))
      .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement as PolicyStatement[]);
  const byRole = (role: { 'Fn::GetAtt': string[] }, action: string, target: unknown) =>
    statementsOf(template, role).statements.some((one) => allows(one, action, target));
  const trusts = (role: { 'Fn::GetAtt': string[] }, service: string) =>
    (
      template.Resources[role['Fn::GetAtt'][0]!]!.Properties.AssumeRolePolicyDocument.Statement as PolicyStatement[]
    ).some((one) => isForService(one, service, account));

  const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm').flatMap(([, { Properties }]) =>
    Properties.AlarmActions.filter(
      (topic: unknown) =>
        !policies('AWS::SNS::TopicPolicy', 'Topics', topic).some(
          (one) => allows(one, 'sns:Publish', topic) && isForService(one, 'cloudwatch', account),
        ),
    ).map(() => `The alarm ${Properties.AlarmName} may not publish to its topic.`),
  );
  const schedules = resourcesOf(template, 'AWS::Scheduler::Schedule').flatMap(([, { Properties }]) => {
    const { Arn, RoleArn, DeadLetterConfig } = Properties.Target;
    const faults: string[] = [];
    if (!trusts(RoleArn, 'scheduler')) faults.push(`The role of the schedule ${Properties.Name} trusts another.`);
    if (!byRole(RoleArn, invocationOf(template, Arn), Arn))
      faults.push(`The schedule ${Properties.Name} may not start its target.`);
    if (!byRole(RoleArn, 'sqs:SendMessage', DeadLetterConfig.Arn))
      faults.push(`The schedule ${Properties.Name} may not write to its queue.`);
    return faults;
  });
  const events = resourcesOf(template, 'AWS::Lambda::EventInvokeConfig').flatMap(([id, { Properties }]) => {
    const fn = template.Resources[Properties.FunctionName.Ref]!;
    const { Destination } = Properties.DestinationConfig.OnFailure;
    return byRole(fn.Properties.Role, 'sqs:SendMessage', Destination) ? [] : [`${id} may not write to its queue.`];
  });
  const permissions = resourcesOf(template, 'AWS::Lambda::Permission').map(([, { Properties }]) => Properties);
  const mayInvoke = (service: string, target: unknown) =>
    permissions.some(
      ({ Principal, Action, FunctionName }) =>
        Principal === `${service}.amazonaws.com` &&
        Action === 'lambda:InvokeFunction' &&
        isSame(idOf(FunctionName), idOf(target)),
    );
  const rules = resourcesOf(template, 'AWS::Events::Rule').flatMap(([id, { Properties }]) =>
    (Properties.Targets as { Arn: unknown; RoleArn?: { 'Fn::GetAtt': string[] } }[])
      .filter(({ Arn, RoleArn }) =>
        RoleArn ? !byRole(RoleArn, invocationOf(template, Arn), Arn) : !mayInvoke('events', Arn),
      )
      .map(() => `The rule ${id} may not start its target.`),
  );
  const gateways = [
    ...resourcesOf(template, 'AWS::ApiGatewayV2::Integration').map(([, { Properties }]) => Properties.IntegrationUri),
    ...resourcesOf(template, 'AWS::ApiGateway::Method').map(([, { Properties }]) => Properties.Integration.Uri),
  ]
    .filter((uri) => !mayInvoke('apigateway', { Ref: functionIn(template, uri) }))
    .map(() => 'The gateway may not invoke the api.');
  const machines = resourcesOf(template, 'AWS::StepFunctions::StateMachine').flatMap(([id, { Properties }]) => {
    const tasks = [...JSON.stringify(stateMachineOf(template)).matchAll(/"Resource":"([^"]+)"/g)].map(([, at]) => at);
    const faults = trusts(Properties.RoleArn, 'states') ? [] : [`The role of ${id} trusts another.`];
    if (tasks.length === 0) faults.push(`${id} has no task.`);
    const targets = resourcesOf(template, 'AWS::Lambda::Function').filter(([name]) =>
      JSON.stringify(Properties.DefinitionString).includes(name),
    );
    for (const [name] of targets)
      if (!byRole(Properties.RoleArn, 'lambda:InvokeFunction', { 'Fn::GetAtt': [name, 'Arn'] }))
        faults.push(`${id} may not invoke ${name}.`);
    if (targets.length === 0) faults.push(`${id} invokes no function of this template.`);
    return faults;
  });
  return [...alarms, ...schedules, ...events, ...rules, ...gateways, ...machines];
}

function allows({ Effect, Action, Resource }: PolicyStatement, action: string, target: unknown): boolean {
  return Effect === 'Allow' && [Action].flat().includes(action) && [Resource].flat().some((one) => isSame(one, target));
}

/** To that service of AWS, at work for this account and no other. */
function isForService({ Effect, Principal, Condition }: PolicyStatement, service: string, account: string): boolean {
  return (
    Effect === 'Allow' &&
    typeof Principal === 'object' &&
    Principal.Service === `${service}.amazonaws.com` &&
    isSame(Condition, { StringEquals: { 'aws:SourceAccount': account } })
  );
}

/** What starting a target is called. */
function invocationOf({ Resources }: Template, target: unknown): string {
  const type = Resources[idOf(target) ?? '']?.Type;
  if (type === 'AWS::Lambda::Function') return 'lambda:InvokeFunction';
  if (type === 'AWS::StepFunctions::StateMachine') return 'states:StartExecution';
  throw new Error(`Nobody knows how ${type} is started.`);
}

/** The logical id that a reference leads to. */
function idOf(reference: unknown): string | undefined {
  const { Ref, 'Fn::GetAtt': attribute } = (reference ?? {}) as { Ref?: string; 'Fn::GetAtt'?: [string, string] };
  return Ref ?? attribute?.[0];
}

const functionIn = (template: Template, uri: unknown): string | undefined =>
  resourcesOf(template, 'AWS::Lambda::Function').find(([id]) => JSON.stringify(uri).includes(id))?.[0];

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** The statements of a topic's or a queue's own policy, to be broken by a test. */
export const ownPolicy = (template: Template, type: string): Resource['Properties'] =>
  resourcesOf(template, type)[0]![1].Properties.PolicyDocument;
