import { inject } from 'vitest';
import { pause } from '../local/server-process.ts';

/** Before each file: the services may still be starting, while tests of the program run. */
for (const url of [inject('demoUrl'), inject('emptyUrl')]) {
  const isReady = () =>
    fetch(`${url}readyz`).then(
      ({ status }) => status === 200,
      () => false,
    );
  const patience = AbortSignal.timeout(180_000);
  while (!(await isReady())) {
    patience.throwIfAborted();
    await pause(100);
  }
}
