import type { IncomingMessage } from 'node:http';
import { isIPv4, isIPv6 } from 'node:net';
import { truncated } from '../../graphql/truncated';
import type { Logger } from '../../telemetry/logger';
import { type Admission, isHealthCheck } from './admission';
import { badInput, type Refusal } from './refusal';

/** Hosts that are logged, once each, and held in memory for that. */
const loggedHostsMax = 1_000;

/**
 * Refuses requests whose host is not a name of this server. This protects a server on a
 * developer's machine from DNS rebinding: a web page can make its own name resolve to 127.0.0.1,
 * and the browser then treats its requests as same-origin. Their host is still the name of the
 * page. Addresses cannot be rebound, and `localhost` always means this machine.
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

  /** Enforces the check on a loopback address even if the setting is missing. */
  listensOn(address: string): void {
    if (/^(127\.|::1$|::ffff:127\.)/.test(address)) this.isEnforced = true;
  }

  refusalOf(request: IncomingMessage): Refusal | null {
    if (request.headers.host === undefined && request.httpVersion === '1.1') {
      return badInput(400, 'The request has no Host header, which HTTP/1.1 requires.');
    }
    if (!this.isEnforced) return null;
    const host = hostOf(request);
    if (host === null) return null;
    const name = nameOf(host);
    if (name !== null && (isLocal(name) || this.names.has(name))) return null;
    // Asked last, since it costs more than the rest, and few requests are refused.
    if (isHealthCheck(request)) return null;
    const shown = truncated(name ?? host);
    this.log(shown);
    return badInput(
      403,
      `Requests for the host ${JSON.stringify(shown)} are not allowed. ` +
        'If that is a name of this server, add it to the setting ALLOWED_HOSTS (allowedHosts of ' +
        'openLedger).',
    );
  }

  private log(host: string): void {
    const { logged, logger } = this;
    if (logged.size >= loggedHostsMax || logged.has(host)) return;
    logged.add(host);
    logger.warn(
      { host },
      'Requests for this host are refused: it is not in ALLOWED_HOSTS (allowedHosts of openLedger)',
    );
    if (logged.size < loggedHostsMax) return;
    logger.warn({ hosts: logged.size }, 'Further hosts that are refused are not logged');
  }
}

/**
 * Returns the host of a request as the client wrote it. A target in absolute form overrides the
 * header (RFC 9112, 3.2.2). Returns null for HTTP/1.0 without a host, which no browser sends.
 */
function hostOf({ url = '/', headers }: IncomingMessage): string | null {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(url)?.[1];
  return authority ?? headers.host ?? null;
}

/**
 * Returns the name or address in lower case, without the port and the final dot of DNS; null if the
 * host is neither.
 */
function nameOf(host: string): string | null {
  const bracketed = /^\[([^[\]]*)\](?::\d*)?$/.exec(host)?.[1];
  if (bracketed !== undefined) return isIPv6(bracketed) ? bracketed : null;
  const name = /^([a-z0-9_-]+(?:\.[a-z0-9_-]+)*)\.?(?::\d*)?$/i.exec(host)?.[1];
  return name === undefined ? null : name.toLowerCase();
}

/**
 * Returns true for localhost and for addresses. Only four decimal numbers are one: DNS may resolve
 * other forms as names.
 */
function isLocal(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost') || isIPv4(name) || isIPv6(name);
}
