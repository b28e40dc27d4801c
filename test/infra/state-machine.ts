import { randomUUID } from 'node:crypto';
import { resourcesOf, type Template } from './synthesized.ts';

/** As much of Amazon States Language as the publishing run uses; anything else throws. */
export interface StateMachine {
  StartAt: string;
  States: Record<string, State>;
}

interface State {
  Type: string;
  Resource?: unknown;
  Parameters?: Record<string, unknown>;
  TimeoutSeconds?: number;
  ItemsPath?: string;
  MaxConcurrency?: number;
  ItemProcessor?: StateMachine;
  ResultPath?: string | null;
  Retry?: { ErrorEquals: string[]; MaxAttempts: number }[];
  Catch?: { ErrorEquals: string[]; ResultPath?: string; Next: string }[];
  Result?: unknown;
  ErrorPath?: string;
  CausePath?: string;
  Next?: string;
  End?: boolean;
}

const KNOWN: Record<string, string[]> = {
  Task: ['Resource', 'Parameters', 'TimeoutSeconds', 'Retry', 'Catch', 'ResultPath', 'Next', 'End'],
  Map: ['ItemsPath', 'MaxConcurrency', 'ItemProcessor', 'Catch', 'ResultPath', 'Next', 'End'],
  Pass: ['Result', 'End'],
  Fail: ['ErrorPath', 'CausePath'],
};

/** The state machine of a service stack's template; where its function's address is filled in stands `function`. */
export function stateMachineOf(service: Template): StateMachine {
  const [machine] = resourcesOf(service, 'AWS::StepFunctions::StateMachine');
  const parts = machine![1].Properties.DefinitionString['Fn::Join'][1] as unknown[];
  return JSON.parse(parts.map((part) => (typeof part === 'string' ? part : 'function')).join('')) as StateMachine;
}

/** How a run ended that did not succeed. */
export class RunFailed extends Error {
  override name = 'RunFailed';
}

/**
 * Walks a state machine as Step Functions would, without waiting between tries. All data goes from state to state as JSON.
 *
 * @param invoke what a task's function does with its payload
 * @param execution the run's name, which no other has
 * @returns the last state's output; throws RunFailed when the run ends in a Fail state or in a fault nobody catches
 */
export async function walk(
  machine: StateMachine,
  input: unknown,
  invoke: Invoke,
  execution: string = randomUUID(),
): Promise<unknown> {
  let name = machine.StartAt;
  let data = input;
  for (;;) {
    const state = machine.States[name]!;
    checkKnown(name, state);
    if (state.Type === 'Fail') throw new RunFailed(`${at(data, state.ErrorPath!)}: ${at(data, state.CausePath!)}`);
    try {
      data = placed(data, state.ResultPath, asJson(await resultOf(state, data, invoke, execution)));
    } catch (error) {
      const caught = state.Catch?.find(({ ErrorEquals }) => ErrorEquals.includes('States.ALL'));
      if (!caught) throw error instanceof RunFailed ? error : new RunFailed(String(error));
      const { name: fault, message } = error as Error;
      data = placed(data, caught.ResultPath, { Error: fault, Cause: message });
      name = caught.Next;
      continue;
    }
    if (state.End) return data;
    name = state.Next!;
  }
}

function checkKnown(name: string, state: State): void {
  const unknown = Object.keys(state).filter((field) => field !== 'Type' && !KNOWN[state.Type]?.includes(field));
  if (unknown.length > 0) throw new Error(`the walk does not know ${unknown} of the state ${name} (${state.Type})`);
}

type Invoke = (payload: unknown) => Promise<unknown>;

function resultOf(state: State, data: unknown, invoke: Invoke, execution: string): Promise<unknown> | unknown {
  if (state.Type === 'Pass') return state.Result;
  return state.Type === 'Map' ? mapped(state, data, invoke, execution) : tried(state, data, invoke, execution);
}

async function mapped(state: State, data: unknown, invoke: Invoke, execution: string) {
  const items = at(data, state.ItemsPath!) as unknown[];
  const results: unknown[] = new Array(items.length);
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const place = next++;
      results[place] = await walk(state.ItemProcessor!, items[place], invoke, execution);
    }
  };
  await Promise.all(Array.from({ length: state.MaxConcurrency! }, worker));
  return results;
}

/** A task, again as often as the first of its retriers says that takes the fault. */
async function tried(state: State, data: unknown, invoke: Invoke, execution: string) {
  const payload = state.Parameters ? filled(state.Parameters, data, execution) : data;
  const moreAfter = ({ name }: Error) =>
    state.Retry?.find(({ ErrorEquals }) => ErrorEquals.some((one) => one === name || one === 'States.ALL'))
      ?.MaxAttempts ?? 0;
  for (let attempt = 0; ; attempt++) {
    try {
      return await invoke(asJson(payload));
    } catch (error) {
      if (attempt >= moreAfter(error as Error)) throw error;
    }
  }
}

function filled(parameters: Record<string, unknown>, data: unknown, execution: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) =>
      name.endsWith('.$')
        ? [name.slice(0, -2), value === '$$.Execution.Name' ? execution : at(data, value as string)]
        : [name, value],
    ),
  );
}

/** What a path such as `$.a.b` names. Like Step Functions it fails where there is nothing. */
function at(data: unknown, path: string): unknown {
  let found = data;
  for (const name of path.split('.').slice(1)) found = (found as Record<string, unknown>)[name];
  if (found === undefined) throw new Error(`${path} is not in the input`);
  return found;
}

function placed(data: unknown, path: string | null | undefined, result: unknown): unknown {
  if (path === null) return data;
  if (path === undefined) return result;
  return { ...(data as object), [path.replace('$.', '')]: result };
}

const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
