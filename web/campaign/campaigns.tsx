import { useState } from 'preact/hooks';
import type { AssociationOverview, CampaignPlan } from '#contracts/answers/association';
import { addDays } from '#contracts/calendar';
import type { Campaign } from '#contracts/registry';
import type { Lang } from '#contracts/text';
import { longDate } from '#views/standing-words';
import { CampaignTable } from '../association/participation.tsx';
import { Button } from '../components/button.tsx';
import { FailureNotice } from '../components/failure-notice.tsx';
import { TextField } from '../components/field.tsx';
import { List } from '../components/list.tsx';
import { Notice } from '../components/notice.tsx';
import { type Asked, ask, type Failure } from '../service.ts';
import { words } from '../words.ts';
import { CampaignMaterial } from './material.tsx';
import { NewCampaign } from './new-campaign.tsx';

interface Props {
  lang: Lang;
  /** The association's key. */
  access: string;
  instrument: string;
  /** The fields of work, for letters to some of the members. */
  sectors: string[];
  overview: AssociationOverview;
  /** A day in Berlin. */
  today: string;
  /** Reads the association again after a change. */
  onChanged: () => void;
}

/** The association's campaigns: how many took part, what to send, a new one; what the key may not do is the operator's. */
export function Campaigns(props: Props) {
  const { lang, overview, today } = props;
  const text = WORDS[lang];
  const [failed, setFailed] = useState<{ failure: Failure; retry: () => void } | null>(null);
  const [drawn, setDrawn] = useState<{ campaign: string; codes: string[] } | null>(null);

  /** Sends a plan, and again what was sent when the visitor asks for it: the service takes it once. */
  async function put(id: string, plan: CampaignPlan, codes: string[] = []): Promise<boolean> {
    const asked = await send(props, id, plan);
    setFailed(asked.ok ? null : { failure: asked.failure, retry: () => put(id, plan, codes) });
    if (!asked.ok) return false;
    if (codes.length > 0) setDrawn({ campaign: id, codes });
    props.onChanged();
    return true;
  }
  const open = overview.campaigns.filter(({ closesOn }) => closesOn >= today);
  return (
    <>
      <div class="no-print">
        <h2>{text.title}</h2>
        <CampaignTable lang={lang} overview={overview} />
        {failed ? <FailureNotice lang={lang} {...failed} onRetry={failed.retry} /> : null}
      </div>
      {open.map((campaign) => (
        <div key={campaign.id}>
          <h3 class="no-print">{text.campaign(longDate(campaign.opensOn, lang), longDate(campaign.closesOn, lang))}</h3>
          {campaign.opensOn <= today ? <Why lang={lang} lines={overview.openings} /> : null}
          <CampaignMaterial
            {...props}
            campaign={campaign}
            codes={drawn?.campaign === campaign.id ? drawn.codes : undefined}
          />
          {overview.runsCampaigns ? <LastDay lang={lang} campaign={campaign} today={today} onPut={put} /> : null}
        </div>
      ))}
      <div class="no-print">
        {overview.isClosed ? null : overview.runsCampaigns ? (
          <NewCampaign {...props} onPut={put} />
        ) : (
          <Notice>{text.byOperator}</Notice>
        )}
      </div>
    </>
  );
}

function send({ lang, access }: Props, id: string, plan: CampaignPlan): Promise<Asked<Campaign>> {
  const [association] = access.split('.');
  const path = `/v1/associations/${association}/campaigns/${id}`;
  return ask<Campaign>(fetch, path, { lang, code: access, method: 'PUT', body: plan });
}

/** What would be shown with how many more. */
function Why({ lang, lines }: { lang: Lang; lines: string[] }) {
  if (lines.length === 0) return null;
  return (
    <div class="no-print">
      <h4>{WORDS[lang].why}</h4>
      <List items={lines} />
    </div>
  );
}

/** Another last day, or the end today. */
function LastDay({
  lang,
  campaign,
  today,
  onPut,
}: {
  lang: Lang;
  campaign: Campaign;
  today: string;
  onPut: (id: string, plan: CampaignPlan) => Promise<boolean>;
}) {
  const text = WORDS[lang];
  const [day, setDay] = useState(campaign.closesOn);
  const endOn = (closesOn: string) => {
    const { id, invitations: _, ...plan } = campaign;
    const resultsOn = plan.resultsOn < closesOn ? closesOn : plan.resultsOn;
    return onPut(id, { ...plan, closesOn, resultsOn });
  };
  return (
    <div class="no-print">
      <h4>{text.lastDay}</h4>
      <TextField type="date" label={text.newLastDay} hint={text.lastDayHint} min={today} value={day} onInput={setDay} />
      <p class="buttons">
        <Button kind="secondary" disabled={day === '' || day === campaign.closesOn} onClick={() => endOn(day)}>
          {text.change}
        </Button>
        {campaign.opensOn <= today && today < campaign.closesOn ? (
          <Button kind="quiet" onClick={() => endOn(today)}>
            {text.endToday(longDate(addDays(today, 1), lang))}
          </Button>
        ) : null}
      </p>
    </div>
  );
}

const WORDS = words({
  de: {
    title: 'Runden',
    campaign: (opens: string, closes: string) => `Runde vom ${opens} bis ${closes}`,
    why: 'Was weitere Teilnahmen zeigen würden',
    lastDay: 'Letzten Tag ändern',
    newLastDay: 'Letzter Tag der Runde',
    lastDayHint:
      'Bis zum Ende dieses Tages. Eine Runde dauert höchstens ein Jahr; ist sie vorbei, bleibt sie, wie sie ist.',
    change: 'Tag ändern',
    endToday: (next: string) => `Heute beenden (ab ${next} gilt kein Code mehr)`,
    byOperator: 'Neue Runden legt der Betreiber dieses Dienstes für Sie an; das Impressum nennt ihn.',
  },
  en: {
    title: 'Campaigns',
    campaign: (opens, closes) => `Campaign from ${opens} to ${closes}`,
    why: 'What more participants would show',
    lastDay: 'Change the last day',
    newLastDay: 'Last day of the campaign',
    lastDayHint: 'Until the end of that day. A campaign lasts a year at most; once it is over, it stays as it is.',
    change: 'Change the day',
    endToday: (next) => `End today (from ${next} no code is valid)`,
    byOperator: 'The operator of this service sets up new campaigns for you; the imprint names them.',
  },
});
