import type { Command } from '../../src/ledger/command';
import type { LifeRefusal } from '../model/naive-outcome';
import type { ApiAccount } from './api-account';
import type { ApiEntry } from './api-entry';
import type { ApiPreview, PreviewRequest } from './api-preview';
import type { Current } from './current-values';

/** One attempt to send one command. All attempts of a command carry its reference. */
export interface Attempt {
  readonly accountId: string;
  readonly command: Command & { readonly reference: string };
  /** Of a command about an earlier entry: that entry's id. */
  readonly targetId?: string;
  /** The rows of one request have the same number. */
  readonly call: number;
  /** The run of the server to which it was sent. */
  readonly life: number;
  /**
   * Positions in the one order of all messages that the clients sent and received; infinity if no
   * response arrived.
   */
  readonly sentAt: number;
  readonly receivedAt: number;
  readonly result: Result;
}

export type Result =
  | { readonly kind: 'accepted'; readonly entry: ApiEntry; readonly replayed: boolean }
  | { readonly kind: 'refused'; readonly refusal: LifeRefusal }
  /** The response was that nothing was changed, or no server was listening. */
  | { readonly kind: 'failed' }
  | { readonly kind: 'unknown' };

/** What a client received about an account, and what was true at one of its sequences. */
export interface Sighting {
  readonly accountId: string;
  readonly sentAt: number;
  readonly receivedAt: number;
  /** A sequence that it must include: that of the change in the same response. */
  readonly atLeast: number;
  /** The last sequence that it may include: a later one of its call was decided after it. */
  readonly atMost: number;
  readonly seen: Seen;
}

export type Seen =
  | {
      readonly kind: 'account';
      readonly account: ApiAccount | null;
      readonly refused: Refused | null;
      /** A later instant at which it was requested. */
      readonly at?: number;
    }
  | { readonly kind: 'refusal'; readonly refused: Refused }
  | { readonly kind: 'preview'; readonly request: PreviewRequest; readonly preview: ApiPreview }
  /** The newest entries, in descending order of sequence. */
  | { readonly kind: 'history'; readonly nodes: readonly ApiEntry[] }
  | { readonly kind: 'entry'; readonly id: string; readonly entry: ApiEntry | null }
  | Current;

/** A command and its refusal. */
export interface Refused {
  readonly command: Command;
  readonly refusal: LifeRefusal;
}

/** What the clients sent and received, to be compared with the journal. */
export class Evidence {
  readonly attempts: Attempt[] = [];
  readonly sightings: Sighting[] = [];
  /** Responses that no client may get. */
  readonly forbidden: string[] = [];
  #moments = 0;
  #calls = 0;

  /** Returns the next position in the order of sent and received messages. */
  moment(): number {
    this.#moments += 1;
    return this.#moments;
  }

  call(): number {
    this.#calls += 1;
    return this.#calls;
  }

  /** Notes what was seen if nothing bounds it but the time. */
  see(accountId: string, sentAt: number, receivedAt: number, seen: Seen): void {
    this.sightings.push({
      accountId,
      sentAt,
      receivedAt,
      atLeast: 0,
      atMost: Number.MAX_SAFE_INTEGER,
      seen,
    });
  }
}
