import type { TalkMessages } from './messages.ts';

const rules = new Intl.PluralRules('en');

function count(n: number, one: string): string {
  return `${n} ${one}${rules.select(n) === 'one' ? '' : 's'}`;
}

/** What English says of a call under way. */
export const enTalk: TalkMessages = {
  unheard: 'The customer cannot hear you',
  mute: 'Mute',
  note: 'Note',
  recording: 'Recording',
  line: 'Our number',
  openRecord: 'Open customer',
  duration({ hours, minutes, seconds }) {
    const words = [hours && count(hours, 'hour'), minutes && count(minutes, 'minute')].filter(Boolean);
    if (seconds || !words.length) words.push(count(seconds, 'second'));
    return words.join(' ');
  },
};
