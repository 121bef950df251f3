import { Hono } from 'hono';
import * as z from 'zod';
import { BREAKDOWNS, type Breakdown } from '../ports.ts';
import type { Leg } from '../switch/leg.ts';
import { type IncomingCall, IncomingCallRefused } from '../switch/incoming-call.ts';

const incomingCallBody = z.object({ from: z.string(), to: z.string(), farEnd: z.string().optional() });

const breakdownBody = z.object({
  what: z.enum(BREAKDOWNS),
  ms: z.number().int().min(1).max(120_000),
});

export interface Control {
  breakDown(what: Breakdown, ms: number): void;
  placeIncomingCall(call: IncomingCall): string;
  legs(): Leg[];
}

function describe(leg: Leg): object {
  const { sid, from, to, direction, parent } = leg.address;
  return {
    sid,
    parentCallSid: parent?.sid ?? null,
    from,
    to,
    direction,
    status: leg.status,
    seconds: leg.seconds,
    createdAt: leg.createdAt.toISOString(),
    answeredAt: leg.answeredAt?.toISOString() ?? null,
    endedAt: leg.endedAt?.toISOString() ?? null,
  };
}

/** What Twilio has no API for: a customer who calls, a network that breaks, and a look inside. For people and tests; no credentials needed. */
export function controlApi(control: Control): Hono {
  return new Hono()
    .get('/sandbox/calls', (c) => c.json({ calls: control.legs().map(describe) }))
    .post('/sandbox/breakdowns', async (c) => {
      const body = breakdownBody.safeParse(await c.req.json().catch(() => undefined));
      if (!body.success) {
        const what = BREAKDOWNS.map((each) => `"${each}"`).join(' or ');
        return c.json({ message: `Send JSON: {"what": ${what}, "ms": 1 to 120000}.` }, 400);
      }
      control.breakDown(body.data.what, body.data.ms);
      return c.body(null, 204);
    })
    .post('/sandbox/incoming-calls', async (c) => {
      const body = incomingCallBody.safeParse(await c.req.json().catch(() => undefined));
      if (!body.success)
        return c.json({ message: 'Send JSON: {"from": "+201…", "to": "+202…", "farEnd": "00"}.' }, 400);
      const { from, to, farEnd } = body.data;
      try {
        const callSid = control.placeIncomingCall({ from, to, ...(farEnd !== undefined && { farEnd }) });
        return c.json({ callSid }, 201);
      } catch (error) {
        if (error instanceof IncomingCallRefused) return c.json({ message: error.message }, 422);
        throw error;
      }
    });
}
