import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

/** A CRM that publishes its keys: what is answered can be changed, what was asked is counted. */
export interface KeyServer {
  url: string;
  keys: JWK[];
  /** Answered instead of the keys: a status, or nothing ever. */
  trouble: number | 'silence' | undefined;
  asked: number;
  close(): void;
}

export interface SigningKey {
  publicJwk: JWK;
  privateKey: Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];
}

export async function signingKey(alg: string, kid: string, more: JWK = {}): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  return { publicJwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig', ...more }, privateKey };
}

export async function startKeyServer(keys: JWK[]): Promise<KeyServer> {
  const state: KeyServer = { url: '', keys, trouble: undefined, asked: 0, close: () => server.closeAllConnections() };
  const server: Server = createServer((_request, response) => {
    state.asked += 1;
    if (state.trouble === 'silence') return;
    response.writeHead(state.trouble ?? 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ keys: state.keys }));
  });
  state.close = () => {
    server.close();
    server.closeAllConnections();
  };
  server.unref();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  state.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys.json`;
  return state;
}
