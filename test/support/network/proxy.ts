import { once } from 'node:events';
import { createServer, request as send } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** A proxy of a company's network: tunnels for `https:`, requests that it hands on for `http:`. */
export interface TestProxy {
  /** With the user and password that it asks for, if it does. */
  readonly url: string;
  /** What it was asked for: `CONNECT 127.0.0.1:443`, `GET http://127.0.0.1:80/path`. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** Starts a proxy on 127.0.0.1; `login`, `user:password`, is asked of those who use it. */
export async function startProxy(login?: string): Promise<TestProxy> {
  const asked: string[] = [];
  const isRefused = (header: string | undefined) =>
    login !== undefined && header !== `Basic ${Buffer.from(login).toString('base64')}`;
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (isRefused(request.headers['proxy-authorization'])) {
      response.writeHead(407, { 'proxy-authenticate': 'Basic' }).end();
      return;
    }
    const { method, headers } = request;
    const onward = send(request.url ?? '', { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  server.on('connect', (request, socket, head) => {
    asked.push(`CONNECT ${request.url}`);
    socket.on('error', () => undefined);
    if (isRefused(request.headers['proxy-authorization'])) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\n\r\n');
      return;
    }
    const { hostname, port } = new URL(`http://${request.url}`);
    const onward = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      onward.write(head);
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('close', () => onward.destroy());
  });
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${login === undefined ? '' : `${login.split(':').map(encodeURIComponent).join(':')}@`}127.0.0.1:${port}`,
    asked,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
