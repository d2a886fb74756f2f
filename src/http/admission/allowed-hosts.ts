import type { IncomingMessage } from 'node:http';
import { isIPv4, isIPv6 } from 'node:net';
import type { Logger } from '../../telemetry/logger';
import { type Admission, isHealthCheck, type Refusal } from './admission';

/** Hosts that are named in the log, and remembered for that. */
const loggedHostsMax = 1_000;
/** Characters; the longest name of DNS and a port fit in. */
const shownLengthMax = 260;

/**
 * Refuses requests for hosts that are not this server's. It protects a server on a developer's
 * machine from DNS rebinding: a web page may let its own name resolve to 127.0.0.1, and its
 * requests then are of the same origin to the browser. They still carry the page's own name as
 * their host. Addresses cannot be rebound, and `localhost` belongs to the machine.
 */
export class AllowedHosts implements Admission {
  private readonly names: ReadonlySet<string>;
  private readonly logged = new Set<string>();
  private isEnforced: boolean;

  /** @param names in lower case, from the setting ALLOWED_HOSTS; if null, see `listensOn`. */
  constructor(
    names: readonly string[] | null,
    private readonly logger: Logger,
  ) {
    this.names = new Set(names);
    this.isEnforced = this.names.size > 0;
  }

  /** Without the setting, hosts are checked only where nobody but this machine can connect. */
  listensOn(address: string): void {
    if (/^(127\.|::1$|::ffff:127\.)/.test(address)) this.isEnforced = true;
  }

  refusalOf(request: IncomingMessage): Refusal | null {
    if (hostFieldsOf(request) > 1) return badRequest('The request has two Host headers.');
    if (!this.isEnforced || isHealthCheck(request)) return null;
    const host = hostOf(request);
    if (host === null) return null;
    const name = nameOf(host);
    if (name !== null && (isLocal(name) || this.names.has(name))) return null;
    const shown = (name ?? host).slice(0, shownLengthMax);
    this.log(shown);
    return {
      status: 403,
      code: 'BAD_USER_INPUT',
      message:
        `Requests for the host ${JSON.stringify(shown)} are not allowed. ` +
        'If this server is reached by that name, add the name to the setting ALLOWED_HOSTS.',
    };
  }

  private log(host: string): void {
    const { logged, logger } = this;
    if (logged.size >= loggedHostsMax || logged.has(host)) return;
    logged.add(host);
    logger.warn({ host }, 'Requests for this host are refused: it is not in ALLOWED_HOSTS');
    if (logged.size < loggedHostsMax) return;
    logger.warn({ hosts: logged.size }, 'Further hosts that are refused are not logged');
  }
}

function hostFieldsOf({ rawHeaders }: IncomingMessage): number {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name.length === 4 && name.toLowerCase() === 'host') count += 1;
  }
  return count;
}

/**
 * The host that a request is for, as it was written. A target in absolute form wins over the
 * header (RFC 9112, 3.2.2). Null for HTTP/1.0 without any host, which no browser sends.
 */
function hostOf({ url = '/', headers }: IncomingMessage): string | null {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(url)?.[1];
  return authority ?? headers.host ?? null;
}

/**
 * The name or address in lower case, without the port and the dot of DNS's root; null where it is
 * neither.
 */
function nameOf(host: string): string | null {
  const bracketed = /^\[([^[\]]*)\](?::\d*)?$/.exec(host)?.[1];
  if (bracketed !== undefined) return isIPv6(bracketed) ? bracketed : null;
  const name = /^([a-z0-9_-]+(?:\.[a-z0-9_-]+)*)\.?(?::\d*)?$/i.exec(host)?.[1];
  return name === undefined ? null : name.toLowerCase();
}

/** Only the four decimal numbers are an address: other forms may be looked up as names. */
function isLocal(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost') || isIPv4(name) || isIPv6(name);
}

function badRequest(message: string): Refusal {
  return { status: 400, code: 'BAD_USER_INPUT', message };
}
