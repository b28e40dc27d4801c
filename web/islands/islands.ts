/// <reference types="vite/client" />
import { type ComponentType, h, hydrate } from 'preact';

/** Brings every island of the page to life: the component of the file it names, with the props the server gave it. */
const MODULES = import.meta.glob<{ default: ComponentType<object> }>('./*.tsx');

for (const place of document.querySelectorAll<HTMLElement>('[data-island]')) {
  const load = MODULES[`./${place.dataset.island}.tsx`];
  const props = place.querySelector<HTMLScriptElement>(':scope > script[type="application/json"]');
  const root = place.querySelector<HTMLElement>(':scope > div');
  if (load && props && root) {
    const { default: Component } = await load();
    hydrate(h(Component, JSON.parse(props.text)), root);
    place.dataset.isReady = '';
  }
}
