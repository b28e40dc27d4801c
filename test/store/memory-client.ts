import {
  ConditionalCheckFailedException,
  CreateTableCommand,
  type CreateTableCommandInput,
  DeleteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ResourceInUseException,
  ResourceNotFoundException,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Item } from '#store/submission-item';

/**
 * A client whose tables lie in maps, for tests of what stands on the stores: the stores are the real ones, and what their
 * requests ask for is done without an engine, at a fiftieth of its processor time. It knows the requests and conditions
 * of packages/store and refuses any other; `dynamo-stores.test.ts` holds it to the same contract as the engines.
 */
export function memoryClient(): DynamoDBClient {
  const tables = new Map<string, Table>();
  const tableOf = (name: string | undefined): Table => {
    const table = tables.get(name ?? '');
    if (!table) throw new ResourceNotFoundException({ message: `no table ${name}`, $metadata: {} });
    return table;
  };
  async function send(command: unknown): Promise<unknown> {
    // As any request, it is answered later: who asks at the same time comes in between.
    await new Promise(setImmediate);
    if (command instanceof CreateTableCommand) {
      const { TableName = '', KeySchema } = command.input;
      if (tables.has(TableName)) throw new ResourceInUseException({ message: TableName, $metadata: {} });
      tables.set(TableName, tableWith(KeySchema));
      return {};
    }
    if (command instanceof DescribeTableCommand) {
      tableOf(command.input.TableName);
      return { Table: { TableStatus: 'ACTIVE' } };
    }
    if (command instanceof GetItemCommand) return { Item: tableOf(command.input.TableName).get(command.input.Key!) };
    if (command instanceof PutItemCommand) {
      const { TableName, Item } = command.input;
      const table = tableOf(TableName);
      demand(command.input, table.get(Item!));
      table.put(Item!);
      return {};
    }
    if (command instanceof UpdateItemCommand) {
      const { TableName, Key, UpdateExpression = '', ExpressionAttributeValues = {}, ReturnValues } = command.input;
      const table = tableOf(TableName);
      const former = table.get(Key!);
      demand(command.input, former);
      const next: Item = { ...Key!, ...former };
      const [, verb, rest = ''] = /^(SET|REMOVE) (.+)$/.exec(UpdateExpression) ?? unknown(UpdateExpression);
      for (const part of rest.split(', ')) {
        const [name = '', value] = part.split(' = ');
        if (verb === 'REMOVE') delete next[name];
        else next[name] = ExpressionAttributeValues[value ?? ''] ?? unknown(UpdateExpression);
      }
      table.put(next);
      return { Attributes: ReturnValues === 'ALL_OLD' ? former : next };
    }
    if (command instanceof DeleteItemCommand) {
      tableOf(command.input.TableName).remove(command.input.Key!);
      return {};
    }
    if (command instanceof QueryCommand) {
      const { TableName, KeyConditionExpression = '', ExpressionAttributeValues = {} } = command.input;
      const [, value = ''] = /^\w+ = (:\w+)$/.exec(KeyConditionExpression) ?? unknown(KeyConditionExpression);
      return { Items: tableOf(TableName).partition(ExpressionAttributeValues[value]!) };
    }
    if (command instanceof ScanCommand) {
      const { TableName, Segment = 0, TotalSegments = 1 } = command.input;
      return { Items: tableOf(TableName).segment(Segment, TotalSegments) };
    }
    return unknown((command as object).constructor.name);
  }
  return Object.assign(new DynamoDBClient({ region: 'eu-central-1' }), { send });
}

function unknown(what: string): never {
  throw new Error(`the tables in memory do not know: ${what}`);
}

type Value = Item[string];
type Table = ReturnType<typeof tableWith>;

