import { lookup } from 'node:dns/promises';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls';
import type { ClientConfig } from 'pg';
import { tlsNotOffered } from '../../diagnostic/catalogue/connection.ts';
import type { Check } from '../../diagnostic/check.ts';
import { DiagnosticError } from '../../diagnostic/diagnostic.ts';
import { connectionFailure, type LoginPlace } from './connection-failure.ts';

/** A server that speaks PostgreSQL's protocol, and how it is connected to. */
export interface CheckedServer {
  readonly place: LoginPlace;
  readonly config: () => Promise<ClientConfig>;
}

/** What must work, one after the other, before a server can be asked to let anybody in. */
export function serverChecks({ place, config }: CheckedServer): readonly Check[] {
  const check = (what: string, needs: readonly string[], see: (config: ClientConfig) => Promise<string>) => ({
    what,
    needs,
    look: () => config().then(see).catch(toldOf(place)),
  });
  return [
    check('DNS', [], seeAddresses),
    check('TCP', ['DNS'], (settings) => seeAnswer(settings, place)),
    check('TLS', ['TCP'], (settings) => seeCertificate(settings, place)),
  ];
}

function toldOf(place: LoginPlace): (error: unknown) => never {
  return (error) => {
    throw error instanceof DiagnosticError ? error : new DiagnosticError([connectionFailure(error, place)]);
  };
}

async function seeAddresses({ host = '' }: ClientConfig): Promise<string> {
  if (isSocketFolder(host)) return `${host} is the folder of a socket`;
  if (isIP(host) > 0) return `${host} is an address`;
  const addresses = await lookup(host, { all: true });
  return `${host} is ${addresses.map(({ address }) => address).join(', ')}`;
}

async function seeAnswer(config: ClientConfig, { server }: LoginPlace): Promise<string> {
  const started = performance.now();
  const socket = await connected(config);
  socket.destroy();
  return `${server} takes connections, after ${Math.round(performance.now() - started)} ms`;
}

async function seeCertificate(config: ClientConfig, { server }: LoginPlace): Promise<string> {
  const { host = '', ssl } = config;
  if (ssl === undefined || ssl === false)
    return `not asked for${isSocketFolder(host) ? ': a socket needs none' : ''}`;
  const socket = await connected(config);
  try {
    if (!(await offersTls(socket))) throw new DiagnosticError([tlsNotOffered({ server })]);
    return described(await secured(socket, host, ssl === true ? {} : ssl));
  } finally {
    socket.destroy();
  }
}

/** A connection without a word said on it. */
async function connected({ host = '', port, connectionTimeoutMillis = 0 }: ClientConfig): Promise<Socket> {
  const socket = isSocketFolder(host)
    ? connectTcp({ path: `${host}/.s.PGSQL.${port}` })
    : connectTcp({ host, port: port ?? 0 });
  socket.setTimeout(connectionTimeoutMillis, () => socket.destroy(new Error('timeout expired')));
  await happened(socket, 'connect');
  return socket;
}

/** Asks as the protocol has it: a length, and a number that stands for the question; the answer is one letter. */
async function offersTls(socket: Socket): Promise<boolean> {
  const question = Buffer.alloc(8);
  question.writeInt32BE(question.length, 0);
  question.writeInt32BE(TLS_REQUEST, 4);
  socket.write(question);
  const answer = await happened(socket, 'data');
  socket.pause();
  return String(answer) === 'S';
}

const TLS_REQUEST = 80_877_103;

/** The certificate is for the host; only where that is a name, the server is asked for by it. */
async function secured(socket: Socket, host: string, options: ConnectionOptions): Promise<TLSSocket> {
  const secure = connectTls({ socket, host, ...options, ...(isIP(host) === 0 && { servername: host }) });
  await happened(secure, 'secureConnect');
  return secure;
}

function described(socket: TLSSocket): string {
  const { subject, valid_to: until } = socket.getPeerCertificate();
  const name = subject?.CN === undefined ? '' : ` of "${subject.CN}"`;
  const trust = socket.authorized ? 'verified' : 'not verified';
  return `${socket.getProtocol()}, certificate${name} ${trust}, valid until ${until}`;
}

/** The first word of an event; rejects when the connection fails or ends before it. */
function happened(socket: Socket, event: 'connect' | 'data' | 'secureConnect'): Promise<unknown> {
  return new Promise((resolve, reject) => {
    socket.once(event, resolve);
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('the server closed the connection')));
  });
}

function isSocketFolder(host: string): boolean {
  return host.startsWith('/');
}
