import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Stage } from './configuration.ts';

/** A service of AWS at work for this account alone: what others have set up in theirs cannot make it act here. */
export const ownService = (service: string, { account }: Stage) =>
  new ServicePrincipal(`${service}.amazonaws.com`, { conditions: { StringEquals: { 'aws:SourceAccount': account } } });
