/** Thousands of event-stream clients over bare sockets, in a process of their own. Started by event-streams.ts. */
import { connect } from 'node:net';

interface ClientsJob {
  port: number;
  /** Requests, each of which opens a stream. */
  requests: string[];
}

/** What every message has and nothing else: when the last client has seen it, the broadcast has arrived. */
const MARK = /bench-mark-(\d+)/;
const seen = new Map<string, number>();
let open = 0;
let refused = '';

function tell(message: object): void {
  process.send!(message);
}

process.on('message', ({ port, requests }: ClientsJob) => {
  const waiting = requests.values();
  const openNext = () => {
    const { value: request, done } = waiting.next();
    if (done) return;
    let begun = false;
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    socket.on('data', (data: Buffer) => {
      const text = data.toString('latin1');
      if (!begun) {
        begun = true;
        open += 1;
        if (!text.startsWith('HTTP/1.1 200')) refused ||= text.slice(0, 300);
        if (open === requests.length) tell({ open, refused });
        openNext();
      }
      const mark = MARK.exec(text)?.[1];
      if (mark === undefined) return;
      const count = (seen.get(mark) ?? 0) + 1;
      seen.set(mark, count);
      if (count === requests.length) tell({ mark, at: Date.now() + (performance.now() % 1) });
    });
    socket.on('error', (error) => tell({ broken: error.message }));
    socket.on('close', () => tell({ broken: 'closed' }));
  };
  for (let line = 0; line < 50; line += 1) openNext();
});
process.on('disconnect', () => process.exit(0));
