import { createHash, timingSafeEqual } from 'node:crypto';
import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda';
import { dependenciesFrom, parseApiEnvironment } from './api-environment.ts';
import { createApp } from './app.ts';

const environment = parseApiEnvironment(process.env);
const answer = handle(createApp(await dependenciesFrom(environment)));

/**
 * The api on AWS Lambda behind an HTTP API. With ORIGIN_SECRET only the own CloudFront is answered, so that nobody goes
 * around its limits.
 */
export async function handler(event: LambdaEvent, context: LambdaContext): Promise<unknown> {
  const { ORIGIN_SECRET: secret } = environment;
  if (secret !== undefined && !isSame(event.headers?.['x-origin-secret'], secret)) return { statusCode: 403 };
  return answer(event, context);
}

/** Compares digests, so that neither length nor beginning of the secret can be told from the time it takes. */
function isSame(given: string | string[] | undefined, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(String(given)), digest(secret));
}
