import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Login } from './login.ts';

/** What was asked of the service: the action, and its parameters as they came. */
export interface CredentialRequest {
  readonly action: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** The parts of AWS's APIs of Redshift and Redshift Serverless that give database credentials. */
export interface CredentialService {
  readonly endpoint: string;
  readonly requests: readonly CredentialRequest[];
  close(): Promise<void>;
}

/** Starts the service; a request is answered with a login, or with an error of that message. */
export async function startCredentialService(
  answer: (request: CredentialRequest) => Login | string,
): Promise<CredentialService> {
  const requests: CredentialRequest[] = [];
  const server = createServer(async (request, response) => {
    const asked = await readRequest(request);
    requests.push(asked);
    const given = answer(asked);
    const [status, type, body] = asked.isJson ? jsonAnswer(given) : xmlAnswer(asked.action, given);
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** A cluster's API takes a form, a workgroup's JSON. */
async function readRequest(
  request: IncomingMessage,
): Promise<CredentialRequest & { readonly isJson: boolean }> {
  const body = await text(request);
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string')
    return { isJson: true, action: target.split('.')[1] ?? '', parameters: JSON.parse(body) };
  const { Action: action = '', Version: _, ...parameters } = Object.fromEntries(new URLSearchParams(body));
  return { isJson: false, action, parameters };
}

type HttpAnswer = readonly [status: number, type: string, body: string];

function xmlAnswer(action: string, given: Login | string): HttpAnswer {
  if (typeof given === 'string')
    return [
      400,
      'text/xml',
      `<ErrorResponse><Error><Type>Sender</Type><Code>ClusterNotFound</Code><Message>${given}</Message></Error></ErrorResponse>`,
    ];
  const { user, password, expires = new Date() } = given;
  const fields = `<DbUser>${user}</DbUser><DbPassword>${password}</DbPassword><Expiration>${expires.toISOString()}</Expiration>`;
  const result = `<${action}Result>${fields}</${action}Result>`;
  return [200, 'text/xml', `<${action}Response>${result}</${action}Response>`];
}

function jsonAnswer(given: Login | string): HttpAnswer {
  const type = 'application/x-amz-json-1.1';
  if (typeof given === 'string')
    return [400, type, JSON.stringify({ __type: 'ResourceNotFoundException', message: given })];
  const { user, password, expires = new Date() } = given;
  const expiration = expires.getTime() / 1000;
  return [200, type, JSON.stringify({ dbUser: user, dbPassword: password, expiration })];
}
