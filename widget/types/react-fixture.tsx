/** Compiled by `npm run types`, run by nobody: what must and must not compile in a React page. */
import type { Ref } from 'react';
import type { AlmasarDialer } from '../index.ts';
import type { AlmasarElements } from './react.ts';

declare const ref: Ref<AlmasarDialer>;

export const everything = (
  <almasar-dialer
    ref={ref}
    id="phone"
    className="corner"
    lang="ar"
    service="/"
    auth-endpoint="/token"
    default-country="EG"
    collapsed
    getAuthToken={() => Promise.resolve('jwt')}
    onalmasar-dial={(event) => event.detail.to.length > 4 || event.preventDefault()}
    onalmasar-call-ringing={({ detail }) => detail.callId.length}
    onalmasar-call-open={({ currentTarget }) => currentTarget.mute(true)}
    onalmasar-call-ended={({ detail }) => detail.durationSeconds.toFixed()}
    onalmasar-error={({ detail }) => detail.message.trim()}
  >
    <p slot="customer">VIP</p>
  </almasar-dialer>
);

// @ts-expect-error -- an address is text
export const wrongAttribute = <almasar-dialer service={5} />;

// @ts-expect-error -- no such country list: one country
export const wrongHyphenated = <almasar-dialer default-country={['EG', 'SA']} />;

// @ts-expect-error -- no such property
export const misspelt = <almasar-dialer colapsed />;

// @ts-expect-error -- the token comes later: a promise
export const wrongProperty = <almasar-dialer getAuthToken={() => 'jwt'} />;

// @ts-expect-error -- the state is the phone's own
export const readOnly = <almasar-dialer state={null} />;

// @ts-expect-error -- a method is no property
export const method = <almasar-dialer hangUp={() => {}} />;

// @ts-expect-error -- the length of a call is a number
export const wrongDetail = <almasar-dialer onalmasar-call-ended={({ detail }) => detail.durationSeconds.trim()} />;

// @ts-expect-error -- no such event; JSX lets any name with a hyphen pass, so this one is asked for by name
export type WrongEvent = AlmasarElements['almasar-dialer']['onalmasar-call-finished'];
