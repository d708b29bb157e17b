/** Whether nothing but this machine is between us and a server; a path is the folder of a socket. */
export function isLocalHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host) || host.startsWith('/');
}
