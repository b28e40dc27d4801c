import { type ComponentType, h, hydrate } from 'preact';

/** Brings every island of the page to life: the component of the file it names, with the props the server gave it. */
for (const place of document.querySelectorAll<HTMLElement>('[data-island]')) {
  const props = place.querySelector<HTMLScriptElement>(':scope > script[type="application/json"]');
  const root = place.querySelector<HTMLElement>(':scope > div');
  if (props && root) {
    // biome-ignore lint/plugin: esbuild makes a chunk of each file that fits
    const { default: Component }: { default: ComponentType<object> } = await import(`./${place.dataset.island}.tsx`);
    hydrate(h(Component, JSON.parse(props.text)), root);
    place.dataset.isReady = '';
  }
}
