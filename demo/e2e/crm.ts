import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signAuthToken } from '../call-center/auth-token.ts';
import { startDemoProcess } from './demo-process.ts';

export interface Crm {
  /** Of its page; any other path is a page without us. */
  readonly url: string;
  /** A customer calls the company's number. */
  callIn(): Promise<void>;
  close(): Promise<void>;
}

/** A CRM of another origin, with nothing of ours in its page but the script tag and the element; and a service that trusts it. */
export async function startCrm(body = '', attributes = ''): Promise<Crm> {
  const secret = 'a secret that the CRM and the service share';
  let page = '';
  const server = createServer((request, response) => {
    if (request.method === 'POST') {
      return void signAuthToken({ id: 'karim', name: 'Karim' }, secret).then((token) =>
        response.end(JSON.stringify({ token })),
      );
    }
    response.setHeader('content-type', 'text/html; charset=utf-8');
    return response.end(request.url === '/' ? page : '<!doctype html><title>CRM</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const demo = await startDemoProcess({ CRM_JWT_SECRET: secret, CORS_ORIGINS: url });
  const callCenter = await (await fetch(`${demo.url}/call-center`)).text();
  const [sandbox] = /http:\/\/[^"]+\/almasar-sandbox\.js/.exec(callCenter)!;
  page = `<!doctype html><html lang="en"><title>CRM</title>
    <script src="${sandbox}"></script>
    <script type="module" src="${demo.url}/almasar-dialer.js"></script>
    <almasar-dialer service="${demo.url}" auth-endpoint="/token" ${attributes}></almasar-dialer>
    ${body}`;
  return {
    url: `${url}/`,
    async callIn() {
      const body = JSON.stringify({ from: '+201001234501' });
      const answer = await fetch(`${demo.url}/call-center/incoming-call?agent=karim`, { method: 'POST', body });
      if (!answer.ok) throw new Error(`The sandbox refused the customer: ${await answer.text()}`);
    },
    async close() {
      await demo.stop();
      server.closeAllConnections();
      server.close();
    },
  };
}
