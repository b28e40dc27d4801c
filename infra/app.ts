import { BUNDLES, deployment } from './deployment.ts';

/** What `cdk` runs, after `npm run build`. */
deployment(BUNDLES).synth();
