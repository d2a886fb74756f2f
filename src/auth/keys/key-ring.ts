import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '../../error-message';
import { type Logger, silentLogger } from '../../telemetry/logger';
import { AuthError, refusedCredentials, unreadableKeys } from '../auth-error';
import { principalProblem } from '../principal';
import type { Session } from '../session';
import { KeyLog } from './key-log';
import { type KeyRecord, keyStateAt, principalOfKey } from './key-record';
import type { KeyStore } from './key-store';
import { hasKeyHash, idPartOf, keyIdOf } from './key-text';
import type { StoredKeys } from './read-keys';

/** A revocation takes effect within 10 s: these are the times that it adds up from. */
const pollMs = 3_000;
/** After which keys that were read are not relied on. */
const staleMs = 9_000;
/** The time between reads for unknown keys, which let a new key work at once. */
const unknownKeyMs = 100;

interface KnownKey {
  readonly record: KeyRecord;
  /** Of the key, as bytes. */
  readonly hash: Buffer;
  /** Null if there can be no such principal. */
  readonly session: Session | null;
}

interface KeyRingOptions {
  readonly logger?: Logger;
  /** The wall clock, in milliseconds. */
  readonly now?: () => number;
}

/** The keys of a store in memory, read again and again, because commands change the store. */
export class KeyRing {
  #keys: ReadonlyMap<string, KnownKey> | null = null;
  /** True if the last read found a key, in whatever state, or one that cannot be read. */
  #hasAny = false;
  /**
   * The keys that were presented since the last read, by their text: to hash one again takes longer
   * than everything else that a request with a key costs. A Map compares the hashes of texts, which
   * the process seeds at random, and texts only if these are equal: its time tells nothing of a key
   * that is partly right.
   */
  #presented = new Map<string, KnownKey>();
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | null = null;
  #hasFailed = false;
  readonly #log: KeyLog;
  readonly #stopped = new AbortController();
  readonly #logger: Logger;
  readonly #now: () => number;

  /** Called after each read. */
  onRead: (() => void) | null = null;

  constructor(
    private readonly store: KeyStore,
    { logger = silentLogger, now = Date.now }: KeyRingOptions = {},
  ) {
    this.#logger = logger;
    this.#log = new KeyLog(logger);
    this.#now = now;
  }

  /**
   * True if the store holds a key, in whatever state, readable or not. Null if that is unknown: the
   * store could not be read yet, or not for 9 s, in which a command may have created the first key.
   */
  get hasKeys(): boolean | null {
    return this.#keys === null || this.#isStale() ? null : this.#hasAny;
  }

  /** Reads the store now, and then every 3 s. Resolves after the first attempt, which may fail. */
  async start(): Promise<void> {
    await this.#read().catch(() => {});
    void this.#poll();
  }

  /**
   * Reads the store if it is unknown whether it holds keys.
   * @throws AuthError if it does not respond.
   */
  async readIfUnknown(): Promise<void> {
    if (this.hasKeys !== null) return;
    try {
      await this.#read();
    } catch (cause) {
      throw unreadableNow(cause);
    }
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#reading?.catch(() => {});
    await this.store.close();
  }

  /**
   * Returns the session of a key, at once if the key is known.
   * @throws AuthError, or rejects with it, if the key is not accepted, or cannot be checked.
   */
  authenticate(text: string): Session | Promise<Session> {
    if (this.#isStale()) return this.#afterRead(text);
    const presented = this.#presented.get(text);
    if (presented !== undefined) return this.#sessionOf(presented);
    const known = this.#keys?.get(idPartOf(text));
    return known === undefined ? this.#afterRead(text) : this.#compared(text, known);
  }

  async #afterRead(text: string): Promise<Session> {
    const id = keyIdOf(text);
    if (id === null) throw refused();
    if (!this.#isStale() && this.#age() < unknownKeyMs) await pause(unknownKeyMs - this.#age());
    try {
      await this.#read();
    } catch (cause) {
      // A key that is unknown may have been created since the last read.
      if (this.#isStale() || !this.#keys?.has(id)) {
        throw unreadableNow(cause);
      }
    }
    const known = this.#keys?.get(id);
    if (known === undefined) throw refused();
    return this.#compared(text, known);
  }

  #compared(text: string, known: KnownKey): Session {
    if (!hasKeyHash(text, known.hash)) throw refused();
    this.#presented.set(text, known);
    return this.#sessionOf(known);
  }

  #sessionOf({ record, session }: KnownKey): Session {
    if (!this.#isActive(record)) throw refused();
    if (session === null) throw new AuthError('FORBIDDEN', refusedCredentials);
    return session;
  }

  /** Prepares what every request with the key needs. */
  #known(record: KeyRecord): KnownKey {
    const principal = principalOfKey(record);
    const session = { principal, refusal: () => this.#refusalOf(record) };
    const isUsable = principalProblem(principal) === null;
    return { record, hash: Buffer.from(record.hash, 'hex'), session: isUsable ? session : null };
  }

  /** Returns null if a record of an earlier read is still the newest one of its key, and usable. */
  #refusalOf({ id, hash }: KeyRecord): AuthError | null {
    const record = this.#keys?.get(id)?.record;
    if (record?.hash !== hash || !this.#isActive(record)) return refused();
    return this.#isStale() ? unreadableNow() : null;
  }

  #isActive(record: KeyRecord): boolean {
    return keyStateAt(record, this.#now()) === 'active';
  }

  #isStale(): boolean {
    return this.#age() >= staleMs;
  }

  #age(): number {
    return performance.now() - this.#readAt;
  }

  /** Reads once for all callers that wait for a read. */
  #read(): Promise<void> {
    this.#reading ??= this.#readNow().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #readNow(): Promise<void> {
    const startedAt = performance.now();
    try {
      this.#accept(await this.store.read());
      this.#readAt = startedAt;
      if (this.#hasFailed) this.#logger.info({}, 'The keys can be read again');
      this.#hasFailed = false;
    } catch (error) {
      if (!this.#hasFailed) this.#logger.warn({ reason: messageOf(error) }, unreadable);
      this.#hasFailed = true;
      throw error;
    }
    this.onRead?.();
  }

  #accept(stored: StoredKeys): void {
    const { records, unreadable } = stored;
    this.#keys = new Map(records.map((record) => [record.id, this.#known(record)]));
    this.#hasAny = records.length + unreadable.length > 0;
    this.#presented = new Map();
    this.#log.note(stored);
  }

  async #poll(): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      await pause(pollMs, undefined, { signal, ref: false }).catch(() => {});
      if (!signal.aborted) await this.#read().catch(() => {});
    }
  }
}

const unreadable = 'The keys cannot be read; after 9 s no key is accepted until they can be';

function unreadableNow(cause?: unknown): AuthError {
  return new AuthError('SERVICE_UNAVAILABLE', unreadableKeys, { cause });
}

function refused(): AuthError {
  return new AuthError('UNAUTHENTICATED', refusedCredentials);
}
