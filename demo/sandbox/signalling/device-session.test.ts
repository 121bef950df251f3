import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { DeviceSession } from './device-session.ts';

test('a token that still waited its turn when the socket went leaves no timer behind', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((each) => each === 'Timeout').length;
  const before = timers();
  const socket = Object.assign(new EventEmitter(), { readyState: 3, OPEN: 1 });
  const slow = Promise.withResolvers<void>();
  const gone = Promise.withResolvers<void>();
  const session = new DeviceSession(socket as unknown as WebSocket, {
    mediaAddress: '127.0.0.1',
    async onFrame({ type }) {
      if (type === 'hangup') await slow.promise;
      const now = Date.now();
      if (type === 'listen') {
        session.admit(
          {
            identity: 'alice',
            expiresAt: now + 3_600_000,
            mayReceive: true,
            applicationSid: null,
            parameters: {},
          },
          now,
        );
      }
    },
    onGone: gone.resolve,
    onError: gone.reject,
  });
  socket.emit('message', Buffer.from(JSON.stringify({ type: 'hangup', payload: { callsid: 'TJS1' } })));
  socket.emit('message', Buffer.from(JSON.stringify({ type: 'listen', payload: { token: 'x' } })));
  socket.emit('close');
  await turn();
  slow.resolve();
  await gone.promise;
  assert.equal(timers(), before);
});
