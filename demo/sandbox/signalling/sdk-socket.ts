import { on, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MediaStreamTrack, RTCPeerConnection, RTCRtpCodecParameters } from 'werift';
import { WebSocket } from 'ws';
import type { PlacedCall } from '../ports.ts';
import { ACCOUNT } from './example-account.ts';
import { createSignallingEdge, type SignallingEdge } from './signalling-edge.ts';

interface Frame {
  type: string;
  payload: Record<string, unknown>;
}

/** A bare socket that speaks as the SDK does, and as it never would. */
export class SdkSocket {
  readonly #socket: WebSocket;
  readonly #frames: Frame[] = [];
  #wake: () => void = () => {};

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      const text = data.toString();
      if (text.trim() === '') return;
      this.#frames.push(JSON.parse(text) as Frame);
      this.#wake();
    });
  }

  static async open(url: string, userAgent = ''): Promise<SdkSocket> {
    const socket = new WebSocket(url, { headers: { 'User-Agent': userAgent } });
    const opened = new SdkSocket(socket);
    await once(socket, 'open');
    return opened;
  }

  send(type: string, payload: unknown): void {
    this.sendText(JSON.stringify({ type, payload, version: '1.6' }));
  }

  sendText(text: string | Buffer): void {
    this.#socket.send(text);
  }

  /** The payload of the next frame of that type; frames of other types before it are let go. */
  async next(type: string): Promise<Frame['payload']> {
    for (;;) {
      for (let frame = this.#frames.shift(); frame; frame = this.#frames.shift()) {
        if (frame.type === type) return frame.payload;
      }
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** Waits for the single line feed that keeps the SDK from redialling. */
  async heartbeat(): Promise<void> {
    for await (const [data] of on(this.#socket, 'message')) {
      if (String(data) === '\n') return;
    }
  }

  /** Breaks the connection as a lost network would. */
  cut(): void {
    this.#socket.terminate();
  }
}

export interface SocketLab {
  edge: SignallingEdge;
  placed: PlacedCall[];
  errors: unknown[];
  /** A socket; with a token, one that is already connected. */
  open(token?: string, userAgent?: string): Promise<SdkSocket>;
  close(): Promise<void>;
}

/** An edge on a real server, for sockets without a browser. */
export async function openSocketLab(callPlaced: (call: PlacedCall) => void = () => {}): Promise<SocketLab> {
  const placed: PlacedCall[] = [];
  const errors: unknown[] = [];
  const edge = createSignallingEdge({
    account: ACCOUNT,
    onError: (error) => errors.push(error),
    callPlaced: (call) => {
      placed.push(call);
      callPlaced(call);
    },
  });
  const server = createServer();
  server.on('upgrade', (request, socket, head) => edge.handleUpgrade(request, socket, head));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/signal`;
  return {
    edge,
    placed,
    errors,
    async open(token, userAgent) {
      const socket = await SdkSocket.open(url, userAgent);
      if (token === undefined) return socket;
      socket.send('listen', { token, reconnectTimeout: 0, browserinfo: {} });
      await socket.next('connected');
      return socket;
    },
    async close() {
      edge.close();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** An offer such as a browser's, and how to let its ports go. */
export async function browserOffer(): Promise<{ sdp: string; close: () => Promise<void> }> {
  const connection = new RTCPeerConnection({
    codecs: {
      audio: [
        new RTCRtpCodecParameters({ mimeType: 'audio/PCMU', clockRate: 8000, channels: 1, payloadType: 0 }),
        new RTCRtpCodecParameters({ mimeType: 'audio/telephone-event', clockRate: 8000, payloadType: 126 }),
      ],
    },
    iceServers: [],
    iceUseIpv6: false,
    iceInterfaceAddresses: { udp4: '127.0.0.1' },
    iceAdditionalHostAddresses: ['127.0.0.1'],
  });
  connection.addTransceiver(new MediaStreamTrack({ kind: 'audio' }), { direction: 'sendrecv' });
  await connection.setLocalDescription(await connection.createOffer());
  return { sdp: connection.localDescription!.sdp, close: async () => connection.close() };
}
