import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface DelayedPort {
  port: number;
  close(): void;
}

/**
 * A port of this machine that leads to another one as if over a long line: every byte takes half a round trip, and a
 * new connection pays one round trip (TCP's own) before its first byte sets out.
 */
export async function delayedPort(target: number, roundTripMs: number): Promise<DelayedPort> {
  const sockets = new Set<Socket>();

  function carry(from: Socket, to: Socket, notBefore: number): void {
    const later = (act: () => void) => {
      const wait = Math.max(0, notBefore - performance.now()) + roundTripMs / 2;
      setTimeout(act, wait);
    };
    from.on('data', (chunk: Buffer) => later(() => to.writable && to.write(chunk)));
    from.on('end', () => later(() => to.end()));
    from.on('error', () => to.destroy());
    from.on('close', () => {
      sockets.delete(from);
      later(() => to.destroy());
    });
  }

  const server = createServer((near) => {
    const far = connect({ host: '127.0.0.1', port: target });
    for (const socket of [near, far]) sockets.add(socket.setNoDelay());
    const opened = performance.now() + roundTripMs;
    carry(near, far, opened);
    carry(far, near, 0);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
