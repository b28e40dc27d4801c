import * as z from 'zod';
import { serviceOrigin } from '#contracts/service-address';

/** The account that stands in `cdk.json` until yours does; good for a template, refused by `npm run deploy:check`. */
export const EXAMPLE_ACCOUNT = '000000000000';

const CERTIFICATE = /^arn:aws(?:-eusc)?:acm:([a-z0-9-]+):\d{12}:certificate\/[0-9a-f-]+$/;

/** A stage's settings in `cdk.json`, under `context.stages`. */
export const StageConfiguration = z.strictObject({
  account: z.string().regex(/^\d{12}$/, 'must be the 12 digits of an AWS account'),
  region: z.string().regex(/^[a-z]{2,4}(-[a-z]+)+-\d$/, 'must be a region such as eu-central-1'),
  /** Who gets the alarms and the budget's e-mail. */
  alertEmail: z.email(),
  monthlyBudgetUsd: z.number().positive(),
  publisherName: z.string().min(1),
  publisherEmail: z.email().optional(),
  /** Whom the imprint names: fields as in packages/contracts/operator.ts. The api refuses to start with others. */
  operator: z
    .looseObject({ name: z.string().min(1), address: z.array(z.string().min(1)).min(1), email: z.email() })
    .optional(),
  /** Address under which people reach the service; with `certificateArn` also its own domain. */
  serviceUrl: z
    .url({ protocol: /^https$/ })
    .refine((url) => serviceOrigin(url), 'must have no path')
    .optional(),
  certificateArn: z.string().regex(CERTIFICATE, 'must be the ARN of a certificate').optional(),
  /** When which check is published; an EventBridge Scheduler expression, in Berlin's time. */
  releases: z.array(z.strictObject({ instrument: z.string().min(1), schedule: z.string().regex(/^cron\(.+\)$/) })),
  /** Values of the disclosure policy that are stricter than its floor. */
  disclosurePolicy: z.record(z.string(), z.number()).default({}),
  /** Partners whose tools send for others: see docs/import.md. */
  partnerSources: z
    .array(
      z.strictObject({
        id: z.string(),
        keyHash: z.string().regex(/^[0-9a-f]{64}$/),
        isTrusted: z.boolean(),
        perMinute: z.int().min(1).optional(),
      }),
    )
    .default([]),
  /** Whether a submission costs its sender a little work (docs/api.md). */
  proofOfWork: z.boolean().default(false),
  /** Who runs the campaigns of associations: they themselves, with their keys, or the operator alone. */
  campaignsBy: z.enum(['association', 'operator']).default('association'),
  /** Segments that are folded apart, for a sector too large for one function (docs/deploy.md); by default none are. */
  foldSegments: z.int().min(2).max(500).optional(),
  /**
   * Simultaneous requests the api may serve; others are asked to try again. Absent: nothing is set aside and the account's own
   * limit holds, which is 10 in a new account, where AWS lets nobody set any aside.
   */
  apiConcurrency: z.int().min(1).optional(),
  /** What stands before the api: an HTTP API, or a REST API where the region has no other. */
  gateway: z.enum(['http', 'rest']).default('http'),
});
export type StageConfiguration = z.infer<typeof StageConfiguration>;

/** A stage by name, with what belongs to it. */
export interface Stage extends StageConfiguration {
  name: string;
  /** Beginning of the names of its tables. */
  prefix: string;
  /** Which of AWS's clouds its region belongs to; every ARN begins with it. */
  partition: 'aws' | 'aws-eusc';
  /** Where that cloud keeps what is the same everywhere: the firewall and the certificate of CloudFront. */
  globalRegion: string;
}

/** What is wrong with the context, one sentence a fault. */
export class ConfigurationFault extends Error {
  override name = 'ConfigurationFault';
}

/**
 * Reads a stage from the `stages` of the CDK context.
 *
 * @throws ConfigurationFault that names the stage, or every field that is wrong
 */
export function readStage(stages: unknown, name: unknown): Stage {
  const known = z.record(z.string(), z.unknown()).safeParse(stages);
  if (!known.success) throw new ConfigurationFault('cdk.json has no "stages" in its context.');
  const names = Object.keys(known.data).join(', ');
  if (typeof name !== 'string' || !Object.hasOwn(known.data, name))
    throw new ConfigurationFault(
      `There is no stage "${String(name)}"; cdk.json has ${names}. Choose with -c stage=NAME.`,
    );
  if (!/^[a-z][a-z0-9]{1,11}$/.test(name))
    throw new ConfigurationFault(`A stage is 2 to 12 lower-case letters and digits, unlike "${name}".`);
  const parsed = StageConfiguration.safeParse(known.data[name]);
  if (parsed.success) {
    const { region, certificateArn } = parsed.data;
    const cloud = cloudOf(region);
    if (certificateArn && CERTIFICATE.exec(certificateArn)?.[1] !== cloud.globalRegion)
      throw new ConfigurationFault(
        `stages.${name}.certificateArn: must be a certificate in ${cloud.globalRegion}, where CloudFront looks for it`,
      );
    return { ...parsed.data, ...cloud, name, prefix: `sektorspiegel-${name}` };
  }
  const faults = parsed.error.issues.map(({ path, message }) => `stages.${name}.${path.join('.')}: ${message}`);
  throw new ConfigurationFault(`${faults.join('\n')}`);
}

/** The European Sovereign Cloud is apart from all other regions, down to the beginning of its ARNs. */
function cloudOf(region: string): Pick<Stage, 'partition' | 'globalRegion'> {
  return region.startsWith('eusc-')
    ? { partition: 'aws-eusc', globalRegion: region }
    : { partition: 'aws', globalRegion: 'us-east-1' };
}
