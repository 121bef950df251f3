/** How Twilio shall deliver (Webhooks: connection overrides): by default it does not retry an answer of 5xx. */
export const NEWS_DELIVERY = '#ct=2000&rt=4000&rc=3&rp=ct,rt,5xx';
/** Somebody holds the line until these are answered. */
export const TWIML_DELIVERY = '#ct=2000&rt=6000&rc=1&rp=ct,rt,5xx';
