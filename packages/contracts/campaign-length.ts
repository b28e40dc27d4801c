/** The longest a campaign is open, first and last day included, also once it has been extended. */
export const CAMPAIGN_DAYS_AT_MOST = 366;

/** The most campaigns that an association ever has: what lies in one registry item stays small and readable. */
export const CAMPAIGNS_AT_MOST = 100;

/** The most single-use codes of one campaign. */
export const CODES_AT_MOST = 5000;
