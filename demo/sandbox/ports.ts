/**
 * The seam inside the sandbox: the *edge* speaks the Voice SDK's protocol and ends WebRTC audio (signalling/, media/);
 * the *switch* runs TwiML and joins legs (switch/). Each side sees the other only through these types.
 */

/** 20 ms of telephone audio: 160 linear 16-bit samples, 8 kHz, mono. */
export type Frame = Int16Array;
export const SAMPLE_RATE = 8000;
export const FRAME_MS = 20;
export const FRAME_SAMPLES = 160;

/**
 * How the network between browsers and carrier breaks: `signalling` cuts and refuses sockets; `media` loses every packet
 * both ways, `packet-loss` every third on its way to the browser, and `delay` holds up each of those for 600 ms.
 */
export const BREAKDOWNS = ['signalling', 'media', 'packet-loss', 'delay'] as const;
export type Breakdown = (typeof BREAKDOWNS)[number];
export type MediaTrouble = Exclude<Breakdown, 'signalling'>;

/** One party's audio as the switch hears it. Both methods are called once per tick of the one 20 ms clock. */
export interface AudioEnd {
  /** The next 20 ms that the party said; undefined when nothing has arrived. */
  take(): Frame | undefined;
  /** The next 20 ms that the party shall hear. */
  give(frame: Frame): void;
}

/** Sent to the SDK with a hang-up; the SDK maps the code (31486 busy, 31480 no answer, 31603 declined, 31404 not found). */
export interface CallError {
  code: number;
  message: string;
}

/** A message of `call.sendMessage()`. */
export interface CallMessage {
  content: unknown;
  contentType: string;
  messageType: string;
}

export interface DeviceCallEvents {
  digit(digit: string): void;
  hungUp(): void;
  message(message: CallMessage): void;
}

/** A browser's end of one call leg. Survives a lost socket: the edge resumes it by its reconnect token. */
export interface DeviceCall {
  readonly callSid: string;
  readonly identity: string;
  readonly audio: AudioEnd;
  /** Outgoing calls only: the far end rings. */
  ringing(): void;
  /** Outgoing calls only: the carrier answers. Repeated calls do nothing. */
  answer(): void;
  /** Ends the leg from the carrier's side. Repeated calls do nothing; `hungUp` is not reported for it. */
  hangUp(error?: CallError): void;
  sendMessage(message: CallMessage): void;
  /** One listener; set before any event can arrive. */
  listen(events: Partial<DeviceCallEvents>): void;
}

/** What the switch rings a client with. `parameters` are the `<Parameter>`s: the SDK's `call.customParameters`. */
export interface ClientOffer {
  identity: string;
  callSid: string;
  from: string;
  to: string;
  parameters: Record<string, string>;
}

export interface RingingEvents {
  answered(call: DeviceCall): void;
  /** One Device rejected, which at Twilio is the answer of all; or every one that rang is gone. */
  rejected(): void;
}

export interface RingingDevices {
  /** Devices that ring; 0 when none is registered under the identity (then no event will come). */
  readonly count: number;
  cancel(): void;
}

/** Implemented by signalling/, used by the switch. */
export interface DeviceEdge {
  ring(offer: ClientOffer, events: RingingEvents): RingingDevices;
}

/** A Device has placed a call (`device.connect`); its token has been verified. */
export interface PlacedCall {
  identity: string;
  applicationSid: string;
  /** Of `connect({ params })`, decoded, as the browser sent them. */
  parameters: Record<string, string>;
  /** Of the access token's outgoing grant: the server's, not the browser's. */
  grantParameters: Record<string, string>;
  call: DeviceCall;
}

/** Implemented by the switch, used by signalling/. */
export interface CallSwitch {
  callPlaced(placed: PlacedCall): void;
}

/** An account of the sandbox: what a Twilio console would hold. */
export interface Account {
  readonly accountSid: string;
  /** Signs webhooks; with the account SID it also opens the REST API. */
  readonly authToken: string;
  readonly apiKeys: Map<string, { sid: string; secret: string; friendlyName: string }>;
  readonly applications: Map<string, Application>;
  /** By E.164 number. */
  readonly numbers: Map<string, IncomingNumber>;
}

export interface Application {
  sid: string;
  friendlyName: string;
  voiceUrl: string;
  voiceMethod: 'GET' | 'POST';
  voiceFallbackUrl: string;
  statusCallback: string;
  statusCallbackMethod: 'GET' | 'POST';
}

export interface IncomingNumber {
  sid: string;
  phoneNumber: string;
  friendlyName: string;
  voiceUrl: string;
  voiceMethod: 'GET' | 'POST';
  voiceFallbackUrl: string;
  statusCallback: string;
}
