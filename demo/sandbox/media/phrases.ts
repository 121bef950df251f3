/** What the far ends say: each phrase has a spoken clip of its own in clips/<name>.wav. */
export const PHRASES = {
  greeting: {
    language: 'en',
    text: 'Hello, this is the sandbox customer. I can hear you. Please go on, I am listening.',
  },
  'greeting-ar': { language: 'ar', text: 'ألو، أهلا وسهلا. أنا العميل التجريبي، وأنا أسمعك جيدا. تفضل.' },
  echo: { language: 'en', text: 'This is the echo customer. Whatever you say, you will hear again.' },
  voicemail: { language: 'en', text: 'Nobody can take your call. Please leave a message after the tone.' },
  menu: { language: 'en', text: 'Welcome. Press any key, and I will tell you which one it was.' },
  pressed: { language: 'en', text: 'You pressed' },
  'short-call': { language: 'en', text: 'Sorry, I am busy. Goodbye.' },
  refused: { language: 'en', text: 'Sorry, this call cannot be made.' },
  'refused-ar': { language: 'ar', text: 'عذرا، لا يمكن إجراء هذه المكالمة.' },
  'key-0': { language: 'en', text: 'zero' },
  'key-1': { language: 'en', text: 'one' },
  'key-2': { language: 'en', text: 'two' },
  'key-3': { language: 'en', text: 'three' },
  'key-4': { language: 'en', text: 'four' },
  'key-5': { language: 'en', text: 'five' },
  'key-6': { language: 'en', text: 'six' },
  'key-7': { language: 'en', text: 'seven' },
  'key-8': { language: 'en', text: 'eight' },
  'key-9': { language: 'en', text: 'nine' },
  'key-star': { language: 'en', text: 'star' },
  'key-pound': { language: 'en', text: 'pound' },
} as const;

export type PhraseName = keyof typeof PHRASES;
