import { CAMPAIGNS, type TableNames } from '#store/tables';

/** The functions that `npm run build` makes. */
export type FunctionName = 'api' | 'publish';

/**
 * Everything a function may do to a table, and nothing else: each line is one statement of its role, on the table alone
 * and never on an index, a stream or an export of it. Permission goes with purpose, so CDK's `grantRead...` shorthands,
 * which allow more than their name says, are not used (test/infra/grants.test.ts).
 */
export const TABLE_GRANTS: Record<keyof TableNames, Partial<Record<FunctionName, TableAction[]>>> = {
  // Get one, put one, list one organisation's. Nobody may delete; only publishing may read across organisations.
  submissions: { api: ['GetItem', 'PutItem', 'Query'], publish: ['Scan'] },
  // What abandoned attempts wrote is found by a query of their own partition, and deleted.
  releases: { api: ['GetItem'], publish: ['GetItem', 'PutItem', 'Query', 'DeleteItem'] },
  registry: { api: ['GetItem'], publish: ['Query'] },
  // Making and redeeming a code are one conditional update each; nobody can list them.
  invitations: { api: ['UpdateItem'] },
};

/**
 * What the api may write into the registry where associations run their campaigns themselves, and nothing else there: items
 * under this one partition key.
 */
export const CAMPAIGN_GRANT = { actions: ['PutItem'], partition: CAMPAIGNS } as const;

type TableAction = 'GetItem' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'Query' | 'Scan';

/** What a function may do to the files. Paths as in `FileStore`. */
export const FILE_GRANTS: Record<FunctionName, { actions: FileAction[]; paths: string }[]> = {
  api: [{ actions: ['GetObject'], paths: 'releases/*' }],
  publish: [{ actions: ['GetObject', 'PutObject', 'DeleteObject'], paths: 'releases/*' }],
};

/**
 * What publishing may do to parts, where segments are read apart, beside listing their names, so that none is left behind;
 * nobody else may do anything to them.
 */
export const PART_ACTIONS: FileAction[] = ['GetObject', 'PutObject', 'DeleteObject'];

type FileAction = 'GetObject' | 'PutObject' | 'DeleteObject';

/** Functions that may list the names of files: without it S3 calls what is missing forbidden. */
export const MAY_LIST_FILES: FunctionName[] = ['publish'];

/**
 * What working with the tables and files asks of their key, on behalf of these two services only. A table's own key is made
 * once, with the table; whoever reads or writes items has it decrypted. A file that is written asks for a new key.
 */
export const KEY_ACTIONS: Record<FunctionName, string[]> = {
  api: ['Decrypt', 'DescribeKey'],
  publish: ['Decrypt', 'DescribeKey', 'GenerateDataKey'],
};
