import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '../../error-message';
import { type Logger, silentLogger } from '../../telemetry/logger';
import { AuthError, refusedCredentials, unreadableKeys } from '../auth-error';
import { principalProblem } from '../principal';
import type { Session } from '../session';
import { type KeyRecord, keyStateAt, principalOfKey } from './key-record';
import type { KeyStore } from './key-store';
import { hasKeyHash, keyIdOf } from './key-text';

/** A revocation takes effect within 10 s: these are the times that it adds up from. */
const pollMs = 3_000;
/** After which keys that were read are not relied on. */
const staleMs = 9_000;
/** The time between reads for unknown keys, which let a new key work at once. */
const unknownKeyMs = 100;

interface KeyRingOptions {
  readonly logger?: Logger;
  /** The wall clock, in milliseconds. */
  readonly now?: () => number;
}

/** The keys of a store in memory, read again and again, because commands change the store. */
export class KeyRing {
  #keys: ReadonlyMap<string, KeyRecord> | null = null;
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | null = null;
  #hasFailed = false;
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
    this.#now = now;
  }

  /** True if the store holds a key, in whatever state; null if it could not be read yet. */
  get hasKeys(): boolean | null {
    return this.#keys === null ? null : this.#keys.size > 0;
  }

  /** Reads the store now, and then every 3 s. Resolves after the first attempt, which may fail. */
  async start(): Promise<void> {
    await this.#read().catch(() => {});
    void this.#poll();
  }

  /**
   * Reads the store if it was never read.
   * @throws AuthError if it does not respond.
   */
  async readFirst(): Promise<void> {
    if (this.#keys !== null) return;
    try {
      await this.#read();
    } catch (cause) {
      throw new AuthError('SERVICE_UNAVAILABLE', unreadableKeys, { cause });
    }
  }

  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#reading?.catch(() => {});
    await this.store.close();
  }

  /**
   * Returns the session of a key.
   * @throws AuthError if the key is not accepted, or cannot be checked.
   */
  async authenticate(text: string): Promise<Session> {
    const id = keyIdOf(text);
    if (id === null) throw new AuthError('UNAUTHENTICATED', refusedCredentials);
    await this.#refresh(id);
    const record = this.#keys?.get(id);
    if (record === undefined || !hasKeyHash(text, record.hash) || !this.#isActive(record)) {
      throw new AuthError('UNAUTHENTICATED', refusedCredentials);
    }
    const principal = principalOfKey(record);
    const problem = principalProblem(principal);
    if (problem !== null) throw new AuthError('FORBIDDEN', refusedCredentials);
    return { principal, isCurrent: () => this.#isCurrent(id, record.hash) };
  }

  async #refresh(id: string): Promise<void> {
    if (this.#keys?.has(id) === true) {
      if (!this.#isStale()) return;
    } else if (this.#age() < unknownKeyMs) {
      await pause(unknownKeyMs - this.#age());
    }
    try {
      await this.#read();
    } catch (cause) {
      if (this.#isStale()) throw new AuthError('SERVICE_UNAVAILABLE', unreadableKeys, { cause });
    }
  }

  #isCurrent(id: string, hash: string): boolean {
    const record = this.#keys?.get(id);
    return record?.hash === hash && this.#isActive(record) && !this.#isStale();
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
      const records = await this.store.read();
      this.#keys = new Map(records.map((record) => [record.id, record]));
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

  async #poll(): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      await pause(pollMs, undefined, { signal, ref: false }).catch(() => {});
      if (!signal.aborted) await this.#read().catch(() => {});
    }
  }
}

const unreadable = 'The keys cannot be read; after 9 s no key is accepted until they can be';
