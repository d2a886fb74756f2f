import { setTimeout as pause } from 'node:timers/promises';
import { numbersFrom } from '../model/runs';
import type { Call, Intent, Witness } from './requests';

const payers = ['DANNON', 'UNILEVER', 'MILLER COORS', '__proto__'];
const clientCount = 24;
const firstInstant = Date.UTC(2020, 0, 1);
const instants = 100_000;
const rowsMax = 24;

interface LoadOptions {
  readonly witness: Witness;
  readonly accounts: readonly string[];
  /** Prefix of the references of this load, used by no other load. */
  readonly name: string;
  readonly seed: number;
}

/**
 * Clients that each send one random request after another: adds in no order of time, debits,
 * spends, bulk calls over several accounts and reads, half of the changes with idempotency keys,
 * some of these twice at once.
 */
export class Load {
  /** Calls without a response of which every command has a key, so that they may be retried. */
  readonly unacknowledged: Call[] = [];
  #responses = 0;
  #isOver = false;
  #references = 0;

  constructor(private readonly options: LoadOptions) {}

  /**
   * Resolves when every client has missed a response, or `stop` was called and all requests got a
   * response.
   */
  async run(): Promise<void> {
    const { seed } = this.options;
    const clients = Array.from({ length: clientCount }, (_, index) =>
      this.#client(numbersFrom(seed * clientCount + index)),
    );
    await Promise.all(clients);
    this.#isOver = true;
  }

  /** Resolves when so many requests got a response, or none will any more. */
  async untilResponses(count: number): Promise<void> {
    while (this.#responses < count && !this.#isOver) await pause(1);
  }

  stop(): void {
    this.#isOver = true;
  }

  async #client(random: () => number): Promise<void> {
    while (!this.#isOver) {
      const isComplete =
        random() < 0.1
          ? await this.options.witness.look(this.#account(random))
          : await this.#change(random);
      if (!isComplete) return;
      this.#responses += 1;
    }
  }

  async #change(random: () => number): Promise<boolean> {
    const call = this.#call(random);
    const isKeyed = call.intents.every(({ command }) => command.idempotencyKey !== null);
    const times = isKeyed && random() < 0.1 ? 2 : 1;
    const { witness } = this.options;
    const responses = await Promise.all(Array.from({ length: times }, () => witness.send(call)));
    const isComplete = responses.every(Boolean);
    if (!isComplete && isKeyed) this.unacknowledged.push(call);
    return isComplete;
  }

  #call(random: () => number): Call {
    const isKeyed = random() < 0.5;
    const choice = random();
    if (choice < 0.15) {
      const rows = 1 + Math.floor(random() * rowsMax);
      const intents = Array.from({ length: rows }, () => this.#add(random, isKeyed));
      return { kind: 'bulk', intents };
    }
    const intent = choice < 0.6 ? this.#add(random, isKeyed) : this.#spend(random, isKeyed);
    return { kind: 'single', intents: [intent] };
  }

  #add(random: () => number, isKeyed: boolean): Intent {
    const payer = payers[Math.floor(random() * payers.length)];
    const timestamp = firstInstant + Math.floor(random() * instants);
    const sign = random() < 0.2 ? -1 : 1;
    const points = sign * (1 + Math.floor(random() * 1_000));
    const command = { kind: 'addTransaction', payer, points, timestamp } as const;
    return { accountId: this.#account(random), command: { ...command, ...this.#tags(isKeyed) } };
  }

  #spend(random: () => number, isKeyed: boolean): Intent {
    const points = 1 + Math.floor(random() * 8_000);
    const command = { kind: 'spendPoints', points, ...this.#tags(isKeyed) } as const;
    return { accountId: this.#account(random), command };
  }

  #tags(isKeyed: boolean): { readonly reference: string; readonly idempotencyKey: string | null } {
    this.#references += 1;
    const reference = `${this.options.name}-${this.#references}`;
    return { reference, idempotencyKey: isKeyed ? `key of ${reference}` : null };
  }

  #account(random: () => number): string {
    const { accounts } = this.options;
    return accounts[Math.floor(random() * accounts.length)];
  }
}
