/** The pages that are measured. `{signal}` is the port of the sandbox's signalling. */

const ELEMENT =
  '<almasar-dialer service="/" auth-endpoint="/call-center/auth-token?agent=mona" lang="ar"></almasar-dialer>';
const OURS = `<script type="module" src="/almasar-dialer.js"></script>${ELEMENT}`;
const SANDBOX = '<script src="/bench/sandbox.js?signal={signal}"></script>';

/** Not laid out: what is measured is script. */
const LINKS = `<div hidden>${Array.from(
  { length: 10_000 },
  (_, index) => `<a href="tel:+2010${String(10_000_000 + index)}">${index}</a>`,
).join(' ')}</div>`;

export const ROWS = 10_000;
/** A plain table of as many rows, all of them in the document. */
const TABLE = `<div class="scroller" style="block-size: 600px; overflow: auto"><table>${Array.from(
  { length: ROWS },
  (_, index) =>
    `<tr><td>عميل ${index}<td dir="ltr">+20100${1_000_000 + index}<td>منى السيد<td>12:00<td>1:05<td><button>تفاصيل</button>`,
).join('')}</table></div>`;
const CALL_LOG =
  '<almasar-call-log service="/" auth-endpoint="/call-center/auth-token?agent=mona" lang="ar"></almasar-call-log>';

/** What extensions that make numbers clickable do: a button with an icon beside each link, those added later too. */
const DECORATE = `<script>
  performance.mark('first');
  performance.mark('load-start');
  const SVG = 'http://www.w3.org/2000/svg';
  const decorate = (link) => {
    const button = document.createElement('button');
    button.setAttribute('aria-label', 'Call');
    const icon = document.createElementNS(SVG, 'svg');
    icon.setAttribute('viewBox', '0 0 16 16');
    const path = document.createElementNS(SVG, 'path');
    path.setAttribute('d', 'M3 2l3 3-2 2 5 5 2-2 3 3-2 2C7 15 1 9 1 4z');
    icon.append(path);
    button.append(icon);
    button.addEventListener('click', () => {});
    link.after(button);
  };
  const all = (node) => node.querySelectorAll ? node.querySelectorAll('a[href^="tel:"]') : [];
  all(document).forEach(decorate);
  new MutationObserver((records) => {
    for (const { addedNodes } of records) for (const node of addedNodes) all(node).forEach(decorate);
  }).observe(document.body, { childList: true, subtree: true });
  performance.mark('load-end');
</script>`;

/** The SDK of a script tag, as Twilio's quickstart uses it. \`when\` is where each step of it is taken. */
const QUICKSTART = `<script>
  const load = () => new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = '/bench/twilio.min.js';
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
  const oneToken = async () => (await (await fetch('/bench/token')).json()).token;
  const twoTokens = async () => {
    const { token } = await (await fetch('/call-center/auth-token?agent=mona', { method: 'POST' })).json();
    const headers = { authorization: 'Bearer ' + token };
    return (await (await fetch('/api/calls/token', { method: 'POST', headers })).json()).accessToken;
  };
  const makeDevice = async (getToken = oneToken) => {
    const token = await getToken();
    const names = ['incoming', 'outgoing', 'disconnect', ...Array.from('0123456789sh', (key) => 'dtmf' + key)];
    const sounds = Object.fromEntries(names.map((name) => [name, '/sounds/' + name + '.wav']));
    return new Twilio.Device(token, { sounds, logLevel: 'silent' });
  };
  const connect = (device) => device.connect({ params: { To: '+201001234501' } });
</script>`;
const BUTTON = '<button id="call">Call</button>';

function page(...parts: string[]): string {
  return `<!doctype html><html lang="ar" dir="rtl"><meta charset="utf-8"><title>Bench</title>${parts.join('\n')}</html>`;
}

export const PAGES = {
  blank: page('<p>Nothing.</p>'),
  dialer: page(OURS),
  twilio: page('<script src="/bench/twilio.min.js"></script>'),
  lit: page(
    `<script type="module">requestIdleCallback(() => import('/bench/lit.js'))</script><bench-lit lang="ar"></bench-lit>`,
  ),
  eager: page(`<script type="module" src="/bench/eager.js"></script>${ELEMENT}`),

  'links-alone': page(LINKS),
  'links-dialer': page(LINKS, OURS),
  'links-decorated': page(LINKS, DECORATE),

  'rows-table': page(TABLE),
  'rows-log': page('<script type="module" src="/almasar-dialer.js"></script>', CALL_LOG),

  'call-dialer': page(SANDBOX, OURS, '<a id="call" href="tel:+201001234501">Call</a>'),
  'call-serial': page(
    SANDBOX,
    QUICKSTART,
    BUTTON,
    `<script>document.querySelector('#call').onclick = async () => {
      await load();
      await connect(await makeDevice());
    };</script>`,
  ),
  'call-serial-two': page(
    SANDBOX,
    QUICKSTART,
    BUTTON,
    `<script>document.querySelector('#call').onclick = async () => {
      await load();
      await connect(await makeDevice(twoTokens));
    };</script>`,
  ),
  'call-quickstart': page(
    SANDBOX,
    QUICKSTART,
    BUTTON,
    `<script>load().then(() => makeDevice()).then((device) => {
      document.querySelector('#call').onclick = () => connect(device);
      window.ready = true;
    });</script>`,
  ),
  'call-registered': page(
    SANDBOX,
    QUICKSTART,
    BUTTON,
    `<script>load().then(() => makeDevice()).then(async (device) => {
      await device.register();
      document.querySelector('#call').onclick = () => connect(device);
      window.ready = true;
    });</script>`,
  ),
} as const;

export type PageName = keyof typeof PAGES;
