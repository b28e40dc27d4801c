import type { Invocation, Lambda } from './lambda.ts';

/** An answer as bytes, with the headers a client sees. */
export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

export interface HttpCall {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

const HOST = 'spiegel.example';

/** The event that an HTTP API sends for a call, payload format 2.0; bodies always as base64, which it may choose. */
export function eventOf({ method, path, headers = {}, body }: HttpCall): Record<string, unknown> {
  const { pathname, search, searchParams } = new URL(path, `https://${HOST}`);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: decodeURI(pathname),
    rawQueryString: search.slice(1),
    headers: { host: HOST, ...Object.fromEntries(Object.entries(headers).map(([n, v]) => [n.toLowerCase(), v])) },
    ...(search ? { queryStringParameters: Object.fromEntries(searchParams) } : {}),
    requestContext: {
      accountId: '111111111111',
      apiId: 'api',
      domainName: HOST,
      domainPrefix: 'spiegel',
      http: { method, path: pathname, protocol: 'HTTP/1.1', sourceIp: '192.0.2.77', userAgent: 'a-browser/1' },
      requestId: 'gateway-request',
      routeKey: '$default',
      stage: '$default',
      time: '01/Jul/2026:08:00:00 +0000',
      timeEpoch: 1782892800000,
    },
    ...(body === undefined
      ? { isBase64Encoded: false }
      : { body: Buffer.from(body).toString('base64'), isBase64Encoded: true }),
  };
}

interface ProxyResult {
  statusCode: number;
  headers?: Record<string, string>;
  cookies?: string[];
  body?: string;
  isBase64Encoded?: boolean;
}

/** Calls a function through the HTTP API. A failed or timed out invocation is what the HTTP API makes of it: 500, 503. */
export async function callThroughHttpApi(fn: Lambda, call: HttpCall): Promise<HttpAnswer> {
  const invocation: Invocation = await fn.invoke(eventOf(call));
  if (invocation.state === 'timed-out') return bare(503, 'Service Unavailable');
  if (invocation.state === 'failed') return bare(500, 'Internal Server Error');
  const { statusCode, headers = {}, body = '', isBase64Encoded = false } = invocation.payload as ProxyResult;
  return { status: statusCode, headers, body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8') };
}

function bare(status: number, message: string): HttpAnswer {
  return { status, headers: {}, body: Buffer.from(JSON.stringify({ message })) };
}
