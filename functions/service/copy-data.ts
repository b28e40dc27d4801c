import { DynamoDBClient, PutItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { CLIENT_LIMITS } from '#store/client-limits';
import { tableDefinitions, tableNames } from '#store/tables';
import { filesAt } from './files-at.ts';
import type { ServerEnvironment } from './server-environment.ts';

/** What was copied, by table, and the files. */
export type Copied = Record<string, number>;

/**
 * Copies all tables and files of a service to another one's: from a server to AWS, back, or from engine to engine. Items go
 * over byte for byte, so releases, receipts and join codes stay what they are. Nobody may write to either meanwhile.
 *
 * @throws Error where the target holds anything: two services are never mixed
 */
export async function copyData(from: ServerEnvironment, to: ServerEnvironment): Promise<Copied> {
  const copied: Copied = {};
  const [source, target] = [clientOf(from), clientOf(to)];
  try {
    const targets = tableDefinitions(tableNames(to.TABLE_PREFIX));
    for (const { name } of targets)
      for await (const { Count } of paginateScan({ client: target, pageSize: 1 }, { TableName: name, Limit: 1 }))
        if (Count) throw new Error(`The table ${name} of the target is not empty; nothing was copied.`);
    for (const [place, { name }] of tableDefinitions(tableNames(from.TABLE_PREFIX)).entries()) {
      copied[name] = 0;
      for await (const { Items = [] } of paginateScan({ client: source }, { TableName: name, ConsistentRead: true })) {
        await Promise.all(
          Items.map((Item) => target.send(new PutItemCommand({ TableName: targets[place]!.name, Item }))),
        );
        copied[name] += Items.length;
      }
    }
  } finally {
    source.destroy();
    target.destroy();
  }
  const [files, others] = [from, to].map((place) => filesAt(place, { mayList: true })) as [Files, Files];
  const paths = await files.list('releases/');
  for (const path of paths) await others.put(path, (await files.get(path))!);
  return { ...copied, files: paths.length };
}

type Files = ReturnType<typeof filesAt>;

/** A client with the user that the settings name. */
export function clientOf({
  DYNAMODB_ENDPOINT: endpoint,
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
}: ServerEnvironment): DynamoDBClient {
  return new DynamoDBClient({ ...CLIENT_LIMITS, endpoint, region, credentials: { accessKeyId, secretAccessKey } });
}
