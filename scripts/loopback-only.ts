/**
 * Preloaded into every test process (`--import`): a connection or datagram to anywhere but this machine is refused
 * and named on stderr, and the process ends with failure. The tests' promise that nothing leaves the machine is kept here.
 */
import dgram from 'node:dgram';
import dns from 'node:dns';
import net from 'node:net';
import { networkInterfaces } from 'node:os';

const LOOPBACK = /^(localhost|127(\.\d+){3}|::1|\[::1\]|::ffff:127(\.\d+){3}|0\.0\.0\.0|::)$/;

/** A browser's WebRTC socket has this machine's own address; what is sent there stays inside. */
const OWN = new Set(
  Object.values(networkInterfaces())
    .flat()
    .map((each) => each?.address),
);

function refuse(target: string): never {
  process.exitCode = 1;
  const error = new Error(`A test tried to reach ${target}: tests stay on this machine.`);
  process.stderr.write(`${error.stack}\n`);
  process.once('exit', () => {
    process.exitCode = 1;
  });
  throw error;
}

function check(host: string | undefined): void {
  if (host !== undefined && !LOOPBACK.test(host) && !OWN.has(host)) refuse(host);
}

const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
  // Node normalises the arguments into an array of its own before its internal calls.
  const first: unknown = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (typeof first === 'object' && first !== null && !('path' in first && first.path)) {
    check((first as { host?: string }).host);
  } else if (typeof first === 'number' && typeof args[1] === 'string') {
    check(args[1]);
  }
  return Reflect.apply(connect, this, args) as net.Socket;
};

const { send } = dgram.Socket.prototype;
dgram.Socket.prototype.send = function (this: dgram.Socket, ...args: unknown[]) {
  const address = args.find((each, index) => index > 0 && typeof each === 'string');
  check(address as string | undefined);
  return Reflect.apply(send, this, args);
} as typeof send;

const { lookup } = dns;
dns.lookup = function (hostname: string, ...rest: unknown[]) {
  check(hostname);
  Reflect.apply(lookup, dns, [hostname, ...rest]);
} as typeof lookup;
