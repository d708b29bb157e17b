import http from 'node:http';
import https from 'node:https';
import { Agent, type AgentConnectOpts } from 'agent-base';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';
import { notAProxy } from '../diagnostic/catalogue/network.ts';
import { DiagnosticError } from '../diagnostic/diagnostic.ts';
import { secrets } from '../diagnostic/redaction.ts';

/** What sends the requests of a client: `http:` and `https:` ones. */
export interface ProxyAgents {
  readonly httpAgent: http.Agent;
  readonly httpsAgent: https.Agent;
}

/**
 * Agents that send each request by the proxy that HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY name for its address;
 * undefined where no proxy is named. A request fails with a DiagnosticError where what they name is none.
 */
export function proxyAgents(): ProxyAgents | undefined {
  if (!VARIABLES.some((name) => process.env[name])) return undefined;
  const agent = new EnvironmentProxy();
  return { httpAgent: agent, httpsAgent: agent };
}

const VARIABLES = ['https_proxy', 'http_proxy', 'all_proxy'].flatMap((name) => [name, name.toUpperCase()]);

/** Connections that are kept for the next request; as many at once as the AWS SDK has without a proxy. */
const KEPT = { keepAlive: true, maxSockets: 50 };

/** Chooses for each request the agent that sends it. */
class EnvironmentProxy extends Agent {
  readonly #straight = { http: new http.Agent(KEPT), https: new https.Agent(KEPT) };
  readonly #tunnels = new Map<string, http.Agent>();

  constructor() {
    super({ keepAlive: true });
  }

  override connect(request: http.ClientRequest, { secureEndpoint }: AgentConnectOpts): http.Agent {
    const protocol = secureEndpoint ? 'https' : 'http';
    const address = `${protocol}://${request.getHeader('host')}`;
    const proxy = proxyFor(address);
    if (proxy === '') return this.#straight[protocol];
    checkProxy(address, proxy);
    // What a proxy is sent in the clear names the whole address, which is written into a request for a new connection only.
    return secureEndpoint ? this.#tunnel(proxy) : new HttpProxyAgent(proxy);
  }

  #tunnel(proxy: string): http.Agent {
    const tunnel = this.#tunnels.get(proxy) ?? new HttpsProxyAgent(proxy, KEPT);
    this.#tunnels.set(proxy, tunnel);
    return tunnel;
  }
}

/**
 * The URL of an address's proxy. One that is named without a scheme is spoken to in the clear, as curl does; the library
 * would give it the scheme of the address.
 */
function proxyFor(address: string): string {
  const proxy = getProxyForUrl(address);
  const host = proxy.slice(proxy.indexOf('://') + '://'.length);
  return VARIABLES.some((name) => process.env[name] === host) ? `http://${host}` : proxy;
}

/** A proxy is named by its URL, which may hold a user and a password. */
function checkProxy(address: string, proxy: string): void {
  const url = URL.canParse(proxy) ? new URL(proxy) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new DiagnosticError([notAProxy({ address })]);
  }
  if (url.password !== '') secrets.hide(decodeURIComponent(url.password));
}
