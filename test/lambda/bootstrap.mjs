import { pathToFileURL } from 'node:url';

/**
 * What Lambda's Node runtime does inside the process, over the public Runtime API (version 2018-06-01): load the
 * handler named by `_HANDLER` from `LAMBDA_TASK_ROOT`, then ask for events one after the other.
 */
const { AWS_LAMBDA_RUNTIME_API, LAMBDA_TASK_ROOT, _HANDLER } = process.env;
const api = `http://${AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`;
const [file, name] = _HANDLER.split('.');

const post = (path, body) => fetch(`${api}/${path}`, { method: 'POST', body: JSON.stringify(body) });
const report = (error) => ({ errorType: error?.name ?? 'Error', errorMessage: String(error?.message ?? error) });

let handler;
try {
  // biome-ignore lint/plugin: Lambda names the handler at run time
  ({ [name]: handler } = await import(pathToFileURL(`${LAMBDA_TASK_ROOT}/${file}.mjs`).href));
  if (typeof handler !== 'function') throw new Error(`${_HANDLER} is no function`);
} catch (error) {
  await post('init/error', report(error));
  process.exit(1);
}

for (;;) {
  const next = await fetch(`${api}/invocation/next`);
  const awsRequestId = next.headers.get('lambda-runtime-aws-request-id');
  const deadlineMs = Number(next.headers.get('lambda-runtime-deadline-ms'));
  const context = { awsRequestId, getRemainingTimeInMillis: () => deadlineMs - Date.now() };
  try {
    const answer = await handler(await next.json(), context);
    await post(`invocation/${awsRequestId}/response`, answer ?? null);
  } catch (error) {
    await post(`invocation/${awsRequestId}/error`, report(error));
  }
}
