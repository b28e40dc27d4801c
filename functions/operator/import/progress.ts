import { SingleBar } from 'cli-progress';
import type { Lang } from '#contracts/text';

export interface Progress {
  step(): void;
  end(): void;
}

const WORDS: Record<
  Lang,
  { bar: string; line: (done: number, total: number, left: string) => string; units: string[] }
> = {
  de: {
    bar: 'Senden [{bar}] {percentage} % | {value} von {total} | noch {eta_formatted}',
    line: (done, total, left) => `${done} von ${total} Zeilen gesendet${left === '' ? '' : `, noch etwa ${left}`}`,
    units: ['Sekunden', 'Minuten', 'Stunden'],
  },
  en: {
    bar: 'Sending [{bar}] {percentage} % | {value} of {total} | {eta_formatted} left',
    line: (done, total, left) => `${done} of ${total} rows sent${left === '' ? '' : `, about ${left} left`}`,
    units: ['seconds', 'minutes', 'hours'],
  },
};

/** In a log: a line at every tenth of the way, and at least every so often. */
const LINE_AFTER_MS = 60_000;

/**
 * How far the sending is and how long it will take: a bar on a terminal; elsewhere (a log, a pipe) plain lines.
 *
 * @param already rows of a former run
 */
export function showProgress(
  { total, already, lang }: { total: number; already: number; lang: Lang },
  stream: NodeJS.WritableStream & { isTTY?: boolean },
): Progress {
  const words = WORDS[lang];
  if (stream.isTTY) {
    const options = {
      format: words.bar,
      barCompleteChar: '=',
      barIncompleteChar: ' ',
      hideCursor: true,
      etaBuffer: 500,
    };
    const bar = new SingleBar({ ...options, stream });
    bar.start(total, already);
    return { step: () => bar.increment(), end: () => bar.stop() };
  }
  let done = already;
  const startedAt = performance.now();
  let saidAt = startedAt;
  return {
    step() {
      done++;
      const now = performance.now();
      const isTenth = Math.floor((done * 10) / total) > Math.floor(((done - 1) * 10) / total);
      if (!isTenth && now - saidAt < LINE_AFTER_MS) return;
      saidAt = now;
      const leftMs = ((now - startedAt) / (done - already)) * (total - done);
      stream.write(`${words.line(done, total, duration(leftMs, words.units))}\n`);
    },
    end() {},
  };
}

/** `3 minutes`; nothing for less than two seconds. */
function duration(ms: number, [seconds, minutes, hours]: string[]): string {
  if (ms < 2_000) return '';
  if (ms < 120_000) return `${Math.round(ms / 1000)} ${seconds}`;
  return ms < 7_200_000 ? `${Math.round(ms / 60_000)} ${minutes}` : `${Math.round(ms / 3_600_000)} ${hours}`;
}
