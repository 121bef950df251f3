/** Compiled by `npm run types`, run by nobody: what must and must not compile in a Vue template. */
import type { GlobalComponents } from 'vue';

type InTemplate = InstanceType<GlobalComponents['almasar-dialer']>['$props'];

export const everything: InTemplate = {
  id: 'phone',
  class: 'corner',
  service: '/',
  authEndpoint: '/token',
  defaultCountry: 'EG',
  collapsed: true,
  getAuthToken: () => Promise.resolve('jwt'),
  onAlmasarDial: (event) => event.preventDefault(),
  onAlmasarCallEnded: ({ detail }) => detail.durationSeconds.toFixed(),
  onAlmasarRecording: ({ detail }) => detail.paused.valueOf(),
};

// @ts-expect-error -- an address is text
export const wrongProperty: InTemplate = { service: 5 };

// @ts-expect-error -- no such property
export const misspelt: InTemplate = { colapsed: true };

// @ts-expect-error -- the state is the phone's own
export const readOnly: InTemplate = { state: null };

// @ts-expect-error -- the length of a call is a number
export const wrongDetail: InTemplate = { onAlmasarCallEnded: ({ detail }) => detail.durationSeconds.trim() };

// @ts-expect-error -- no such event
export const wrongEvent: InTemplate = { onAlmasarCallFinished: () => {} };
