import type { Diagnostic } from '../diagnostic.ts';

/** The proxy that the environment names; its URL may hold a password, and is not shown. */
export function notAProxy({ address }: { address: string }): Diagnostic {
  return {
    code: 'NET-001',
    severity: 'error',
    message: `The environment names a proxy for ${address} that is not the URL of an HTTP proxy.`,
    hint: 'Write HTTPS_PROXY as http://proxy.example.com:3128, or name the host in NO_PROXY.',
  };
}
