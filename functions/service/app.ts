import { type Context, Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { secureHeaders } from 'hono/secure-headers';
import { Lang } from '#contracts/text';
import { NO_ASSETS } from '#web/site-assets.ts';
import { embedPath } from '#web/site-map.ts';
import { allReleasesRoutes } from '../api/all-releases.ts';
import { associationRoutes } from '../api/associations.ts';
import { campaignRoutes } from '../api/campaigns.ts';
import { changeRoutes } from '../api/changes.ts';
import { fieldComparisonRoutes } from '../api/field-comparison.ts';
import { figureRoutes } from '../api/figures.ts';
import { fileRoutes } from '../api/files.ts';
import { instrumentRoutes } from '../api/instruments.ts';
import { overviewRoutes } from '../api/overview.ts';
import { pageRoutes } from '../api/pages.tsx';
import { receiptRoutes } from '../api/receipts.ts';
import { releaseRoutes } from '../api/releases.ts';
import { serviceRoutes } from '../api/service.ts';
import { standingRoutes } from '../api/standing.ts';
import { submissionRoutes } from '../api/submissions.ts';
import type { ApiDependencies } from '../http/dependencies.ts';
import { problem, problemResponse } from '../http/problem.ts';
import { type ApiEnv, requestLog } from '../http/request-log.ts';
import { throttle } from '../http/throttle.ts';
import { faultResponse, isForPeople } from '../site/fault-response.tsx';
import { siteRoutes } from '../site/site.tsx';
import { rememberedReleases } from './release-cache.ts';

/** The whole api over its dependencies. One file per resource; here they are chained, and errors meet the catalogue. */
export function createApp(given: ApiDependencies) {
  // One memory for all: every resource and page reads the same cells.
  const deps = { ...given, releases: rememberedReleases(given.releases, given.now) };
  const { assets = NO_ASSETS } = deps;
  const app = new Hono<ApiEnv>();
  app.use(requestLog(deps));
  app.use((c, next) => (isForFrames(c.req.path) ? FRAME_HEADERS : SECURITY_HEADERS)(c, next));
  app.use(async (c, next) => {
    await next();
    if (new URL(c.req.url).protocol === 'https:') c.header('Strict-Transport-Security', 'max-age=31536000');
  });
  app.use(throttle(deps));
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (c, methods) => {
        const allowed = methods.join(', ');
        return problemResponse(c, problem('method-not-allowed', { allowed }, { headers: { Allow: allowed } }), '');
      },
    }),
  );
  const tell = (c: Context<ApiEnv>, error: unknown) =>
    isForPeople(c) ? faultResponse(c, error, assets) : problemResponse(c, error, c.get('requestId'));
  app.notFound((c) => tell(c, problem('not-found')));
  app.onError((error, c) => tell(c, error));

  return app
    .route('/', serviceRoutes(deps))
    .route('/', receiptRoutes(deps))
    .route('/', submissionRoutes(deps))
    .route('/', instrumentRoutes(deps))
    .route('/', releaseRoutes(deps))
    .route('/', figureRoutes(deps))
    .route('/', overviewRoutes(deps))
    .route('/', standingRoutes(deps))
    .route('/', associationRoutes(deps))
    .route('/', campaignRoutes(deps))
    .route('/', changeRoutes(deps))
    .route('/', fieldComparisonRoutes(deps))
    .route('/', fileRoutes(deps))
    .route('/', allReleasesRoutes(deps))
    .route('/', pageRoutes(deps))
    .route('/', siteRoutes(deps));
}

const STRICT = {
  overwrite: false,
  strictTransportSecurity: false,
  referrerPolicy: 'no-referrer',
  xXssProtection: false,
  permissionsPolicy: { camera: [], geolocation: [], microphone: [] },
} satisfies Parameters<typeof secureHeaders>[0];

/**
 * Scripts and styles come from the service alone; no eval, no frames. Other sites' pages cannot read answers, but for those
 * that `openToOtherSites` names. A handler that sets a stricter or wider header of its own keeps it.
 */
const SECURITY_HEADERS = secureHeaders({
  ...STRICT,
  xFrameOptions: 'DENY',
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
});

/** The one page that other sites may show in a frame: a picture with its style, no script, nothing to send. */
const FRAME_HEADERS = secureHeaders({
  ...STRICT,
  xFrameOptions: false,
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ['*'],
  },
});

const isForFrames = (path: string) => Lang.options.some((lang) => path === embedPath(lang));
