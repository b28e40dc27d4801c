import { Stack, type StackProps } from 'aws-cdk-lib';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { Stage } from './configuration.ts';

/**
 * The firewall in front of CloudFront, which AWS keeps in one region for all. It limits how fast one address may ask; it keeps no
 * log and no samples of requests, since both would hold addresses.
 */
export class EdgeStack extends Stack {
  readonly webAclArn: string;

  constructor(scope: Construct, id: string, props: StackProps & { stage: Stage }) {
    super(scope, id, props);
    const { prefix } = props.stage;
    const visible = (name: string) => ({
      cloudWatchMetricsEnabled: true,
      metricName: `${prefix}-${name}`,
      sampledRequestsEnabled: false,
    });
    const rate = (name: string, priority: number, limit: number, scopeDown?: CfnWebACL.StatementProperty) => ({
      name,
      priority,
      action: { block: { customResponse: { responseCode: 429 } } },
      visibilityConfig: visible(name),
      statement: {
        rateBasedStatement: {
          limit,
          aggregateKeyType: 'IP',
          evaluationWindowSec: 300,
          ...(scopeDown ? { scopeDownStatement: scopeDown } : {}),
        },
      },
    });
    const acl = new CfnWebACL(this, 'WebAcl', {
      name: prefix,
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      visibilityConfig: visible('all'),
      rules: [
        // An association's office imports hundreds of checks from one address, so the limit is generous.
        rate('writes', 0, 600, {
          notStatement: {
            statement: {
              byteMatchStatement: {
                fieldToMatch: { method: {} },
                searchString: 'GET',
                positionalConstraint: 'EXACTLY',
                textTransformations: [{ priority: 0, type: 'NONE' }],
              },
            },
          },
        }),
        rate('requests', 1, 3_000),
      ],
    });
    this.webAclArn = acl.attrArn;
  }
}
