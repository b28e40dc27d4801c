/**
 * Breaks a text into lines that fit a width, by an estimate that is safe for the sans-serif fonts a reader may have. The
 * same lines come out on every machine, since nothing is measured. A word longer than a line stands alone on it.
 *
 * @param width pixels
 * @param size font size, pixels
 */
export function textLines(text: string, width: number, size: number, isBold = false): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && textWidth(longer, size, isBold) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return line === '' ? lines : [...lines, line];
}

/** Estimated width of one line, pixels. A little wide on purpose. */
export function textWidth(text: string, size: number, isBold = false): number {
  let ems = 0;
  for (const symbol of text) {
    if ("iljtfI.,:;|!()'’ ".includes(symbol)) ems += 0.35;
    else if ('mwMWÄ%@'.includes(symbol)) ems += 0.9;
    else if (symbol >= 'A' && symbol <= 'Z') ems += 0.7;
    else ems += 0.6;
  }
  return ems * size * (isBold ? 1.15 : 1);
}
