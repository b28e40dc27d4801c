import { RemovalPolicy } from 'aws-cdk-lib';
import type { Key } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketEncryption, type BucketProps, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { Stage } from './configuration.ts';

/**
 * A bucket that only those named may read. It keeps no former versions and, since that would hold addresses, no access log.
 *
 * @param more `key`: encrypts it; without one S3's own does
 */
export function privateBucket(
  scope: Construct,
  { prefix, account }: Stage,
  name: 'assets' | 'files' | 'parts',
  { key, ...more }: { key?: Key } & Pick<BucketProps, 'removalPolicy' | 'lifecycleRules'> = {},
): Bucket {
  const bucket = new Bucket(scope, `${name[0]!.toUpperCase()}${name.slice(1)}`, {
    bucketName: `${prefix}-${name}-${account}`,
    ...(key
      ? { encryption: BucketEncryption.KMS, encryptionKey: key, bucketKeyEnabled: true }
      : { encryption: BucketEncryption.S3_MANAGED }),
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    versioned: false,
    removalPolicy: RemovalPolicy.DESTROY,
    ...more,
  });
  acknowledge(bucket, { 'AwsSolutions-S1': 'An access log would keep addresses; none is kept.' });
  return bucket;
}
