import type PptxGenJS from 'pptxgenjs';
import type { Lang } from '#contracts/text';
import { type Shape, shapesOf } from '#views/shapes';
import type { View } from '#views/view';

/** One slide. What is empty is left out, and makes room. */
export interface Slide {
  /** On one line at the top, left and right. */
  head: [string, string];
  title: string;
  lead: string;
  /** In the wide layout, without its own title and notes. */
  picture: View['spec'] | null;
  /** Beside the picture, or in its place; empty ones are left out. */
  paragraphs: string[];
  /** Small, at the foot. */
  note: string;
  /** For the speaker, and for those who do not see the picture. */
  spoken: string;
}

/** Inches of a slide of 16 to 9. */
const WIDTH = 13.333;
const MARGIN = 0.5;
const INNER = WIDTH - 2 * MARGIN;
const BODY = { top: 1.95, bottom: 6.6 };
/** What a picture leaves of it is for the words beside it. */
const PICTURE_WIDTH = 9.2;
const COLOURS = { text: '16202b', quiet: '4b5866' };
const FONT = 'Arial';

/**
 * A presentation of native, editable shapes and texts: nothing in it is a picture of a picture. The library is loaded only
 * when somebody asks for slides.
 */
export async function presentation(title: string, slides: readonly Slide[], lang: Lang): Promise<Blob> {
  const { default: Presentation } = await import('pptxgenjs');
  const made = new Presentation();
  made.layout = 'LAYOUT_WIDE';
  made.title = title;
  made.company = 'Sektorspiegel';
  made.theme = { headFontFace: FONT, bodyFontFace: FONT };
  for (const slide of slides) addSlide(made.addSlide(), slide, lang);
  return (await made.write({ outputType: 'blob', compression: true })) as Blob;
}

function addSlide(page: PptxGenJS.Slide, { head, title, lead, picture, paragraphs, note, spoken }: Slide, lang: Lang) {
  const style = { fontFace: FONT, color: COLOURS.text, lang: lang === 'de' ? 'de-DE' : 'en-GB', margin: 0 };
  const quiet = { ...style, color: COLOURS.quiet };
  const across = { x: MARGIN, w: INNER };
  page.addText(head[0], { ...quiet, ...across, y: 0.3, h: 0.3, fontSize: 12, align: 'left' });
  page.addText(head[1], { ...quiet, ...across, y: 0.3, h: 0.3, fontSize: 12, align: 'right' });
  page.addText(title, {
    ...style,
    ...across,
    y: 0.65,
    h: 0.8,
    fontSize: 24,
    bold: true,
    valign: 'middle',
    fit: 'shrink',
  });
  page.addText(lead, { ...quiet, ...across, y: 1.5, h: 0.35, fontSize: 14, valign: 'top' });
  if (picture) addPicture(page, picture, style);
  const words = paragraphs.filter(Boolean).map((text) => ({ text, options: { breakLine: true, paraSpaceAfter: 8 } }));
  if (words.length > 0) {
    const x = picture ? MARGIN + PICTURE_WIDTH + 0.3 : MARGIN;
    const place = { x, y: BODY.top, w: WIDTH - MARGIN - x, h: BODY.bottom - BODY.top };
    page.addText(words, { ...style, ...place, fontSize: picture ? 14 : 16, valign: 'top', fit: 'shrink' });
  }
  page.addText(note, { ...quiet, ...across, y: 6.7, h: 0.5, fontSize: 10, valign: 'top', fit: 'shrink' });
  page.addNotes(spoken);
}

/** The picture's marks at their places, as large as its room allows. */
function addPicture(page: PptxGenJS.Slide, spec: View['spec'], style: PptxGenJS.TextPropsOptions): void {
  const { width, height, shapes } = shapesOf(spec);
  const scale = Math.min(PICTURE_WIDTH / width, (BODY.bottom - BODY.top) / height);
  const inches = (pixels: number) => pixels * scale;
  const point = (pixels: number) => Math.round(inches(pixels) * 720) / 10;
  for (const shape of shapes) {
    if (shape.kind === 'text')
      page.addText(shape.text, { ...style, ...textPlace(shape, inches), ...textLook(shape, point) });
    else if (shape.kind === 'line') {
      const [[x, y], [toX, toY]] = [shape.from, shape.to];
      page.addShape('line', {
        ...placed({ x: Math.min(x, toX), y: Math.min(y, toY) }, Math.abs(toX - x), Math.abs(toY - y), inches),
        flipV: toX > x !== toY > y,
        line: { color: hex(shape.color), width: point(shape.thick) },
        objectName: shape.name,
      });
    } else {
      const isBox = shape.kind === 'box';
      const corner = isBox ? shape : { x: shape.x - shape.radius, y: shape.y - shape.radius };
      const [wide, high] = isBox ? [shape.width, shape.height] : [2 * shape.radius, 2 * shape.radius];
      page.addShape(isBox ? 'rect' : 'ellipse', {
        ...placed(corner, wide, high, inches),
        fill: { color: hex(shape.fill) },
        line: { color: hex(shape.stroke), width: point(isBox ? 1 : 2) },
        objectName: shape.name,
      });
    }
  }
}

type Inches = (pixels: number) => number;

const placed = ({ x, y }: { x: number; y: number }, width: number, height: number, inches: Inches) => ({
  x: MARGIN + inches(x),
  y: BODY.top + inches(y),
  w: inches(width),
  h: inches(height),
});

/** A box around a line of text, with room for a wider font; the baseline lies about a fifth above its lower edge. */
function textPlace({ x, y, width, size, align }: Extract<Shape, { kind: 'text' }>, inches: Inches) {
  const wide = width * 1.1 + size;
  const left = align === 'left' ? x : align === 'center' ? x - wide / 2 : x - wide;
  return placed({ x: left, y: y - size }, wide, size * 1.25, inches);
}

function textLook({ size, color, isBold, align }: Extract<Shape, { kind: 'text' }>, point: (pixels: number) => number) {
  return { fontSize: point(size), color: hex(color), bold: isBold, align, valign: 'middle' as const, wrap: false };
}

const hex = (colour: string) => colour.replace('#', '').toUpperCase();
