import { fileURLToPath } from 'node:url';
import { App, type AppProps, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { readStage } from './configuration.ts';
import { DataStack } from './data-stack.ts';
import { EdgeStack } from './edge-stack.ts';
import type { FunctionName } from './grants.ts';
import { ServiceStack } from './service-stack.ts';
import { WebStack } from './web-stack.ts';

/** The folders that `npm run build` makes. */
export type Bundles = Record<FunctionName, string>;

const inRepository = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));

export const BUNDLES: Bundles = { api: inRepository('dist/api'), publish: inRepository('dist/publish') };

/** The four stacks of the stage that the context names. Throws a ConfigurationFault. */
export function deployment(bundles: Bundles, props?: AppProps): App {
  const app = new App(props);
  const stage = readStage(app.node.tryGetContext('stages'), app.node.tryGetContext('stage') ?? 'dev');
  const env = { account: stage.account, region: stage.region };
  const name = (part: string) => `Sektorspiegel-${stage.name}-${part}`;
  const data = new DataStack(app, name('Data'), { env, stage });
  const service = new ServiceStack(app, name('Service'), { env, stage, data, bundles });
  const edge = new EdgeStack(app, name('Edge'), {
    env: { ...env, region: stage.globalRegion },
    stage,
    crossRegionReferences: true,
  });
  new WebStack(app, name('Web'), {
    env,
    stage,
    service,
    webAclArn: edge.webAclArn,
    crossRegionReferences: true,
  });
  Tags.of(app).add('service', 'sektorspiegel');
  Tags.of(app).add('stage', stage.name);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { verbose: true }));
  return app;
}
