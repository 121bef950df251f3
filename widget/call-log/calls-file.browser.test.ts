import { expect } from '@open-wc/testing';
import { callRecord } from './testing/call-record.ts';
import { choose, mounted, one, restoreService, serviceWith, settled } from './testing/call-log-fixture.ts';
import { waitUntil } from '../testing/wait-until.ts';

/** What the page was asked to save, instead of saving it. */
function watchDownloads(): { saved: HTMLAnchorElement[]; stop: () => void } {
  const saved: HTMLAnchorElement[] = [];
  const note = (event: Event) => {
    event.preventDefault();
    saved.push(event.target as HTMLAnchorElement);
  };
  // A click on an anchor that is in no document is heard at the anchor alone.
  const create = document.createElement.bind(document);
  document.createElement = (name: string) => {
    const element = create(name);
    if (name === 'a') element.addEventListener('click', note);
    return element;
  };
  return { saved, stop: () => (document.createElement = create) };
}

describe('<almasar-call-log> as a file', () => {
  let downloads: ReturnType<typeof watchDownloads>;
  beforeEach(() => (downloads = watchDownloads()));
  afterEach(() => {
    downloads.stop();
    restoreService();
  });

  it('saves the calls that the filters leave, in the language and the time zone of the reader', async () => {
    const service = serviceWith([callRecord(1)]);
    const element = await mounted('ar');
    choose(one<HTMLSelectElement>(element, '[name=outcome]'), 'answered');
    await settled(element);
    one(element, '[part=export-button]').click();
    await waitUntil(() => downloads.saved.length > 0);
    const { query } = service.heard.find(({ route }) => route === 'GET /api/calls.csv')!;
    const tz = Intl.DateTimeFormat().resolvedOptions().timeZone;
    expect(query).to.deep.equal({ outcome: 'answered', lang: 'ar', tz });
    const [{ href, download }] = downloads.saved as [HTMLAnchorElement];
    expect(download).to.match(/^calls-\d{4}-\d\d-\d\d\.csv$/);
    expect(await (await new Promise<Blob>((resolve) => fetchBlob(href, resolve))).text()).to.equal('Call\r\n');
  });

  it('asks once however often it is clicked, and says when there is no file', async () => {
    const service = serviceWith([callRecord(1)]);
    const element = await mounted();
    service.failing.set('GET /api/calls.csv', 500);
    const button = one(element, '[part=export-button]');
    button.click();
    button.click();
    await waitUntil(() => button.textContent.includes('No file came'));
    expect(service.heard.filter(({ route }) => route === 'GET /api/calls.csv').length).to.equal(1);
    expect(downloads.saved).to.deep.equal([]);
    service.failing.clear();
    button.click();
    await waitUntil(() => downloads.saved.length === 1);
    await settled(element);
    expect(button.textContent.trim()).to.equal('Download CSV');
  });
});

/** Without `fetch`, behind which the stub stands. */
function fetchBlob(href: string, resolve: (blob: Blob) => void): void {
  const request = new XMLHttpRequest();
  request.responseType = 'blob';
  request.addEventListener('load', () => resolve(request.response as Blob));
  request.open('GET', href);
  request.send();
}
