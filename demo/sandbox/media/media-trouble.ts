import type { RTCPeerConnection } from 'werift';
import type { MediaTrouble } from '../ports.ts';

type Receive = (...packet: unknown[]) => void;

/** The library's UDP socket: what is sent goes through `send`, what arrives is handed to `onData`. */
interface PacketSocket {
  send: (...packet: unknown[]) => Promise<void>;
  onData: Receive;
}

function socketsOf(connection: RTCPeerConnection): PacketSocket[] {
  // The library has no public way to reach its sockets, and a broken network cannot be had otherwise.
  const inside = connection.iceTransports as unknown as { connection: { protocols: { transport: PacketSocket }[] } }[];
  return inside.flatMap(({ connection: ice }) => ice.protocols.map(({ transport }) => transport));
}

/** Enough for words to be lost, and for a call to go on. */
const LOST_ONE_IN = 3;
const DELAY_MS = 600;

function troubled(what: MediaTrouble, socket: PacketSocket): PacketSocket {
  const { send, onData } = socket;
  let sent = 0;
  switch (what) {
    case 'media':
      return { send: () => Promise.resolve(), onData: () => {} };
    case 'packet-loss':
      return { send: (...packet) => (++sent % LOST_ONE_IN ? send(...packet) : Promise.resolve()), onData };
    case 'delay':
      return {
        async send(...packet) {
          setTimeout(() => void send(...packet).catch(() => {}), DELAY_MS).unref();
        },
        onData,
      };
  }
}

/** Lets a connection's packets suffer until the returned function is called. */
export function troubleMedia(connection: RTCPeerConnection, what: MediaTrouble): () => void {
  const mends = socketsOf(connection).map((socket) => {
    const { send, onData } = socket;
    const bound = { send: send.bind(socket), onData };
    Object.assign(socket, troubled(what, bound));
    return () => Object.assign(socket, { send, onData });
  });
  return () => {
    for (const mend of mends) mend();
  };
}
