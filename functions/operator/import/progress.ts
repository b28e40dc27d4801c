import { SingleBar } from 'cli-progress';

export interface Progress {
  step(): void;
  end(): void;
}

/** A bar on a terminal; elsewhere (a log, a pipe) a plain line at every tenth of the way. */
export function showProgress(total: number, stream: NodeJS.WritableStream & { isTTY?: boolean }): Progress {
  if (stream.isTTY) {
    const bar = new SingleBar({
      format: 'Sending [{bar}] {percentage} % | {value} of {total} | {eta_formatted} left',
      barCompleteChar: '=',
      barIncompleteChar: ' ',
      hideCursor: true,
      etaBuffer: 50,
      stream,
    });
    bar.start(total, 0);
    return { step: () => bar.increment(), end: () => bar.stop() };
  }
  let done = 0;
  return {
    step() {
      done++;
      if (Math.floor((done * 10) / total) > Math.floor(((done - 1) * 10) / total))
        stream.write(`${done} of ${total} rows sent\n`);
    },
    end() {},
  };
}
