import type { AppContext } from '../environment.ts';

/** TwiML is always answered with HTTP 200: of an error the carrier would read out its own words. */
export function twimlAnswer(c: AppContext, twiml: string): Response {
  return c.body(twiml, 200, { 'Content-Type': 'text/xml; charset=utf-8' });
}
