import { handle } from 'hono/aws-lambda';
import { createApp } from './app.ts';
import { dependenciesFrom, parseApiEnvironment } from './environment.ts';

/** The api on AWS Lambda behind an HTTP API. */
export const handler = handle(createApp(await dependenciesFrom(parseApiEnvironment(process.env))));
