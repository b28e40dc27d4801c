import type { OwnStanding } from '#contracts/answers/own-standing';
import type { Answer } from '#contracts/submission';
import type { Lang } from '#contracts/text';
import type { Layout, Setting, Theme } from '#views/chart-style';
import type { ToldStanding } from '#views/standing-answer';
import { type Asked, ask, type Fetch } from '../service.ts';

/** What the page shows of a standing, wherever it comes from. */
export type StandingAnswer = ToldStanding &
  Pick<OwnStanding, 'earlier'> & {
    /** The day of the check; null for one that is not sent. */
    conductedOn: string | null;
    /** The own answers, from which measures are derived; none for a partner's scores. */
    answers: Record<string, Answer>;
    /** Ids of the associations under whose code the check was sent. */
    associations: string[];
  };

/** All that the picture tells, in sentences; the overall score stands beside it. */
export function pictureWords({ dimensions }: StandingAnswer): string {
  return dimensions
    .slice(0, -1)
    .map(({ sentence }) => sentence)
    .join(' ');
}

/** A picture as it is asked for. `progress` exists only for houses that took part before. */
export interface PictureRequest {
  view: 'standing' | 'progress';
  /** Key of the group shown; the default group without it. */
  group: string | undefined;
  layout: Layout;
  theme: Theme;
  setting: Setting;
}

/** What a picture can be had as: drawn, as Vega-Lite, compiled to Vega, and its figures. */
const MEDIA_TYPES = {
  svg: 'image/svg+xml',
  'vl.json': 'application/vnd.vegalite.v6+json',
  'vg.json': 'application/vnd.vega.v6+json',
  csv: 'text/csv',
};
export type FileFormat = keyof typeof MEDIA_TYPES;

/** Where a standing comes from: the service, with a Rückkehr-Code, or a check in this browser that is not sent. */
export interface StandingSource {
  kind: 'code' | 'draft';
  /** Whether the house has said what it is compared by: always, once it has sent its check. */
  hasProfile: boolean;
  read(group: string | undefined): Promise<Asked<StandingAnswer>>;
  /** Picture or figures as a file's text; from a draft they are drawn here, which loads more. */
  file(format: FileFormat, request: PictureRequest): Promise<Asked<string>>;
}

/** The standing of a house that has sent its check. */
export function codeSource({
  fetch,
  code,
  instrument,
  lang,
}: {
  fetch: Fetch;
  code: string;
  instrument: string;
  lang: Lang;
}): StandingSource {
  const get = <Value>(
    query: Record<string, string | undefined>,
    accept: string,
    read: (response: Response) => Promise<Value>,
  ): Promise<Asked<Value>> => {
    const given = Object.entries({ instrument, lang, ...query }).filter((entry) => entry[1] !== undefined);
    const path = `/v1/standing?${new URLSearchParams(given as [string, string][])}`;
    return ask(fetch, path, { lang, code, headers: { Accept: accept } }, read);
  };
  return {
    kind: 'code',
    hasProfile: true,
    read: (group) =>
      get({ group }, 'application/json', async (response) => {
        const { submission, ...answer } = (await response.json()) as OwnStanding;
        const { conductedOn, answers = {}, associations = [] } = submission;
        return { ...answer, conductedOn, answers, associations };
      }),
    file: (format, request) => get({ ...request }, MEDIA_TYPES[format], (response) => response.text()),
  };
}
