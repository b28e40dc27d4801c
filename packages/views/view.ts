import type { TopLevelSpec } from 'vega-lite';

/** A picture and what it says, in one language. All texts are complete sentences. */
export interface View {
  /** Vega-Lite v6 with its data inside. */
  spec: TopLevelSpec;
  title: string;
  /** Everything the picture tells, for those who do not see it. */
  alternative: string;
}

export const VEGA_LITE_SCHEMA = 'https://vega.github.io/schema/vega-lite/v6.json';
