import type { Result } from '../faults/evidence';
import { RandomChanges } from '../faults/random-changes';
import { choicesOf, oneOf, soon, spendOf } from '../faults/random-input';
import type { Call, Intent, Witness } from '../faults/requests';
import type { Target, Targets } from '../faults/targets';

const accountCount = 4;

/**
 * After so many actions a client goes on to fresh accounts, because the time that the naive model
 * takes grows with the square of an account's entries. A fast machine then has more accounts, not
 * longer ones. A client's own account gets fewer commands than those that all share.
 */
const sharedActions = 50;
const ownActions = 100;

/** The next action of a client. */
type Action = {
  /** True if it concerns the client's own account alone. */
  readonly isOwnAccount: boolean;
} & (
  | {
      readonly kind: 'change';
      readonly call: Call;
      readonly isKeyed: boolean;
      /** How often it is sent at once. */
      readonly times: number;
    }
  /** Resolves to false if no response arrived. */
  | { readonly kind: 'read'; readonly look: (witness: Witness) => Promise<boolean> }
);

/**
 * Generates what one client requests, at random: changes of all kinds, and reads of all kinds, some
 * of a later instant; half of the changes with idempotency keys, some of which were used before, by
 * the same row or for another command.
 */
export class CallMaker {
  #references = 0;
  #actions = 0;
  /** The key of the last change that had a key of its own. */
  #usedKey: string | null = null;
  readonly #changes: RandomChanges;

  /**
   * @param clients how many there are; each has an account of its own, by its index.
   * @param targets what all clients together received.
   */
  constructor(
    private readonly index: number,
    private readonly clients: number,
    private readonly random: () => number,
    private readonly targets: Targets,
  ) {
    this.#changes = new RandomChanges({
      random,
      targets,
      nextAccount: () => this.#account(),
      nextTags: (isKeyed) => this.#tags(isKeyed),
    });
  }

  next(): Action {
    this.#actions += 1;
    const choice = this.random();
    if (choice < 0.2) return this.#read();
    const isKeyed = this.random() < 0.5;
    const times = isKeyed && this.random() < 0.15 ? 2 : 1;
    const call = this.#changes.next(isKeyed);
    const isOwnAccount = call.intents.every(({ accountId }) => accountId === this.#home);
    return { kind: 'change', call, isKeyed, times, isOwnAccount };
  }

  /** Notes the result of a command, so that its entry can be read or named later. */
  note(intent: Intent, result: Result): void {
    this.#changes.note(intent, result);
  }

  #read(): Action {
    const accountId = this.#account();
    const choice = this.random();
    const points = spendOf(this.random);
    const choices = choicesOf(this.random);
    const at = this.random() < 0.3 ? soon(this.random) : undefined;
    const known = choice < 0.2 ? this.#target(oneOf(targetKinds, this.random)) : undefined;
    const isOwnAccount = (known?.accountId ?? accountId) === this.#home;
    const look = (witness: Witness) => {
      if (known !== undefined) return witness.lookUp(known.accountId, known.id);
      if (choice < 0.4) return witness.preview(accountId, { points, ...choices, at });
      return witness.look(accountId, at);
    };
    return { kind: 'read', look, isOwnAccount };
  }

  #target(kind: Target['kind']): Target | undefined {
    return this.targets.of(kind, this.random);
  }

  #tags(isKeyed: boolean): { readonly reference: string; readonly idempotencyKey: string | null } {
    this.#references += 1;
    const reference = `client ${this.index}/${this.#references}`;
    const isUsed = this.random() < 0.05;
    if (!isKeyed) return { reference, idempotencyKey: null };
    // Another command's key: refused if that command is in this account, otherwise unused.
    if (isUsed && this.#usedKey !== null) return { reference, idempotencyKey: this.#usedKey };
    this.#usedKey = `key of ${reference}`;
    return { reference, idempotencyKey: this.#usedKey };
  }

  /** Returns mostly the account that all clients share, sometimes the client's own or another's. */
  #account(): string {
    const choice = this.random();
    const number = this.random();
    if (choice < 0.7) {
      return `account ${Math.floor(number * accountCount)}${this.#chapter(sharedActions)}`;
    }
    return choice < 0.9 ? this.#home : this.#homeOf(Math.floor(number * this.clients));
  }

  get #home(): string {
    return this.#homeOf(this.index);
  }

  #homeOf(index: number): string {
    return `account of client ${index}${this.#chapter(ownActions)}`;
  }

  #chapter(actions: number): string {
    return `, chapter ${Math.floor(this.#actions / actions)}`;
  }
}

const targetKinds = ['transaction', 'spend', 'hold'] as const;
