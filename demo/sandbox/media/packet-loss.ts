import type { RTCPeerConnection } from 'werift';

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

/** Loses every packet of a connection, both ways, until the returned function is called. */
export function loseAllPackets(connection: RTCPeerConnection): () => void {
  const cut = socketsOf(connection).map((socket) => {
    const { send, onData } = socket;
    socket.send = () => Promise.resolve();
    socket.onData = () => {};
    return () => Object.assign(socket, { send, onData });
  });
  return () => {
    for (const mend of cut) mend();
  };
}
