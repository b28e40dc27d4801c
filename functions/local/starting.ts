import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { problem, problemResponse } from '../http/problem.ts';
import { isForPeople } from '../site/fault-response.tsx';

/** Seconds between two looks at a service that is starting. */
const RETRY_SECONDS = 2;

/**
 * Answers every request until the service is ready, with 503 and Retry-After: for people a page in both languages that
 * reloads itself without a script, for programs a problem document.
 */
export const starting = new Hono()
  .use(
    secureHeaders({
      strictTransportSecurity: false,
      referrerPolicy: 'no-referrer',
      xFrameOptions: 'DENY',
      xXssProtection: false,
    }),
  )
  .all('*', (c) => {
    const retry = { 'Retry-After': String(RETRY_SECONDS) };
    if (!isForPeople(c)) return problemResponse(c, problem('unavailable', {}, { headers: retry }), '');
    return c.body(PAGE, 503, {
      ...retry,
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Language': 'de, en',
      'Content-Security-Policy': POLICY,
      'Cache-Control': 'no-store',
    });
  });

const STYLE = `:root{color-scheme:light dark}
body{margin:0;display:grid;min-height:100vh;place-content:center;padding:1rem;
font:1.125rem/1.6 system-ui,sans-serif;color:#16202b;background:#f6f4ee}
main{max-width:34rem}h1,h2{font-size:1.75rem;line-height:1.2;margin:0 0 .5rem}p{margin:0 0 2rem}
@media(prefers-color-scheme:dark){body{color:#eceff2;background:#14181d}}`;

/** Nothing is loaded, and of styles this one alone. */
const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** What takes the time is not named: with data at hand, the demo is not made. */
const PAGE = `<!doctype html>
<html lang="de">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="${RETRY_SECONDS}">
<title>Sektorspiegel startet gerade · Sektorspiegel is starting</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Sektorspiegel startet gerade</h1>
<p>Das dauert beim ersten Mal einige Sekunden. Diese Seite lädt sich von selbst neu, bis der Dienst bereit ist.</p>
<div lang="en">
<h2>Sektorspiegel is starting</h2>
<p>The first time this takes some seconds. This page reloads by itself until the service is ready.</p>
</div>
</main>
</body>
</html>
`;
