import { Fn, type Stack } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  EndpointType,
  LambdaRestApi,
  LogGroupLogDestination as RestLogDestination,
} from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { type IMetric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { acknowledge } from './acknowledge.ts';
import type { Stage } from './configuration.ts';
import { logOf } from './log-retention.ts';
import { PERIOD } from './watch.ts';

/** What stands between CloudFront and the api function. */
export interface Gateway {
  /** Where CloudFront finds it: a host, and what its paths begin with. */
  origin: { domainName: string; originPath?: string };
  /** Answers of 5xx, also where the function was never reached. */
  faults: IMetric;
}

/** Requests a second that are let through to the function, lasting and for a moment. */
const RATE = { lasting: 500, moment: 1000 };

/** The gateway that the stage chose; both hand every request on as it is and keep the same log. */
export const gatewayTo = (stack: Stack, stage: Stage, api: LambdaFunction): Gateway =>
  stage.gateway === 'rest' ? restGateway(stack, stage, api) : httpGateway(stack, stage, api);

function httpGateway(stack: Stack, stage: Stage, api: LambdaFunction): Gateway {
  const httpApi = new HttpApi(stack, 'HttpApi', {
    apiName: stage.prefix,
    createDefaultStage: false,
    defaultIntegration: new HttpLambdaIntegration('api', api),
  });
  new HttpStage(stack, 'Stage', {
    httpApi,
    stageName: '$default',
    autoDeploy: true,
    throttle: { rateLimit: RATE.lasting, burstLimit: RATE.moment },
    accessLogSettings: {
      destination: new LogGroupLogDestination(logOf(stack, 'gateway-log', stage, 'gateway')),
      format: logFormat({ status: 'integrationStatus', error: 'integrationErrorMessage' }),
    },
  });
  acknowledge(httpApi, { 'AwsSolutions-APIG4': OPEN });
  return {
    origin: { domainName: Fn.select(2, Fn.split('/', httpApi.apiEndpoint)) },
    faults: httpApi.metricServerError({ period: PERIOD, statistic: Stats.SUM }),
  };
}

const REST_STAGE = 'live';

/** For regions without HTTP APIs. It costs three times as much a request and is in nothing better for us. */
function restGateway(stack: Stack, stage: Stage, api: LambdaFunction): Gateway {
  const restApi = new LambdaRestApi(stack, 'RestApi', {
    handler: api,
    restApiName: stage.prefix,
    endpointTypes: [EndpointType.REGIONAL],
    // All bodies pass unchanged: files of a release are bytes, not text.
    binaryMediaTypes: ['*/*'],
    // The account's role for logs is one for all stages, so it outlives this stack.
    cloudWatchRole: true,
    deployOptions: {
      stageName: REST_STAGE,
      dataTraceEnabled: false,
      throttlingRateLimit: RATE.lasting,
      throttlingBurstLimit: RATE.moment,
      accessLogDestination: new RestLogDestination(logOf(stack, 'gateway-log', stage, 'gateway')),
      accessLogFormat: logFormat({ status: 'integration.status', error: 'integration.error' }),
    },
  });
  acknowledge(restApi, {
    'AwsSolutions-APIG2': 'The api checks every request against its contracts, and says what is wrong with it.',
    'AwsSolutions-APIG3': 'The firewall stands before CloudFront, whose secret alone opens the api.',
    'AwsSolutions-APIG4': OPEN,
    'AwsSolutions-APIG6': 'The log of methods would keep parameters; the log of accesses has what is needed.',
    'AwsSolutions-COG4': OPEN,
    'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]':
      'AWS asks for this policy, once for all gateways of an account.',
  });
  return {
    origin: {
      domainName: `${restApi.restApiId}.execute-api.${stack.region}.${stack.urlSuffix}`,
      originPath: `/${REST_STAGE}`,
    },
    faults: restApi.metricServerError({ period: PERIOD, statistic: Stats.SUM }),
  };
}

const OPEN = 'What is private is opened by a receipt, which the api checks; there are no accounts to authorise.';

/** Neither an address nor a user agent, a path or a parameter. The two gateways name what the function said differently. */
const logFormat = ({ status, error }: Record<'status' | 'error', string>): AccessLogFormat =>
  AccessLogFormat.custom(
    JSON.stringify({
      requestId: '$context.requestId',
      method: '$context.httpMethod',
      status: '$context.status',
      integrationStatus: `$context.${status}`,
      integrationError: `$context.${error}`,
      ms: '$context.responseLatency',
    }),
  );
