import { setTimeout as pause } from 'node:timers/promises';
import type { Evidence } from '../faults/evidence';
import { type Call, type Intent, Witness } from '../faults/requests';
import { numbersFrom } from '../model/runs';
import type { Seat } from './cluster';

const clientCount = 24;
const payers = ['DANNON', 'UNILEVER', 'MILLER COORS', '__proto__'];
const firstInstant = Date.UTC(2020, 0, 1);
const instants = 100_000;
const rowsMax = 12;
const accountCount = 4;
const sendingsMax = 6;
const retryMsMax = 100;

/**
 * Clients that each send one random request after another, each to any of the servers: adds in no
 * order of time, debits, spends, bulk calls and reads; half of the changes under idempotency keys.
 * Those are sent again, here or elsewhere, until they are answered, and sometimes twice at once.
 */
export class Clients {
  /** Requests that were answered with what they asked for, or with a refusal. */
  answered = 0;
  #isOver = false;
  #references = 0;
  readonly #witnesses: readonly Witness[];

  constructor(
    seats: readonly Seat[],
    evidence: Evidence,
    private readonly seed: number,
  ) {
    this.#witnesses = seats.map(({ client }) => new Witness(client, evidence, 1));
  }

  /** Resolves after `stop`, when nothing is under way any more. */
  async run(): Promise<void> {
    await Promise.all(
      Array.from({ length: clientCount }, (_, index) =>
        this.#client(numbersFrom(this.seed * clientCount + index)),
      ),
    );
  }

  stop(): void {
    this.#isOver = true;
  }

  async #client(random: () => number): Promise<void> {
    while (!this.#isOver) {
      if (random() < 0.15) {
        if (await this.#witness(random).look(accountOf(random))) this.answered += 1;
        else await pause(random() * retryMsMax);
      } else await this.#change(random);
    }
  }

  async #change(random: () => number): Promise<void> {
    const call = this.#call(random);
    const isKeyed = call.intents.every(({ command }) => command.idempotencyKey !== null);
    const times = isKeyed && random() < 0.15 ? 2 : 1;
    await Promise.all(
      Array.from({ length: times }, () => this.#send(call, isKeyed ? sendingsMax : 1, random)),
    );
  }

  async #send(call: Call, sendings: number, random: () => number): Promise<void> {
    const { evidence } = this.#witnesses[0];
    for (let sending = 0; sending < sendings; sending += 1) {
      const witness = this.#witness(random);
      const before = evidence.attempts.length;
      await witness.send(call);
      const mine = evidence.attempts
        .slice(before)
        .filter(({ command }) => call.intents.some((intent) => intent.command === command));
      const isServed = mine.every(({ result }) => isAnswer(result.kind));
      if (isServed && mine.length > 0) {
        this.answered += 1;
        return;
      }
      await pause(random() * retryMsMax);
    }
  }

  #witness(random: () => number): Witness {
    return this.#witnesses[Math.floor(random() * this.#witnesses.length)];
  }

  #call(random: () => number): Call {
    const isKeyed = random() < 0.5;
    const accountId = accountOf(random);
    const choice = random();
    if (choice < 0.15) {
      const rows = 1 + Math.floor(random() * rowsMax);
      const intents = Array.from({ length: rows }, () => this.#add(accountId, random, isKeyed));
      return { kind: 'bulk', intents };
    }
    const make = choice < 0.6 ? this.#add : this.#spend;
    return { kind: 'single', intents: [make.call(this, accountId, random, isKeyed)] };
  }

  #add(accountId: string, random: () => number, isKeyed: boolean): Intent {
    const payer = payers[Math.floor(random() * payers.length)];
    const timestamp = firstInstant + Math.floor(random() * instants);
    const points = (random() < 0.2 ? -1 : 1) * (1 + Math.floor(random() * 1_000));
    const command = { kind: 'addTransaction', payer, points, timestamp } as const;
    return { accountId, command: { ...command, ...this.#tags(isKeyed) } };
  }

  #spend(accountId: string, random: () => number, isKeyed: boolean): Intent {
    const points = 1 + Math.floor(random() * 4_000);
    return { accountId, command: { kind: 'spendPoints', points, ...this.#tags(isKeyed) } };
  }

  #tags(isKeyed: boolean): { readonly reference: string; readonly idempotencyKey: string | null } {
    this.#references += 1;
    const reference = `command ${this.#references}`;
    return { reference, idempotencyKey: isKeyed ? `key of ${reference}` : null };
  }
}

function accountOf(random: () => number): string {
  return `account ${Math.floor(random() * accountCount)}`;
}

function isAnswer(kind: string): boolean {
  return kind === 'accepted' || kind === 'refused';
}
