/** The one origin whose pages may read answers. */
export const CRM = 'https://crm.example.com';

/** Origins that are not it, however alike. */
export const UNLISTED = [
  'https://evil.example.com',
  'null',
  'http://crm.example.com',
  `${CRM}.evil.com`,
  `${CRM}:8443`,
  'https://CRM.example.com',
  `${CRM}/`,
  '*',
  '',
];

/** A form of any page sends these without asking first (Fetch standard, CORS-safelisted Content-Type). */
export const SIMPLE_FORMS: Record<string, string> = {
  'text/plain': '{"callId":"019a0000-0000-7000-8000-000000000000","to":"01001234500"}',
  'application/x-www-form-urlencoded': 'to=01001234500&available=true&disposition=sale',
  'multipart/form-data; boundary=x': '--x\r\ncontent-disposition: form-data; name="to"\r\n\r\n0100\r\n--x--\r\n',
};
