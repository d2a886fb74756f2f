import type { IncomingMessage } from 'node:http';
import type { Authentication } from '../../auth/authenticator';
import { type Admission, isHealthCheck } from './admission';
import type { Refusal } from './refusal';

/**
 * Refuses requests that came through a proxy while the server is open because it is on loopback:
 * every visitor of the proxy would appear to be a program of this machine.
 */
export class OpenToMachine implements Admission {
  constructor(private readonly authentication: Authentication) {}

  refusalOf(request: IncomingMessage): Refusal | null {
    if (!this.authentication.isOpenByDefault || !isForwarded(request)) return null;
    return isHealthCheck(request) ? null : { status: 403, code: 'FORBIDDEN', message };
  }
}

function isForwarded({ headers }: IncomingMessage): boolean {
  for (const name in headers) {
    if (name === 'via' || name === 'forwarded' || name.startsWith('x-forwarded-')) return true;
  }
  return false;
}

const message =
  'The request came through a proxy (Forwarded, X-Forwarded-* or Via), and this server is open to ' +
  'its own machine only, because nothing says who may use it. Create a key with `points keys ' +
  'create`, or set AUTH_JWKS_URL for tokens, or AUTH=off (auth of openLedger) if everybody may do ' +
  'everything.';
