import type { Leg } from './leg.ts';

/** Joins two answered legs: audio, keys and call messages cross over until the function that comes back is called. */
export function bridge(one: Leg, other: Leg): () => void {
  const undo = [pass(one, other), pass(other, one)];
  return () => {
    for (const each of undo) each();
  };
}

function pass(from: Leg, to: Leg): () => void {
  const source = from.line;
  const undo = [
    to.line?.hear(() => source?.said),
    from.onDigit((digit) => to.sendDigit(digit)),
    from.onMessage((message) => to.sendMessage(message)),
  ];
  return () => {
    for (const each of undo) each?.();
  };
}
