import type { Messages } from './messages.ts';

const rules = new Intl.PluralRules('en');

function count(n: number, one: string): string {
  return `${n} ${one}${rules.select(n) === 'one' ? '' : 's'}`;
}

const again = 'Try again. If it keeps happening, tell your administrator.';

/** English. */
export const en: Messages = {
  lang: 'en',
  dir: 'ltr',
  phone: 'Phone',
  phases: {
    idle: 'Ready',
    dialing: 'Calling…',
    ringing: 'Ringing…',
    incoming: 'Incoming call',
    open: 'On a call',
    reconnecting: 'Reconnecting…',
    ending: 'Hanging up…',
    ended: 'Call ended',
  },
  outcomes: {
    answered: { title: 'Call ended', advice: 'It will be in the call log in a moment.' },
    busy: { title: 'Line busy', advice: 'Try again in a few minutes.' },
    'no-answer': { title: 'No answer', advice: 'Try again at another time.' },
    declined: { title: 'Call declined', advice: 'The customer declined. Try again at another time.' },
    'not-in-service': { title: 'Number not in service', advice: 'Check the number, or try another one.' },
    canceled: { title: 'Call canceled', advice: 'You hung up before an answer.' },
    failed: { title: 'Call did not go through', advice: again },
  },
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
    'microphone-denied': {
      title: 'Microphone blocked',
      advice: 'Allow the microphone by the icon next to the page’s address, then call again.',
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
    'unsupported-browser': {
      title: 'This browser cannot make calls',
      advice: 'Use a current Chrome, Edge, Firefox or Safari.',
    },
    unknown: { title: 'Something went wrong', advice: again },
  },
  setup: {
    service: 'Add the address of your service:',
    auth: 'Add where the page gets the agent’s token:',
  },
  callGoesOn: 'The call is still on. Please wait.',
  muted: 'Muted',
  numberField: 'Number to call',
  numberHint: 'Enter a number',
  keypad: 'Keypad',
  erase: 'Delete last digit',
  call: 'Call',
  callAgain: 'Call again',
  editNumber: 'Edit number',
  hangUp: 'Hang up',
  mute: 'Mute',
  close: 'Close',
  collapse: 'Make small',
  expand: 'Open phone',
  lasted: 'Lasted',
  code: (carrierCode) => `Code ${carrierCode}`,
  duration({ hours, minutes, seconds }) {
    const words = [hours && count(hours, 'hour'), minutes && count(minutes, 'minute')].filter(Boolean);
    if (seconds || !words.length) words.push(count(seconds, 'second'));
    return words.join(' ');
  },
};
