import { POLICY } from '#disclosure/policy';
import { MethodPage } from '#web/pages/method.tsx';
import type { PageView } from './page-view.ts';

export const methodView: PageView = ({ lang, instrument, manifest }) => (
  <MethodPage
    lang={lang}
    instrument={instrument}
    policy={manifest?.policy ?? POLICY}
    inForce={
      manifest
        ? {
            releaseId: manifest.releaseId,
            cutoffOn: manifest.cutoffOn,
            marks: manifest.marks,
            groups: manifest.cells.length,
            published: manifest.cells.filter(({ state }) => state === 'published').length,
            leftOut: manifest.leftOut,
          }
        : null
    }
  />
);
