import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signAuthToken } from '../call-center/auth-token.ts';
import { startDemoProcess } from './demo-process.ts';

const SECRET = 'a secret that the CRM and the service share';

/** A CRM of another origin: on every path one page, and the auth token of the agent who is signed in. */
export interface CrmServer {
  origin: string;
  /** For a service that trusts it. */
  environment: { CRM_JWT_SECRET: string; CORS_ORIGINS: string };
  /** From now on this is in its page: nothing of ours but the script tag and the element; of the sandbox, its script. */
  embed(of: { service: string; sandboxScript: string; attributes?: string; body: string }): void;
  close(): void;
}

export async function startCrmServer(agent: { id: string; name: string }): Promise<CrmServer> {
  let page = '';
  const server = createServer((request, response) => {
    if (request.method === 'POST') {
      return void signAuthToken(agent, SECRET).then((token) => response.end(JSON.stringify({ token })));
    }
    response.setHeader('content-type', 'text/html; charset=utf-8');
    return response.end(page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    environment: { CRM_JWT_SECRET: SECRET, CORS_ORIGINS: origin },
    embed({ service, sandboxScript, attributes = '', body }) {
      page = `<!doctype html><html lang="en"><title>CRM</title>
        <script src="${sandboxScript}"></script>
        <script type="module" src="${service}/almasar-dialer.js"></script>
        <almasar-dialer service="${service}" auth-endpoint="/token" ${attributes}></almasar-dialer>
        ${body}`;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

export interface Crm {
  url: string;
  /** A customer calls the company's number. */
  callIn(): Promise<void>;
  close(): Promise<void>;
}

/** Such a CRM with a service of its own, as the demo is started. */
export async function startCrm(body: string, attributes?: string): Promise<Crm> {
  const crm = await startCrmServer({ id: 'karim', name: 'Karim' });
  const demo = await startDemoProcess(crm.environment);
  const callCenter = await (await fetch(`${demo.url}/call-center`)).text();
  const [sandboxScript] = /http:\/\/[^"]+\/almasar-sandbox\.js/.exec(callCenter)!;
  crm.embed({ service: demo.url, sandboxScript, body, ...(attributes !== undefined && { attributes }) });
  return {
    url: crm.origin,
    async callIn() {
      const body = JSON.stringify({ from: '+201001234501' });
      const answer = await fetch(`${demo.url}/call-center/incoming-call?agent=karim`, { method: 'POST', body });
      if (!answer.ok) throw new Error(`The sandbox refused the customer: ${await answer.text()}`);
    },
    async close() {
      await demo.stop();
      crm.close();
    },
  };
}
