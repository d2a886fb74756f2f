import { readFile } from 'node:fs/promises';
import type { createLocalJWKSet, JSONWebKeySet } from 'jose';
import type { TokenSettings } from '../../auth-settings';
import { reasonOf } from '../../error-message';
import { isObject } from '../../is-object';
import type { Logger } from '../../telemetry/logger';
import { jwksProblem } from './jwks-problem';

export type KeyLookup = ReturnType<typeof createLocalJWKSet>;

const bytesMax = 256 * 1024;
const keysMax = 100;
const fetchMsMax = 5_000;
/** After which the set is read again, so that keys that the issuer withdrew are forgotten. */
const ageMsMax = { url: 300_000, file: 3_000 };
/** How often an unknown key may cause a read. */
const pauseMs = 1_000;

interface JwksOptions {
  readonly source: TokenSettings['keys'];
  readonly lookupOf: (set: JSONWebKeySet) => KeyLookup;
  readonly logger: Logger;
}

/**
 * The public keys of an issuer, cached. They are read again when they are old, and when a token
 * names a key that is not among them. If that fails, the last known keys are used.
 */
export class Jwks {
  #lookup: KeyLookup | null = null;
  #readAt = Number.NEGATIVE_INFINITY;
  #triedAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | null = null;
  #hasFailed = false;
  #loggedProblem: string | null = null;

  constructor(private readonly options: JwksOptions) {}

  /** Returns the keys, read again if they are old; null if they were never read. */
  async current(): Promise<KeyLookup | null> {
    const age = performance.now() - this.#readAt;
    if (age >= ageMsMax[this.options.source.kind]) {
      const reading = this.#readAgain();
      if (this.#lookup === null) await reading;
    }
    return this.#lookup;
  }

  /** Returns the keys of a newer read than `old`, or null if there is none. */
  async newerThan(old: KeyLookup): Promise<KeyLookup | null> {
    if (this.#lookup === old) await this.#readAgain();
    return this.#lookup === old ? null : this.#lookup;
  }

  /**
   * Reads the keys now, and returns what is wrong with them, or null. They are used nevertheless:
   * older ones could be those that the issuer withdrew. Rejects with the reason if that fails.
   */
  async read(): Promise<string | null> {
    this.#triedAt = performance.now();
    const { source, lookupOf } = this.options;
    const text =
      source.kind === 'url' ? await fetched(source.url) : await readFile(source.path, 'utf8');
    const set = setIn(text);
    this.#lookup = lookupOf(set);
    this.#readAt = performance.now();
    return jwksProblem(set);
  }

  /** Reads at most once a second, and once for all callers. Never rejects. */
  async #readAgain(): Promise<void> {
    if (this.#reading === null && performance.now() - this.#triedAt < pauseMs) return;
    this.#reading ??= this.#tryRead().finally(() => {
      this.#reading = null;
    });
    await this.#reading;
  }

  async #tryRead(): Promise<void> {
    const { logger } = this.options;
    try {
      this.#note(await this.read());
      if (this.#hasFailed) logger.info({}, 'The keys of the issuer can be read again');
      this.#hasFailed = false;
    } catch (error) {
      const reason = reasonOf(error);
      if (!this.#hasFailed) logger.warn({ reason }, 'The keys of the issuer cannot be read');
      this.#hasFailed = true;
    }
  }

  #note(problem: string | null): void {
    const { logger } = this.options;
    if (problem !== null && problem !== this.#loggedProblem) {
      logger.warn({ reason: problem }, 'The keys of the issuer have to be corrected');
    }
    this.#loggedProblem = problem;
  }
}

/** Reads no more than a set of keys can need, and follows no redirect. */
async function fetched(url: string): Promise<string> {
  const signal = AbortSignal.timeout(fetchMsMax);
  const headers = { accept: 'application/jwk-set+json, application/json' };
  const response = await fetch(url, { headers, redirect: 'error', signal });
  if (!response.ok) throw new Error(`the issuer responds with status ${response.status}`);
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.byteLength;
    if (bytes > bytesMax) throw new Error(`the set of keys is larger than ${bytesMax} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString();
}

function setIn(text: string): JSONWebKeySet {
  const set: unknown = parsed(text);
  const keys = isObject(set) ? set.keys : null;
  if (!Array.isArray(keys) || !keys.every(isObject))
    throw new Error('it is not a JSON Web Key Set');
  if (keys.length > keysMax) throw new Error(`the set has more than ${keysMax} keys`);
  return { keys } as unknown as JSONWebKeySet;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