/** Items by partition and sort key, both as bytes, one character a byte. */
function tableWith(schema: CreateTableCommandInput['KeySchema']) {
  const nameOf = (type: string) => schema!.find(({ KeyType }) => KeyType === type)?.AttributeName;
  const [hash, range] = [nameOf('HASH')!, nameOf('RANGE')];
  const sortKey = (item: Item) => (range === undefined ? '' : textOf(item[range]));
  const partitions = new Map<string, Map<string, Item>>();
  const copy = (item: Item | undefined) => item && { ...item };
  return {
    get: (key: Item) => copy(partitions.get(textOf(key[hash]))?.get(sortKey(key))),
    put(item: Item) {
      const place = textOf(item[hash]);
      const partition = partitions.get(place) ?? new Map<string, Item>();
      partitions.set(place, partition.set(sortKey(item), { ...item }));
    },
    remove: (key: Item) => void partitions.get(textOf(key[hash]))?.delete(sortKey(key)),
    partition: (value: Value): Item[] => inOrder(partitions.get(textOf(value))),
    segment: (segment: number, segments: number): Item[] =>
      [...partitions].flatMap(([place, items]) => (numberOf(place) % segments === segment ? inOrder(items) : [])),
  };
}

function inOrder(items: Map<string, Item> = new Map()): Item[] {
  return [...items].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => ({ ...item }));
}

function textOf(value: Value | undefined): string {
  if (value?.S === undefined && value?.B === undefined) return unknown(`a key ${JSON.stringify(value)}`);
  return (value.S === undefined ? Buffer.from(value.B!) : Buffer.from(value.S)).toString('latin1');
}

/** Spreads partitions over segments. */
function numberOf(place: string): number {
  return [...place].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 1_000_003, 0);
}

interface Conditional {
  ConditionExpression?: string | undefined;
  ExpressionAttributeNames?: Record<string, string> | undefined;
  ExpressionAttributeValues?: Item | undefined;
}

/** Throws what DynamoDB throws unless the condition holds for what is stored. */
function demand(
  { ConditionExpression, ExpressionAttributeNames, ExpressionAttributeValues }: Conditional,
  former?: Item,
) {
  if (ConditionExpression === undefined) return;
  const words = ConditionExpression.match(/[#:\w]+|<=|>=|[=(),]/g) ?? [];
  const holds = disjunction(words, {
    of: (name) => former?.[ExpressionAttributeNames?.[name] ?? name],
    given: (name) => ExpressionAttributeValues?.[name] ?? unknown(name),
  });
  if (words.length > 0) unknown(ConditionExpression);
  if (!holds) throw new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {} });
}

interface Reading {
  of: (name: string) => Value | undefined;
  given: (name: string) => Value;
}

/** `a OR b`; takes the words it reads off the list, as the next two. */
function disjunction(words: string[], reading: Reading): boolean {
  let holds = conjunction(words, reading);
  while (words[0] === 'OR') {
    words.shift();
    holds = conjunction(words, reading) || holds;
  }
  return holds;
}

function conjunction(words: string[], reading: Reading): boolean {
  let holds = term(words, reading);
  while (words[0] === 'AND') {
    words.shift();
    holds = term(words, reading) && holds;
  }
  return holds;
}

function term(words: string[], reading: Reading): boolean {
  const first = words.shift() ?? unknown('the end of a condition');
  if (first === '(') {
    const holds = disjunction(words, reading);
    words.shift();
    return holds;
  }
  if (/^attribute_(not_)?exists$/.test(first)) {
    const [, name = ''] = words.splice(0, 3);
    return (reading.of(name) !== undefined) === (first === 'attribute_exists');
  }
  const stored = reading.of(first);
  const comparison = words.shift();
  const given: Value[] = [];
  if (comparison === 'IN') {
    while (words.shift() !== ')') given.push(reading.given(words.shift()!));
    return stored !== undefined && given.some((value) => textOf(value) === textOf(stored));
  }
  const value = textOf(reading.given(words.shift() ?? ''));
  if (stored === undefined) return false;
  if (comparison === '=') return textOf(stored) === value;
  if (comparison === '<=') return textOf(stored) <= value;
  if (comparison === '>=') return textOf(stored) >= value;
  return unknown(`the comparison ${comparison}`);
}
