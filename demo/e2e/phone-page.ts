/** The page of the phone's own tests: the phone alone, its facts in a list, and what a dialer does around a reload. */
import type { PhoneFact } from '../../widget/core/events.ts';
import type { SavedCall } from '../../widget/core/phone.ts';
import type { Call } from '../../widget/core/state.ts';
import { changeAudioSettings } from '../../widget/phone/audio/audio-settings.ts';
import { TwilioPhone } from '../../widget/phone/twilio-phone.ts';
import { loadVoiceSdk } from '../../widget/phone/voice-sdk.ts';

const SAVED = 'saved';
const facts: PhoneFact[] = [];
const rings: string[] = [];
let call: Call | null = null;

function callOf(callId: string, direction: Call['direction']): Call {
  const none = { ringingAt: null, openedAt: null, endedAt: null };
  const facts = { number: '', name: null, line: null, record: true, muted: false, accepting: false };
  const recorded = { recording: false, recordingPaused: false };
  return { callId, direction, ...facts, ...recorded, startedAt: Date.now(), ...none };
}

const phone = new TwilioPhone({
  report(fact) {
    facts.push(fact);
    if (fact.type === 'call-opened') call = callOf(fact.callId, 'incoming');
    if (fact.type === 'call-muted' && call) call = { ...call, muted: fact.muted };
    if (fact.type === 'call-resumed') ({ call } = fact);
  },
  base: new URL('/', location.href),
  version: '0.0.0',
  loadSdk: loadVoiceSdk,
  requestAccessToken: async () => (await fetch('/token')).json(),
  page: window,
  loadRinger: async () => () => ({
    ring: ({ waiting }) => rings.push(waiting ? 'waiting' : 'ring'),
    stop: () => rings.push('stop'),
    close() {},
  }),
});

addEventListener('pagehide', () => {
  if (location.search.includes('careless')) return;
  const connectToken = phone.save();
  const saved: SavedCall | null = call && connectToken ? { call, connectToken } : null;
  sessionStorage.setItem(SAVED, JSON.stringify(saved));
  phone.close(true);
});

const saved = JSON.parse(sessionStorage.getItem(SAVED) ?? 'null') as SavedCall | null;
if (saved) phone.resume(saved);

Object.assign(window, { phone, facts, rings, changeAudioSettings });
