import type { ComponentType } from 'preact';
import { useContext } from 'preact/hooks';
import { AssetsContext } from '../site-assets.ts';
import { Notice } from './notice.tsx';

/**
 * A component that lives on in the browser: rendered here like any other, then hydrated by `islands/islands.ts` with the
 * same props.
 *
 * @param name its file in `web/islands`, without the ending
 * @param props plain JSON: functions and dates do not survive the way
 * @param noScript what to do where there is no JavaScript
 */
export function Island<Props extends object>({
  name,
  component: Component,
  props,
  noScript,
}: {
  name: string;
  component: ComponentType<Props>;
  props: Props;
  noScript?: string;
}) {
  const { script, islands } = useContext(AssetsContext);
  const modules = islands.get(name);
  if (script && !modules) throw new Error(`There is no web/islands/${name}.tsx.`);
  return (
    <>
      {noScript === undefined ? null : (
        <noscript>
          <Notice kind="warning">{noScript}</Notice>
        </noscript>
      )}
      {modules?.map((href) => (
        <link key={href} rel="modulepreload" href={href} />
      ))}
      {script ? <script type="module" src={script} /> : null}
      <div class="island" data-island={name}>
        <script
          type="application/json"
          // "<" must not end the element early.
          dangerouslySetInnerHTML={{ __html: JSON.stringify(props).replaceAll('<', '\\u003c') }}
        />
        <div>
          <Component {...props} />
        </div>
      </div>
    </>
  );
}
