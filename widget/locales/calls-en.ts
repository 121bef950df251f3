import type { CallMessages } from './messages.ts';

const again = 'Try again. If it keeps happening, tell your administrator.';

/** What English says of calls and of trouble. */
export const enCalls: CallMessages = {
  outcomes: {
    answered: { title: 'Call ended', advice: 'It will be in the call log in a moment.' },
    busy: { title: 'Line busy', advice: 'Try again in a few minutes.' },
    'no-answer': { title: 'No answer', advice: 'Try again at another time.' },
    declined: { title: 'Call declined', advice: 'The customer declined. Try again at another time.' },
    'not-in-service': { title: 'Number not in service', advice: 'Check the number, or try another one.' },
    canceled: { title: 'Call cancelled', advice: 'You hung up before an answer.' },
    failed: { title: 'Call did not go through', advice: again },
    missed: { title: 'Missed call', advice: 'The customer hung up before an answer. Call back when you can.' },
    voicemail: { title: 'Left a voice message', advice: 'The message is in the call log.' },
  },
  declinedHere: { title: 'You declined', advice: 'The customer was passed on.' },
  problems: {
    'service-not-set': { title: 'Phone not set up', advice: 'Ask whoever runs this page to finish the setup.' },
    'service-unreachable': {
      title: 'Service not reachable',
      advice: 'Check your internet connection and try again. If it stays like this, tell support.',
    },
    unauthenticated: { title: 'Sign in again', advice: 'Reload the page or sign in, then call.' },
    'number-invalid': { title: 'Not a valid number', advice: 'Check the digits and the area or country code.' },
    'number-emergency': { title: 'No emergency calls here', advice: 'Call it from your own phone, now.' },
    'number-short': { title: 'Short numbers do not work here', advice: 'Use the full number, or your own phone.' },
    'number-type-refused': {
      title: 'This kind of number is not allowed',
      advice: 'Ask your administrator if you need to call it.',
    },
    'country-refused': { title: 'This country is not allowed', advice: 'Ask your administrator to allow it.' },
    'no-caller-id': { title: 'No number to call from', advice: 'Ask your administrator to check the caller ID.' },
    'caller-id-refused': {
      title: 'This caller ID is not allowed',
      advice: 'Call again, and the customer sees the usual number.',
    },
    'outgoing-stopped': {
      title: 'Calling is stopped for everybody',
      advice: 'Ask your administrator to allow it again.',
    },
    'agent-blocked': { title: 'Calling is stopped for you', advice: 'Ask your administrator to allow it again.' },
    'calls-too-many': { title: 'Too many calls for now', advice: 'Wait a little, then call again.' },
    'calls-at-once': { title: 'Another call is still open', advice: 'End it, or wait a few seconds, then call again.' },
    'number-called-too-often': {
      title: 'This number was called too often',
      advice: 'Give the customer a rest, and try again in an hour.',
    },
    'spend-limit': { title: 'Today’s call budget is used up', advice: 'Ask your administrator to raise it.' },
    'recording-required': {
      title: 'Calls here have to be recorded',
      advice: 'Call again and it is recorded, or ask your administrator.',
    },
    'service-busy': { title: 'The service is busy', advice: 'Wait a few seconds, then try again.' },
    'not-delivered': {
      title: 'That did not reach the phone',
      advice: 'Try again, or do it where the phone is.',
    },
    'microphone-denied': {
      title: 'Microphone blocked',
      advice: 'Allow the microphone by the icon next to the page’s address, then call again.',
    },
    'microphone-dismissed': {
      title: 'Microphone not allowed yet',
      advice: 'Call again and choose “Allow” when the browser asks for the microphone.',
    },
    'microphone-denied-by-system': {
      title: 'Microphone blocked by the system',
      advice: 'Allow the browser to use it in the system’s privacy settings, then call again.',
    },
    'microphone-not-allowed-here': {
      title: 'This page forbids the microphone',
      advice: 'Whoever runs the page must allow it: allow="microphone", or Permissions-Policy.',
    },
    'microphone-missing': { title: 'No microphone found', advice: 'Plug in a headset or microphone, then call again.' },
    'microphone-unavailable': {
      title: 'Microphone in use',
      advice: 'Close the other program that uses it, then call again.',
    },
    'insecure-page': {
      title: 'Page is not secure',
      advice: 'Browsers allow the microphone on https only. Open the page by https.',
    },
    'access-token-invalid': {
      title: 'Carrier refused the sign-in',
      advice: 'Ask your administrator to check the service’s settings.',
    },
    'access-token-expired': { title: 'Sign-in ran out', advice: 'Call again: it renews itself.' },
    'connection-lost': { title: 'Connection lost', advice: 'Check your internet connection, then call again.' },
    'media-lost': { title: 'Audio lost', advice: 'Check your network or VPN, then call again.' },
    'carrier-refused': { title: 'Carrier refused the call', advice: again },
    'content-policy': {
      title: 'The page’s policy blocks the phone',
      advice: 'Whoever runs the page must add the phone to its Content-Security-Policy.',
    },
    'unsupported-browser': {
      title: 'This browser cannot make calls',
      advice: 'Use a current Chrome, Edge, Firefox or Safari, without extensions that block WebRTC.',
    },
    unknown: { title: 'Something went wrong', advice: again },
  },
  unreachable: {
    connecting: { title: 'Connecting the phone', advice: 'Customers’ calls will ring here in a few seconds.' },
    away: { title: 'You are away', advice: 'Customers’ calls go to others meanwhile.' },
    offline: {
      title: 'No internet',
      advice: 'Customers’ calls do not reach you. Check the network; we come back by ourselves.',
    },
    asleep: { title: 'The browser put this page to sleep', advice: 'Keep this tab in view so that calls reach you.' },
    'no-microphone': {
      title: 'You cannot answer calls',
      advice: 'Plug in a headset, or allow the microphone by the icon next to the page’s address.',
    },
    'signed-out': { title: 'You are not signed in', advice: 'Sign in, then reload the page: calls reach you again.' },
    service: {
      title: 'The service is not reached',
      advice: 'Customers’ calls do not reach you. We keep trying; if it lasts, tell your administrator.',
    },
  },
  warnings: {
    'not-heard-microphone': {
      title: 'We cannot hear you',
      advice: 'The microphone is silent. Check the mute key of your headset, or choose another microphone.',
    },
    'not-heard-network': {
      title: 'You cannot be heard',
      advice: 'The network does not carry your voice. Move closer to the router or stop downloads.',
    },
    'customer-silent': {
      title: 'Nothing heard from the customer',
      advice: 'Ask whether you are heard, and turn your headset up.',
    },
    delayed: { title: 'The sound is late', advice: 'Pause after each sentence. A network cable beats Wi-Fi.' },
    choppy: {
      title: 'The sound is choppy',
      advice: 'The network is weak. Stop downloads and video, or move closer to the router.',
    },
    'no-connection': { title: 'No sound', advice: 'We are mending it. Check your internet connection.' },
  },
  notices: {
    'microphone-changed': { title: 'Microphone changed', advice: 'Now in use:' },
    'microphone-lost': { title: 'Microphone unplugged', advice: 'We went on with:' },
    'speaker-changed': { title: 'Speaker changed', advice: 'You now hear by:' },
    'device-found': { title: 'New device', advice: 'Choose it in the audio settings:' },
  },
  ringBlocked: { title: 'The browser mutes the ringtone', advice: 'Click here to let it sound.' },
  silence: 'Silence',
  silenced: 'Silenced',
  setup: {
    service: 'Add the address of your service:',
    auth: 'Add where the page gets the agent’s token:',
  },
  callGoesOn: 'The call is still on. Please wait.',
  waiting: 'Another call',
  endAndAnswer: 'End & answer',
  callAgain: 'Call again',
  callBack: 'Call back',
  editNumber: 'Edit number',
  lasted: 'Lasted',
  back: 'Back',
  loading: 'Loading…',
  loadFailed: 'This could not be loaded. Check your internet connection.',
  retry: 'Try again',
  code: (carrierCode) => `Code ${carrierCode}`,
};
