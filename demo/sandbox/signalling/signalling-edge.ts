import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { VoicePeer } from '../media/voice-peer.ts';
import type { Account, CallSwitch, ClientOffer, DeviceEdge, RingingDevices, RingingEvents } from '../ports.ts';
import { newSid } from '../sid.ts';
import { TokenRefused, verifyAccessToken } from './access-token.ts';
import { DeviceSession } from './device-session.ts';
import { EdgeCall } from './edge-call.ts';
import { RingGroup } from './ring-group.ts';
import type { FrameOf, SdkFrame } from './wire.ts';

/** Twilio: "10 concurrent registrations per identity"; the next one drops the oldest. */
const REGISTRATIONS = 10;

export interface SignallingEdgeOptions {
  account: Account;
  callPlaced: CallSwitch['callPlaced'];
  /** Hears of what went wrong inside; a broken call never takes the edge with it. */
  onError: (error: unknown) => void;
}

export interface SignallingEdge extends DeviceEdge {
  /** For the HTTP server's `upgrade` event. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  registeredDevices(identity: string): number;
  close(): void;
}

/** The edge that the Voice SDK connects to: `wss://…/signal`. */
export function createSignallingEdge({ account, callPlaced, onError }: SignallingEdgeOptions): SignallingEdge {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 128 * 1024 });
  const sessions = new Set<DeviceSession>();
  const calls = new Set<EdgeCall>();
  const ringing = new Map<string, RingGroup>();

  const heldCall = (session: DeviceSession, sid: string) => [...calls].find((call) => call.isHeldBy(session, sid));
  const registered = (identity: string) =>
    [...sessions].filter((session) => session.registered && session.identity === identity);

  function connect(socket: ConstructorParameters<typeof DeviceSession>[0]): void {
    const session = new DeviceSession(
      socket,
      (frame) => void handle(session, frame).catch(onError),
      () => {
        sessions.delete(session);
        for (const call of calls) call.socketLost(session);
        for (const group of ringing.values()) group.socketLost(session);
      },
    );
    sessions.add(session);
  }

  async function handle(session: DeviceSession, frame: SdkFrame): Promise<void> {
    switch (frame.type) {
      case 'listen':
        return listen(session, frame.payload.token);
      case 'register':
        return register(session, frame.payload.media.audio);
      case 'invite':
        return frame.payload.reconnect === undefined
          ? invite(session, frame.payload)
          : reconnect(session, frame.payload);
      case 'answer':
        return ringing.get(frame.payload.callsid)?.deviceAnswered(session, frame.payload.sdp);
      case 'reject':
        return ringing.get(frame.payload.callsid)?.deviceRejected(session);
      case 'hangup':
        return heldCall(session, frame.payload.callsid)?.deviceHungUp();
      case 'dtmf': {
        const call = heldCall(session, frame.payload.callsid);
        for (const digit of frame.payload.dtmf.replace(/[^\d*#]/g, '')) call?.deviceDigit(digit);
        return;
      }
      case 'reinvite':
        return heldCall(session, frame.payload.callsid)?.restartIce(frame.payload.sdp);
      case 'message':
        return message(session, frame.payload);
    }
  }

  function listen(session: DeviceSession, token: string): void {
    const now = Date.now();
    try {
      const admission = verifyAccessToken(token, account, now);
      if (session.identity !== undefined && session.identity !== admission.identity) {
        throw new TokenRefused(20101, 'another identity on the same connection');
      }
      session.admit(admission, now);
    } catch (error) {
      if (!(error instanceof TokenRefused)) throw error;
      session.error({ code: error.code, message: error.message });
      // A call in progress must be able to resume with a fresh token; `close` would end that for good.
      const waiting = [...calls].some(
        (call) => call.isHeldBy(session, call.callSid) || (token.includes('.') && couldResume(token, call)),
      );
      if (!waiting) session.send('close', {});
    }
  }

  /** An expired token of the call's own identity: its Device is about to bring a new one. */
  function couldResume(token: string, call: EdgeCall): boolean {
    try {
      return verifyAccessToken(token, account, 0).identity === call.identity;
    } catch {
      return false;
    }
  }

  function register(session: DeviceSession, audio: boolean): void {
    const { admission } = session;
    if (!admission || admission.expiresAt <= Date.now())
      return session.error({ code: 31204, message: 'no valid token' });
    // Registering again (the SDK does every 30 s) keeps its place; order in the set is order of registration.
    sessions.delete(session);
    sessions.add(session);
    session.registered = audio && admission.mayReceive;
    session.send(session.registered ? 'ready' : 'offline', {});
    for (const surplus of registered(admission.identity).slice(0, -REGISTRATIONS)) {
      surplus.registered = false;
      surplus.send('offline', {});
    }
  }

  async function invite(session: DeviceSession, payload: FrameOf<'invite'>): Promise<void> {
    const { admission } = session;
    if (!admission?.applicationSid || admission.expiresAt <= Date.now()) {
      const error = { code: 31002, message: 'Connection declined: the token has no outgoing grant for a TwiML App' };
      return session.send('hangup', { callsid: payload.callsid, error });
    }
    const { peer, sdp } = await VoicePeer.answering(payload.sdp);
    const call: EdgeCall = new EdgeCall({
      callSid: newSid('CA'),
      identity: admission.identity,
      session,
      peer,
      answerSdp: sdp,
      temporarySid: payload.callsid,
      onOver: () => calls.delete(call),
    });
    calls.add(call);
    callPlaced({
      identity: admission.identity,
      applicationSid: admission.applicationSid,
      parameters: Object.fromEntries(new URLSearchParams(payload.twilio?.params ?? '')),
      call,
    });
  }

  async function reconnect(session: DeviceSession, payload: FrameOf<'invite'>): Promise<void> {
    const { callsid, sdp, reconnect: token } = payload;
    const group = ringing.get(callsid);
    if (group && group.reconnectToken === token && group.identity === session.identity)
      return group.pickedUp(session, sdp);
    const call = [...calls].find((each) => each.callSid === callsid && each.reconnectToken === token);
    if (!call || call.identity !== session.identity) {
      return session.send('hangup', { callsid, error: { code: 31209, message: 'the call is over' } });
    }
    const ufrag = /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1];
    if (ufrag === call.remoteUfrag) return call.resume(session);
    const answered = await VoicePeer.answering(sdp);
    call.moveTo(session, answered.peer, answered.sdp);
  }

  function message(session: DeviceSession, payload: FrameOf<'message'>): void {
    const { callsid, content, contenttype, messagetype, voiceeventsid } = payload;
    const call = heldCall(session, callsid);
    if (!call) return session.error({ code: 31404, message: 'no such call' }, { callsid, voiceeventsid });
    session.send('ack', { acktype: 'message', callsid, voiceeventsid });
    call.deviceMessage({ content, contentType: contenttype, messageType: messagetype });
  }

  function ring(offer: ClientOffer, events: RingingEvents): RingingDevices {
    const group = new RingGroup({
      offer,
      accountSid: account.accountSid,
      sessions: registered(offer.identity),
      events,
      onOver: (call) => {
        ringing.delete(offer.callSid);
        if (call) calls.add(call);
      },
      onCallOver: (call) => calls.delete(call),
    });
    if (group.count > 0) ringing.set(offer.callSid, group);
    return group;
  }

  return {
    ring,
    handleUpgrade: (request, socket, head) => sockets.handleUpgrade(request, socket, head, connect),
    registeredDevices: (identity) => registered(identity).length,
    close() {
      for (const group of ringing.values()) group.cancel();
      for (const call of calls) call.hangUp();
      for (const session of sessions) session.cut();
      sockets.close();
    },
  };
}
