import { PALETTES, type Palette } from '#views/chart-style';

/** A picture's text as an address that `img` takes: nothing is fetched, and the Rückkehr-Code stays out of it. */
export function svgAddress(svg: string): string {
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
}

/** A light picture in the colours of the dark theme: print and a changed theme then need no other request. */
export function darkened(svg: string): string {
  const colours = Object.entries(flat(PALETTES.light)).map(([name, hex]) => [hex, flat(PALETTES.dark)[name]!] as const);
  const dark = new Map(colours);
  return svg.replaceAll(/#[0-9a-f]{6}/g, (hex) => dark.get(hex) ?? hex);
}

function flat(palette: Palette): Record<string, string> {
  return Object.fromEntries(
    Object.entries(palette).flatMap(([name, colour]: [string, string | object]) =>
      typeof colour === 'string'
        ? [[name, colour]]
        : Object.entries(colour).map(([part, hex]) => [`${name} ${part}`, hex as string]),
    ),
  );
}

/** Twice the size on screen, so that print and slides stay sharp. */
const PNG_SCALE = 2;

/** @throws Error when the browser cannot draw the picture */
export async function pngOf(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = svgAddress(svg);
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth * PNG_SCALE;
  canvas.height = image.naturalHeight * PNG_SCALE;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png');
  });
}
