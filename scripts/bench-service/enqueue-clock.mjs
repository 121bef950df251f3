// Preloaded into the service by event-streams.ts: how long one broadcast takes to be handed to all streams, told on SIGUSR2.
const controller = ReadableStreamDefaultController.prototype;
const original = Object.getOwnPropertyDescriptor(controller, 'enqueue').value;
let first = 0;
let last = 0;
let count = 0;
let bursts = [];

controller.enqueue = function (chunk) {
  const before = performance.now();
  // A pause of a quarter of a second ends a burst.
  if (before - last > 250) {
    if (count > 0) bursts.push({ ms: last - first, count });
    first = before;
    count = 0;
  }
  original.call(this, chunk);
  last = performance.now();
  count += 1;
};

process.on('SIGUSR2', () => {
  if (count > 0) bursts.push({ ms: last - first, count });
  process.stdout.write(`${JSON.stringify({ enqueueBursts: bursts })}\n`);
  bursts = [];
  count = 0;
});
