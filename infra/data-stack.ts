import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { type Attribute, AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Key } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { type KeyAttribute, type TableNames, tableDefinitions, tableNames } from '#store/tables';
import type { Stage } from './configuration.ts';
import { privateBucket } from './private-bucket.ts';

/** How far backups reach back: DynamoDB's longest window. Files have none. */
export const BACKUP_DAYS = 35;

/** What remains when everything else is taken away: the tables of `tableDefinitions`, the files, and their key. */
export class DataStack extends Stack {
  readonly tables: Record<keyof TableNames, Table>;
  readonly files: Bucket;
  readonly key: Key;

  constructor(scope: Construct, id: string, props: StackProps & { stage: Stage }) {
    super(scope, id, { ...props, terminationProtection: true });
    const { stage } = props;
    this.key = new Key(this, 'Key', {
      alias: `alias/${stage.prefix}-data`,
      description: 'Tables and files of the Sektorspiegel. Deleting it makes all of them and their backups unreadable.',
      enableKeyRotation: true,
      pendingWindow: Duration.days(30),
      removalPolicy: RemovalPolicy.RETAIN,
    });

    const names = tableNames(stage.prefix);
    const definitions = tableDefinitions(names);
    this.tables = mapValues(names, (name, table) => {
      const { partitionKey, sortKey, timeToLive } = definitions.find((definition) => definition.name === name)!;
      return new Table(this, capitalised(table), {
        tableName: name,
        partitionKey: attribute(partitionKey),
        ...(sortKey ? { sortKey: attribute(sortKey) } : {}),
        ...(timeToLive ? { timeToLiveAttribute: timeToLive } : {}),
        billingMode: BillingMode.PAY_PER_REQUEST,
        encryption: TableEncryption.CUSTOMER_MANAGED,
        encryptionKey: this.key,
        pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: BACKUP_DAYS },
        deletionProtection: true,
        removalPolicy: RemovalPolicy.RETAIN,
      });
    });

    // No former versions: what an abandoned publication drew must not outlive its removal. Files follow from the cells.
    this.files = privateBucket(this, stage, 'files', {
      key: this.key,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [{ id: 'broken-uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    });
  }
}

const TYPES = { S: AttributeType.STRING, N: AttributeType.NUMBER, B: AttributeType.BINARY };
const attribute = ({ name, type }: KeyAttribute): Attribute => ({ name, type: TYPES[type] });
const capitalised = (word: string): string => word[0]!.toUpperCase() + word.slice(1);

function mapValues<Keys extends string, From, To>(record: Record<Keys, From>, map: (value: From, key: Keys) => To) {
  const entries = Object.entries(record) as [Keys, From][];
  return Object.fromEntries(entries.map(([key, value]) => [key, map(value, key)])) as Record<Keys, To>;
}
