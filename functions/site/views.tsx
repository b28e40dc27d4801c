import type { Instrument } from '#contracts/instrument';
import { POLICY } from '#disclosure/policy';
import { AssociationPage } from '#web/pages/association.tsx';
import { AssociationsPage } from '#web/pages/associations.tsx';
import { CheckPage } from '#web/pages/check.tsx';
import { ClearancePage } from '#web/pages/clearance.tsx';
import { ImprintPage } from '#web/pages/imprint.tsx';
import { JoinPage } from '#web/pages/join.tsx';
import { MethodPage } from '#web/pages/method.tsx';
import { NextStepPage } from '#web/pages/next-step.tsx';
import { PrivacyPage } from '#web/pages/privacy.tsx';
import { QuestionnairePage } from '#web/pages/questionnaire.tsx';
import { StandingPage } from '#web/pages/standing.tsx';
import { TeamPage } from '#web/pages/team.tsx';
import type { PageName } from '#web/site-map.ts';
import { dataView } from './data.tsx';
import { fieldView } from './field.tsx';
import type { PageView } from './page-view.ts';
import { startView } from './start.tsx';

/** What each page of the site map is made by. A view that reads more than its input has a file of its own here. */
export const VIEWS: Record<PageName, PageView> = {
  start: startView,
  check: ({ lang, instrument }) => <CheckPage lang={lang} instrument={asked(instrument)} />,
  team: ({ lang, instrument }) => <TeamPage lang={lang} instrument={asked(instrument)} />,
  standing: ({ lang, instrument }) => <StandingPage lang={lang} instrument={instrument.id} />,
  nextStep: ({ lang, instrument }) => <NextStepPage lang={lang} instrument={instrument.id} />,
  field: fieldView,
  data: dataView,
  method: ({ lang, instrument, manifest }) => (
    <MethodPage lang={lang} instrument={instrument} policy={manifest?.policy ?? POLICY} manifest={manifest ?? null} />
  ),
  privacy: ({ lang, instrument, operator }) => (
    <PrivacyPage lang={lang} instrument={instrument} controller={operator ?? null} />
  ),
  associations: ({ lang, manifest, operator }) => (
    <AssociationsPage lang={lang} minimum={(manifest?.policy ?? POLICY).minParticipations} contact={operator ?? null} />
  ),
  join: ({ lang }) => <JoinPage lang={lang} />,
  association: ({ lang, instrument }) => <AssociationPage lang={lang} instrument={instrument} />,
  imprint: ({ lang, operator }) => <ImprintPage lang={lang} operator={operator} />,
  clearance: ({ lang, instrument, manifest, operator }) => (
    <ClearancePage
      lang={lang}
      instrument={instrument}
      minimum={(manifest?.policy ?? POLICY).minParticipations}
      operator={operator ?? null}
    />
  ),
  questionnaire: ({ lang, instrument }) => <QuestionnairePage lang={lang} instrument={instrument} />,
};

/** What a check asks: experiments are of use only after it, and weigh as much as the questions. */
function asked(instrument: Instrument): Instrument {
  return { ...instrument, firstExperiments: {} };
}
