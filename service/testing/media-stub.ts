import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A carrier that has recordings, and a bucket that takes copies: what was asked, and what lies there. */
export interface MediaStub {
  url: string;
  /** Audio by name; at the carrier the SID, in the bucket the path. */
  carrier: Map<string, Buffer>;
  bucket: Map<string, Buffer>;
  /** Recordings that the carrier knows of and has no audio of. */
  unfinished: Set<string>;
  /** Those that a key of the account's own encrypts. */
  encrypted: Set<string>;
  /** `DELETE carrier RE…`, in order. */
  asked: string[];
  /** What the bucket was told of who asks. */
  authorizations: string[];
  /** Answers this status to every deletion at the carrier; 204 when undefined. */
  refuseDeletion: number | undefined;
  /** Whether the carrier's audio breaks off in the middle. */
  cutOff: boolean;
  /** As it was at the start. */
  reset(): void;
  close(): Promise<void>;
}

export async function startMediaStub(): Promise<MediaStub> {
  const server = createServer((request, response) => {
    void (async () => {
      const { method = 'GET', url = '' } = request;
      const body = Buffer.concat((await request.toArray()) as Buffer[]);
      const [, recordingSid] = /\/Recordings\/(RE[0-9a-f]{32})/.exec(url) ?? [];
      const [, key] = /^\/bucket\/(.+)$/.exec(url) ?? [];
      // What else the service asks of the carrier: of that, this one has nothing.
      if (!recordingSid && !key) return response.writeHead(404).end();
      const [place, name] = recordingSid ? (['carrier', recordingSid] as const) : (['bucket', key ?? ''] as const);
      if (method === 'GET' && url.includes('.json')) {
        const known = stub.carrier.has(name) || stub.unfinished.has(name);
        const details = stub.encrypted.has(name) ? { encryption_details: { type: 'rsa-aes' } } : {};
        const resource = {
          sid: name,
          status: 'completed',
          duration: '20',
          channels: 2,
          source: 'DialVerb',
          ...details,
        };
        return response.writeHead(known ? 200 : 404).end(JSON.stringify(resource));
      }
      stub.asked.push(`${method} ${place} ${name}`);
      if (place === 'bucket') stub.authorizations.push(request.headers.authorization ?? '');
      const held = stub[place];
      if (method === 'PUT') {
        held.set(name, body);
        return response.writeHead(200).end();
      }
      if (method === 'DELETE') {
        if (place === 'carrier' && stub.refuseDeletion) return response.writeHead(stub.refuseDeletion).end();
        held.delete(name);
        return response.writeHead(204).end();
      }
      const audio = held.get(name);
      if (!audio) return response.writeHead(404).end();
      response.writeHead(200, { 'content-type': 'audio/x-wav', 'content-length': audio.length });
      if (!stub.cutOff) return response.end(audio);
      return response.write(audio.subarray(0, 5), () => response.destroy());
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stub: MediaStub = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    carrier: new Map(),
    bucket: new Map(),
    unfinished: new Set(),
    encrypted: new Set(),
    asked: [],
    authorizations: [],
    refuseDeletion: undefined,
    cutOff: false,
    reset() {
      stub.asked.length = 0;
      stub.authorizations.length = 0;
      for (const held of [stub.carrier, stub.bucket, stub.unfinished, stub.encrypted]) held.clear();
      stub.refuseDeletion = undefined;
      stub.cutOff = false;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return stub;
}
