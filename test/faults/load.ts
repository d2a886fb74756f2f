import { setTimeout as pause } from 'node:timers/promises';
import { numbersFrom } from '../model/runs';
import { RandomChanges } from './random-changes';
import type { Call, Witness } from './requests';
import { Targets } from './targets';

const clientCount = 24;

interface LoadOptions {
  readonly witness: Witness;
  readonly accounts: readonly string[];
  /** Prefix of the references of this load, used by no other load. */
  readonly name: string;
  readonly seed: number;
  /** What earlier loads received. */
  readonly targets?: Targets;
}

/**
 * Clients that each send one random request after another: changes of all kinds and reads, half of
 * the changes with idempotency keys, some of these twice at once.
 */
export class Load {
  /** Calls without a response of which every command has a key, so that they may be retried. */
  readonly unacknowledged: Call[] = [];
  #responses = 0;
  #isOver = false;
  #references = 0;
  readonly #targets: Targets;

  constructor(private readonly options: LoadOptions) {
    this.#targets = options.targets ?? new Targets();
  }

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
  untilResponses(count: number): Promise<void> {
    return this.until(() => this.#responses >= count);
  }

  /** Resolves when a condition holds, or no request will get a response any more. */
  async until(isEnough: () => boolean): Promise<void> {
    while (!isEnough() && !this.#isOver) await pause(1);
  }

  stop(): void {
    this.#isOver = true;
  }

  async #client(random: () => number): Promise<void> {
    const changes = new RandomChanges({
      random,
      targets: this.#targets,
      nextAccount: () => this.#account(random),
      nextTags: (isKeyed) => this.#tags(isKeyed),
    });
    while (!this.#isOver) {
      const isComplete =
        random() < 0.1
          ? await this.options.witness.look(this.#account(random))
          : await this.#change(changes, random);
      if (!isComplete) return;
      this.#responses += 1;
    }
  }

  async #change(changes: RandomChanges, random: () => number): Promise<boolean> {
    const isKeyed = random() < 0.5;
    const call = changes.next(isKeyed);
    const times = isKeyed && random() < 0.1 ? 2 : 1;
    const { witness } = this.options;
    const responses = await Promise.all(Array.from({ length: times }, () => witness.send(call)));
    for (const results of responses) {
      results?.forEach((result, row) => {
        changes.note(call.intents[row], result);
      });
    }
    const isComplete = responses.every(Boolean);
    if (!isComplete && isKeyed) this.unacknowledged.push(call);
    return isComplete;
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
