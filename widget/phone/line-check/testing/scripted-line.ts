import { EventEmitter } from 'node:events';
import { ScriptedComputer } from '../../audio/testing/scripted-computer.ts';
import type { CheckSurroundings } from '../check-run.ts';
import type { CallSample, CheckCall, CheckDevice, CheckSdk } from '../check-sdk.ts';

const SAMPLE: CallSample = { rtt: 80, mos: 4.3, jitter: 4, totals: { packetsLost: 1, packetsReceived: 199 } };

/** Far end of the echo call, its stream and the carrier before it, as the test says. */
export class ScriptedLine {
  readonly computer = new ScriptedComputer();
  readonly page = new EventTarget();
  readonly devices: ScriptedCheckDevice[] = [];
  readonly meters = new Set<(level: number) => void>();
  readonly opened: string[] = [];
  /** How loud the agent's microphone and the echo are, 0 to 1. */
  voice = 0.6;
  echo = 0.6;
  sample: CallSample = SAMPLE;
  /** Directive and host that the page's policy refuses. */
  refused: [directive: string, url: string] | undefined;
  isSupported = true;
  /** What becomes of `register` and of the echo call. */
  register: (device: ScriptedCheckDevice) => Promise<void> = () => Promise.resolve();
  answer: (call: ScriptedCheckCall) => void = (call) => call.emit('accept');
  readonly sdk: CheckSdk;

  constructor() {
    this.sdk = {
      Call: { Codec: { Opus: 'opus', PCMU: 'pcmu' } } as unknown as CheckSdk['Call'],
      Device: deviceClass(this),
    };
  }

  readonly loadSdk = (): Promise<CheckSdk> => {
    this.violate('script-src', 'https://dialer.example');
    return Promise.resolve(this.sdk);
  };

  /** The page's policy refuses it, if it does. */
  violate(directive: string, url: string): void {
    const [refusedDirective, refusedUrl] = this.refused ?? [];
    if (directive !== refusedDirective || !url.startsWith(refusedUrl!)) return;
    this.page.dispatchEvent(
      Object.assign(new Event('securitypolicyviolation'), {
        effectiveDirective: directive,
        blockedURI: url,
        disposition: 'enforce',
      }),
    );
  }

  get surroundings(): CheckSurroundings {
    return {
      page: this.page,
      tryWebSocket: (url) => {
        this.opened.push(url);
        this.violate('connect-src', url);
        return Promise.resolve();
      },
      trySound: (url) => {
        this.opened.push(url);
        this.violate('media-src', url);
        return Promise.resolve();
      },
      measureLevel: (stream, report) => {
        const isEcho = (stream as unknown) === 'echo';
        const timer = setInterval(() => report(isEcho ? this.echo : this.voice), 50);
        this.meters.add(report);
        return () => {
          clearInterval(timer);
          this.meters.delete(report);
        };
      },
    };
  }

  get device(): ScriptedCheckDevice {
    return this.devices.at(-1)!;
  }

  /** What is still open and would have to be given back. */
  held(): string[] {
    return [
      ...this.computer.live(),
      ...this.devices.filter(({ destroyed }) => !destroyed).map(() => 'device'),
      ...this.devices.flatMap(({ calls }) => calls.filter(({ over }) => !over).map(() => 'call')),
      ...[...this.meters].map(() => 'meter'),
    ];
  }
}

export class ScriptedCheckCall extends EventEmitter implements CheckCall {
  over = false;
  /** Seconds until the service has played everything and hangs up. */
  #timer: ReturnType<typeof setInterval>;

  constructor(line: ScriptedLine) {
    super();
    this.#timer = setInterval(() => this.emit('sample', line.sample), 1000);
  }

  getRemoteStream(): MediaStream | undefined {
    return 'echo' as unknown as MediaStream;
  }

  disconnect(): void {
    if (this.over) return;
    this.over = true;
    clearInterval(this.#timer);
    this.emit('disconnect');
  }
}

class ScriptedCheckDevice extends EventEmitter implements CheckDevice {
  readonly audio = { incoming: (sounds: boolean) => (this.rings = sounds) };
  rings = true;
  registered = false;
  destroyed = false;
  readonly calls: ScriptedCheckCall[] = [];
  readonly params: Record<string, string>[] = [];
  edge: string | null = null;
  readonly accessToken: string;
  readonly #line: ScriptedLine;

  constructor(line: ScriptedLine, accessToken: string) {
    super();
    this.#line = line;
    this.accessToken = accessToken;
    line.devices.push(this);
  }

  async register(): Promise<void> {
    await this.#line.register(this);
    this.registered = true;
    this.edge = 'dublin';
  }

  async unregister(): Promise<void> {
    this.registered = false;
  }

  async connect({ params }: { params: Record<string, string> }): Promise<CheckCall> {
    this.params.push(params);
    const call = new ScriptedCheckCall(this.#line);
    this.calls.push(call);
    setTimeout(() => this.#line.answer(call), 100);
    return call;
  }

  destroy(): void {
    this.destroyed = true;
  }
}

function deviceClass(line: ScriptedLine): CheckSdk['Device'] {
  return class extends ScriptedCheckDevice {
    static get isSupported(): boolean {
      return line.isSupported;
    }

    constructor(accessToken: string) {
      super(line, accessToken);
    }
  };
}
