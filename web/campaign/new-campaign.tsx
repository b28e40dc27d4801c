import { useState } from 'preact/hooks';
import type { AssociationOverview, CampaignPlan } from '#contracts/answers/association';
import { addDays } from '#contracts/calendar';
import { CAMPAIGN_DAYS_AT_MOST, CAMPAIGNS_AT_MOST, CODES_AT_MOST } from '#contracts/campaign-length';
import { type CampaignFault, campaignFaults } from '#contracts/campaign-rules';
import type { Lang } from '#contracts/text';
import { longDate } from '#views/standing-words';
import { Button } from '../components/button.tsx';
import { CheckLine } from '../components/check-line.tsx';
import { Disclosure } from '../components/disclosure.tsx';
import { TextField } from '../components/field.tsx';
import { words } from '../words.ts';
import { drawCampaignId, drawCodes } from './draw-codes.ts';

/** What a campaign begins with: two weeks to prepare the letters, four weeks to answer. */
const DAYS_UNTIL = { opensOn: 14, closesOn: 41, resultsOn: 100 };

/** A new campaign: days, how many are invited, and whether each gets a code of its own. */
export function NewCampaign({
  lang,
  instrument,
  overview,
  today,
  onPut,
}: {
  lang: Lang;
  instrument: string;
  overview: AssociationOverview;
  today: string;
  onPut: (id: string, plan: CampaignPlan, codes?: string[]) => Promise<boolean>;
}) {
  const text = WORDS[lang];
  const [id, setId] = useState(drawCampaignId);
  const [days, setDays] = useState({
    opensOn: addDays(today, DAYS_UNTIL.opensOn),
    closesOn: addDays(today, DAYS_UNTIL.closesOn),
    resultsOn: addDays(today, DAYS_UNTIL.resultsOn),
  });
  const [invited, setInvited] = useState(overview.members === null ? '' : String(overview.members));
  const [hasCodes, setHasCodes] = useState(false);
  const [isTold, setTold] = useState(false);
  const [isBusy, setBusy] = useState(false);

  const count = /^[1-9]\d*$/.test(invited) ? Number(invited) : undefined;
  const campaign = { id, instrument, ...days };
  const isMissing = (field: keyof typeof days) => days[field] === '';
  const faults = Object.values(days).includes('') ? [] : campaignFaults(campaign, overview.campaigns, today);
  const faultOf = (field: keyof typeof days) => {
    if (!isTold) return undefined;
    const fault = faults.find((entry) => entry.field === field);
    return isMissing(field) ? text.missing : fault && faultWords(fault, lang);
  };
  const countFault =
    hasCodes && (count === undefined || count > CODES_AT_MOST)
      ? text.countNeeded(CODES_AT_MOST)
      : invited !== '' && count === undefined
        ? text.noNumber
        : undefined;

  async function make() {
    setTold(true);
    if (Object.values(days).includes('') || faults.length > 0 || countFault) return;
    setBusy(true);
    const drawn = hasCodes ? await drawCodes(count!) : undefined;
    const plan = {
      instrument,
      ...days,
      ...(count === undefined ? {} : { invited: count }),
      ...(drawn ? { codes: drawn.hashes } : {}),
    };
    const isMade = await onPut(id, plan, drawn?.codes);
    setBusy(false);
    if (!isMade) return;
    setId(drawCampaignId());
    setTold(false);
  }
  return (
    <Disclosure summary={text.title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          make();
        }}
      >
        {(['opensOn', 'closesOn', 'resultsOn'] as const).map((field) => (
          <TextField
            key={field}
            type="date"
            label={text[field]}
            error={faultOf(field)}
            value={days[field]}
            onInput={(day) => setDays({ ...days, [field]: day })}
          />
        ))}
        <TextField
          label={text.invited}
          hint={text.invitedHint}
          error={isTold ? countFault : undefined}
          maxLength={6}
          value={invited}
          onInput={setInvited}
        />
        <CheckLine label={text.codes} hint={text.codesHint} isChecked={hasCodes} onChange={setHasCodes} />
        <Button type="submit" disabled={isBusy}>
          {text.make}
        </Button>
      </form>
    </Disclosure>
  );
}

function faultWords({ rule, other }: CampaignFault, lang: Lang): string {
  const text = WORDS[lang];
  switch (rule) {
    case 'date-past':
      return text.past;
    case 'dates-out-of-order':
      return text.order;
    case 'campaign-too-long':
      return text.tooLong(CAMPAIGN_DAYS_AT_MOST);
    case 'too-many':
      return text.tooMany(CAMPAIGNS_AT_MOST);
    case 'campaigns-overlap':
      return text.overlap(longDate(other!.opensOn, lang), longDate(other!.closesOn, lang));
  }
}

const WORDS = words({
  de: {
    title: 'Neue Runde anlegen',
    opensOn: 'Erster Tag',
    closesOn: 'Letzter Tag',
    resultsOn: 'Gemeinsame Ergebnisse ab',
    invited: 'Wie viele Organisationen laden Sie ein?',
    invitedHint: 'Eine Zahl genügt; wen Sie einladen, fragt der Dienst nicht.',
    codes: 'Jede Organisation bekommt einen eigenen Code',
    codesHint:
      'Sonst gilt Ihr Verbandscode für alle. Eigene Codes lassen sich nicht weitergeben. Sie entstehen in Ihrem Browser, der Dienst erhält nur Prüfsummen. Verteilen Sie sie zufällig, und notieren Sie nicht, wer welchen bekommt.',
    make: 'Runde anlegen',
    missing: 'Bitte geben Sie einen Tag an.',
    past: 'Dieser Tag ist schon vorbei.',
    order: 'Eine Runde beginnt, endet und hat Ergebnisse, in dieser Reihenfolge.',
    tooMany: (most: number) => `Ein Verband hat höchstens ${most} Runden.`,
    tooLong: (days: number) => `Eine Runde dauert höchstens ${days} Tage.`,
    overlap: (opens: string, closes: string) =>
      `Vom ${opens} bis zum ${closes} läuft eine andere Runde; zwei Runden überschneiden sich nie.`,
    countNeeded: (most: number) => `Für eigene Codes braucht es eine Zahl von 1 bis ${most}.`,
    noNumber: 'Bitte geben Sie eine ganze Zahl an, oder lassen Sie das Feld leer.',
  },
  en: {
    title: 'Make a new campaign',
    opensOn: 'First day',
    closesOn: 'Last day',
    resultsOn: 'Joint results from',
    invited: 'How many organisations do you invite?',
    invitedHint: 'A number is enough; the service does not ask whom you invite.',
    codes: 'Every organisation gets a code of its own',
    codesHint:
      'Otherwise your association code is valid for all. Codes of one’s own cannot be passed on. They are made in your browser; the service receives checksums only. Hand them out at random, and do not note down who gets which.',
    make: 'Make the campaign',
    missing: 'Please give a day.',
    past: 'This day has passed.',
    order: 'A campaign opens, closes and has results, in this order.',
    tooMany: (most) => `An association has ${most} campaigns at most.`,
    tooLong: (days) => `A campaign lasts ${days} days at most.`,
    overlap: (opens, closes) => `Another campaign runs from ${opens} to ${closes}; two campaigns never overlap.`,
    countNeeded: (most) => `Codes of one’s own need a number from 1 to ${most}.`,
    noNumber: 'Please give a whole number, or leave the field empty.',
  },
});
