import { CfnOutput, Duration, Lazy, Stack, type StackProps } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  type BehaviorOptions,
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  HttpVersion,
  OriginRequestPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import type { Stage } from './configuration.ts';
import { privateBucket } from './private-bucket.ts';
import type { ServiceStack } from './service-stack.ts';

/** Parameters that change what a public address shows; all others are neither kept apart nor passed on. */
export const CACHED_PARAMETERS = [
  'instrument',
  'group',
  'with',
  'unitType',
  'dimension',
  'lang',
  'view',
  'layout',
  'theme',
  'setting',
];

/**
 * Addresses that show everyone the same. They are cached as long as their `Cache-Control` says, and `Authorization`
 * never reaches the api through them. Whatever is not listed is passed through and never cached.
 */
export const CACHED_PATHS = [
  ...['/v1/instruments*', '/v1/releases*', '/v1/figures*', '/v1/overview*', '/v1/openapi.json'],
  ...['/docs/*', '/problems*', '/de/*', '/en/*', '/embed/*'],
];

/** Files of the site, named by their content; uploaded as docs/deploy.md says, and never removed. */
export const HASHED_ASSETS = '/assets/*';
/** Files of the site at fixed addresses. */
export const ICONS = ['/icon.svg', '/apple-touch-icon.png', '/preview-de.png', '/preview-en.png'];

/** One domain for the site, its assets, the files and the api: CloudFront before the gateway and a private bucket. */
export class WebStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    props: StackProps & { stage: Stage; service: ServiceStack; webAclArn: string },
  ) {
    super(scope, id, props);
    const { stage, service, webAclArn } = props;
    // CDK's own types disagree under exactOptionalPropertyTypes.
    const assets: IBucket = privateBucket(this, stage, 'assets') as IBucket;

    const { certificateArn, serviceUrl } = stage;
    const domain =
      certificateArn && serviceUrl
        ? {
            domainNames: [new URL(serviceUrl).hostname],
            // CDK by itself takes a certificate in us-east-1 alone; where it must be, readStage has checked.
            certificate: Certificate.fromCertificateArn(
              this,
              'Certificate',
              Lazy.string({ produce: () => certificateArn }),
            ),
            minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
          }
        : {};
    const origin = new HttpOrigin(service.origin.domainName, {
      ...(service.origin.originPath ? { originPath: service.origin.originPath } : {}),
      customHeaders: { 'x-origin-secret': service.originSecret.secretValue.unsafeUnwrap() },
      readTimeout: Duration.seconds(30),
    });
    const throughApi: BehaviorOptions = {
      origin,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      compress: true,
    };
    const cached: BehaviorOptions = {
      ...throughApi,
      cachePolicy: this.#publicAnswers(stage),
      originRequestPolicy: this.#nothingMore(stage),
    };
    const bucket = S3BucketOrigin.withOriginAccessControl(assets);
    const fromBucket = (name: string, cacheControl: string): BehaviorOptions => ({
      origin: bucket,
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      cachePolicy: CachePolicy.CACHING_OPTIMIZED,
      responseHeadersPolicy: this.#assetHeaders(stage, name, cacheControl),
      compress: true,
    });
    const icon = fromBucket('icons', 'public, max-age=86400');
    const distribution = new Distribution(this, 'Distribution', {
      ...domain,
      comment: stage.prefix,
      defaultBehavior: throughApi,
      additionalBehaviors: {
        ...Object.fromEntries(CACHED_PATHS.map((path) => [path, cached])),
        [HASHED_ASSETS]: fromBucket('assets', 'public, max-age=31536000, immutable'),
        ...Object.fromEntries(ICONS.map((path) => [path, icon])),
      },
      webAclId: webAclArn,
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      enableLogging: false,
    });
    acknowledge(distribution, {
      'AwsSolutions-CFR1': 'Figures are for everybody; no country is kept out.',
      'AwsSolutions-CFR3': 'An access log would keep the addresses and browsers of readers; none is kept.',
      ...(certificateArn
        ? {}
        : {
            'AwsSolutions-CFR4':
              "Without a domain of its own it has CloudFront's certificate, which fixes the protocol.",
          }),
    });
    new CfnOutput(this, 'Address', { value: serviceUrl ?? `https://${distribution.distributionDomainName}` });
  }

  #publicAnswers(stage: Stage): CachePolicy {
    return new CachePolicy(this, 'PublicAnswers', {
      cachePolicyName: `${stage.prefix}-public`,
      comment: 'What everyone sees alike, for as long as its Cache-Control says',
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.days(365),
      queryStringBehavior: CacheQueryStringBehavior.allowList(...CACHED_PARAMETERS),
      headerBehavior: CacheHeaderBehavior.none(),
      cookieBehavior: CacheCookieBehavior.none(),
      enableAcceptEncodingGzip: true,
      enableAcceptEncodingBrotli: true,
    });
  }

  /** Beyond the cache key nothing of the reader reaches the api: no header, no cookie. */
  #nothingMore(stage: Stage): OriginRequestPolicy {
    return new OriginRequestPolicy(this, 'NothingMore', {
      originRequestPolicyName: `${stage.prefix}-public`,
      comment: 'Nothing beside the cache key',
    });
  }

  /** The api sets its own headers; files of the bucket have theirs from here. */
  #assetHeaders(stage: Stage, name: string, cacheControl: string): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, `headers-${name}`, {
      responseHeadersPolicyName: `${stage.prefix}-${name}`,
      securityHeadersBehavior: {
        contentTypeOptions: { override: true },
        strictTransportSecurity: { accessControlMaxAge: Duration.days(365), override: true },
        contentSecurityPolicy: { contentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'", override: true },
      },
      customHeadersBehavior: {
        customHeaders: [{ header: 'Cache-Control', value: cacheControl, override: true }],
      },
    });
  }
}
