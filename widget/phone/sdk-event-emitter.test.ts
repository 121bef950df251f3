import assert from 'node:assert/strict';
import { EventEmitter as NodesEventEmitter } from 'node:events';
import { describe, it } from 'node:test';
import { EventEmitter as OurEventEmitter } from './sdk-event-emitter.ts';

const EMITTERS = { ours: OurEventEmitter, 'Node’s': NodesEventEmitter };

for (const [whose, Emitter] of Object.entries(EMITTERS)) {
  describe(`what the Voice SDK uses of an EventEmitter: ${whose}`, () => {
    it('tells every listener in its turn, with all arguments and itself as `this`', () => {
      const emitter = new Emitter();
      const told: unknown[] = [];
      emitter.on('a', function (this: unknown, ...args: unknown[]) {
        told.push([this === emitter, ...args]);
      });
      emitter.addListener('a', () => told.push('second'));
      assert.equal(emitter.emit('a', 1, 'two'), true);
      assert.equal(emitter.emit('b'), false);
      assert.deepEqual(told, [[true, 1, 'two'], 'second']);
    });

    it('tells those of `once` one time, also when they emit themselves', () => {
      const emitter = new Emitter();
      let told = 0;
      emitter.once('a', () => {
        told += 1;
        emitter.emit('a');
      });
      emitter.emit('a');
      assert.equal(told, 1);
      assert.equal(emitter.listenerCount('a'), 0);
    });

    it('forgets a listener, also one of `once` by what was given, and of two the later', () => {
      const emitter = new Emitter();
      const told: string[] = [];
      const twice = () => told.push('twice');
      emitter.on('a', twice);
      emitter.on('a', () => told.push('between'));
      emitter.on('a', twice);
      emitter.removeListener('a', twice);
      const never = () => told.push('never');
      emitter.once('a', never);
      emitter.off('a', never);
      emitter.emit('a');
      assert.deepEqual(told, ['twice', 'between']);
    });

    it('tells all that were there when it began, though one is removed meanwhile', () => {
      const emitter = new Emitter();
      const told: string[] = [];
      const second = () => told.push('second');
      emitter.on('a', () => emitter.removeListener('a', second));
      emitter.on('a', second);
      emitter.emit('a');
      emitter.emit('a');
      assert.deepEqual(told, ['second']);
    });

    it('throws an error that nobody listens for', () => {
      const emitter = new Emitter();
      assert.throws(() => emitter.emit('error', new TypeError('lost')), TypeError);
      const told: unknown[] = [];
      emitter.on('error', (error: unknown) => told.push(error));
      emitter.emit('error', 'heard');
      assert.deepEqual(told, ['heard']);
    });

    it('announces a new listener before it is there', () => {
      const emitter = new Emitter();
      const told: unknown[] = [];
      emitter.once('newListener', (name, listener) => told.push(name, listener, emitter.listenerCount('a')));
      const listener = () => {};
      emitter.once('a', listener);
      emitter.on('b', listener);
      assert.deepEqual(told, ['a', listener, 0]);
    });

    it('forgets all listeners, of one name or of all', () => {
      const emitter = new Emitter();
      for (const name of ['a', 'b', 'c']) emitter.on(name, () => {});
      emitter.removeAllListeners('a');
      assert.deepEqual([emitter.emit('a'), emitter.emit('b')], [false, true]);
      emitter.removeAllListeners();
      assert.equal(emitter.emit('b'), false);
    });
  });
}
