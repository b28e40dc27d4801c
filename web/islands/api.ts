import { hc } from 'hono/client';
import type { Api } from '#functions/service/app';

/** The api as the site's own server serves it: paths, bodies and answers are typed by its routes. */
export const api = hc<Api>('/');
