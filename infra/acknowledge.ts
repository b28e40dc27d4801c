import { Validations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** Says of findings of cdk-nag why they stand: rule -> reason. */
export function acknowledge(construct: Construct, findings: Record<string, string>): void {
  for (const [id, reason] of Object.entries(findings)) Validations.of(construct).acknowledge({ id, reason });
}
