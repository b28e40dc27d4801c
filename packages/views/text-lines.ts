/**
 * Breaks a text into lines that fit a width, by the widths of Arial and a little more. The same lines come out on every
 * machine, since nothing is measured. A word longer than a line stands alone on it.
 *
 * @param width pixels
 * @param size font size, pixels
 */
export function textLines(text: string, width: number, size: number, isBold = false): string[] {
  const lines: string[] = [];
  let line = '';
  let thousandths = 0;
  for (const word of text.split(' ')) {
    const ofWord = thousandthsOf(word);
    const longer = line === '' ? ofWord : thousandths + SPACE + ofWord;
    if (line !== '' && inPixels(longer, size, isBold) > width) {
      lines.push(line);
      line = word;
      thousandths = ofWord;
    } else {
      line = line === '' ? word : `${line} ${word}`;
      thousandths = longer;
    }
  }
  return line === '' ? lines : [...lines, line];
}

/** Width of one line, pixels: Arial's, and 3 % more (bold: 10 %) for fonts that take its place. */
export function textWidth(text: string, size: number, isBold = false): number {
  return inPixels(thousandthsOf(text), size, isBold);
}

const inPixels = (thousandths: number, size: number, isBold: boolean): number =>
  (thousandths / 1000) * size * (isBold ? 1.1 : 1.03);

/** Of an em, in whole numbers: their sum is the same in whatever order. */
function thousandthsOf(text: string): number {
  let thousandths = 0;
  for (const symbol of text) thousandths += WIDTHS.get(symbol) ?? OTHER;
  return thousandths;
}

const OTHER = 556;
const SPACE = 300;

/** Thousandths of an em, in classes. */
const WIDTHS = new Map(
  Object.entries({
    222: "ijl'’|",
    300: ' .,:;!/ftI()[]-',
    500: 'rJcksvxyz',
    722: 'ABCDEFGHKLNOPQRSTUVXYZ',
    889: 'mMW%@→',
  }).flatMap(([width, symbols]) => [...symbols].map((symbol) => [symbol, Number(width)] as const)),
);
