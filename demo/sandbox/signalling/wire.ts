import * as z from 'zod';

/** Frames that the Voice SDK sends (SDK 2.18: lib/twilio/pstream.ts). What does not fit is ignored, as on a real edge. */
const sdp = z.string().min(1).max(65_536);
const callsid = z.string().min(1).max(64);

export const frame = z.discriminatedUnion('type', [
  z.object({ type: z.literal('listen'), payload: z.object({ token: z.string().max(16_384) }) }),
  z.object({ type: z.literal('register'), payload: z.object({ media: z.object({ audio: z.boolean() }) }) }),
  z.object({
    type: z.literal('invite'),
    payload: z.object({
      callsid,
      sdp,
      reconnect: z.string().optional(),
      twilio: z.object({ params: z.string().optional() }).optional(),
    }),
  }),
  z.object({ type: z.literal('answer'), payload: z.object({ callsid, sdp }) }),
  z.object({ type: z.literal('reject'), payload: z.object({ callsid }) }),
  z.object({ type: z.literal('hangup'), payload: z.object({ callsid }) }),
  z.object({ type: z.literal('dtmf'), payload: z.object({ callsid, dtmf: z.string().max(256) }) }),
  z.object({ type: z.literal('reinvite'), payload: z.object({ callsid, sdp }) }),
  z.object({
    type: z.literal('message'),
    payload: z.object({
      callsid,
      content: z.unknown(),
      contenttype: z.string(),
      messagetype: z.string(),
      voiceeventsid: z.string(),
    }),
  }),
]);

export type SdkFrame = z.infer<typeof frame>;
export type FrameOf<Type extends SdkFrame['type']> = Extract<SdkFrame, { type: Type }>['payload'];

/** Undefined for a heartbeat's echo and for anything that is not one of the frames above. */
export function parseFrame(text: string): SdkFrame | undefined {
  if (text.trim() === '') return undefined;
  try {
    return frame.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

export type EdgeFrameType =
  | 'connected'
  | 'ready'
  | 'offline'
  | 'error'
  | 'close'
  | 'ringing'
  | 'answer'
  | 'hangup'
  | 'invite'
  | 'cancel'
  | 'ack'
  | 'message';
