import { randomBytes } from 'node:crypto';
import type { FarEnd } from '../far-ends/far-end.ts';
import type { CallSwitch, IncomingNumber, PlacedCall } from '../ports.ts';
import { newSid } from '../sid.ts';
import { startScript } from '../verbs/call-script.ts';
import { Leg } from './leg.ts';
import { deviceParty } from './party.ts';
import type { Parts } from './parts.ts';
import { reportStatus } from './status-callbacks.ts';

export interface CallersCall {
  from: string;
  number: IncomingNumber;
  farEnd: FarEnd;
}

/** Takes the calls that come in, from browsers and from telephones, and runs the TwiML that is set for them. */
export class SandboxSwitch implements CallSwitch {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** A browser has called `device.connect()`. */
  callPlaced({ identity, applicationSid, parameters, grantParameters, call }: PlacedCall): void {
    const { account, log } = this.#parts;
    const application = account.applications.get(applicationSid);
    if (!application?.voiceUrl) {
      const message = application
        ? `The application ${applicationSid} has no Voice URL.`
        : `The account has no application ${applicationSid}.`;
      log({ level: 'error', code: application ? 31404 : 31001, callSid: call.callSid, message });
      call.hangUp(application ? { code: 31404, message: 'NotFound' } : { code: 31001, message: 'ApplicationNotFound' });
      return;
    }
    const leg = new Leg(
      {
        sid: call.callSid,
        from: `client:${identity}`,
        to: parameters['To'] ?? '',
        called: '',
        direction: 'inbound',
        application,
        voiceFallbackUrl: application.voiceFallbackUrl,
      },
      this.#parts.lines,
    );
    this.#accept(leg, application.statusCallback, application.statusCallbackMethod);
    leg.callFrom(deviceParty(call));
    // Which of two of one name wins is unverified; the token is the one that a browser cannot forge.
    const fields = { ...parameters, ...grantParameters };
    startScript(leg, { url: application.voiceUrl, method: application.voiceMethod, fields }, this.#parts);
  }

  /** Somebody calls a number of the account; returns the SID of the call. */
  callNumber({ from, number, farEnd }: CallersCall): string {
    const { phoneNumber, voiceUrl, voiceMethod, voiceFallbackUrl, statusCallback } = number;
    const leg = new Leg(
      { sid: newSid('CA'), from, to: phoneNumber, called: phoneNumber, direction: 'inbound', voiceFallbackUrl },
      this.#parts.lines,
    );
    this.#accept(leg, statusCallback, 'POST');
    leg.callFrom(this.#parts.telephones.caller(farEnd));
    // Opaque: Twilio's is for its REST API only, to place another call under the same caller ID.
    const fields = { CallToken: randomBytes(32).toString('base64url') };
    startScript(leg, { url: voiceUrl, method: voiceMethod, fields }, this.#parts);
    return leg.sid;
  }

  /** Ends every call that is still going on. */
  close(): void {
    for (const leg of this.#parts.calls.list()) leg.hangUp();
  }

  #accept(leg: Leg, statusCallback: string, method: 'GET' | 'POST'): void {
    this.#parts.calls.add(leg);
    if (statusCallback) reportStatus(leg, { url: statusCallback, method, events: ['completed'] }, this.#parts);
  }
}
