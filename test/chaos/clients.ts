import { setTimeout as pause } from 'node:timers/promises';
import type { Evidence, Result } from '../faults/evidence';
import { type Call, Witness } from '../faults/requests';
import { numbersFrom } from '../model/runs';
import { CallMaker } from './call-maker';
import type { Seat } from './cluster';

const clientCount = 24;
const sendingsMax = 6;
const retryMsMax = 100;

/**
 * Clients that each do one random thing after another, each time at any of the servers. Changes
 * under idempotency keys are sent again, here or elsewhere, until they are answered, and sometimes
 * twice at once. What a client asks for follows from the seed alone; when, where and how often it
 * sends it depends on what it meets.
 */
export class Clients {
  /** Requests that were answered with what they asked for, or with a refusal. */
  answered = 0;
  #isOver = false;
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
    await Promise.all(Array.from({ length: clientCount }, (_, index) => this.#client(index)));
  }

  stop(): void {
    this.#isOver = true;
  }

  async #client(index: number): Promise<void> {
    const number = this.seed * clientCount + index;
    const maker = new CallMaker(index, clientCount, numbersFrom(number));
    const chance = numbersFrom(~number);
    while (!this.#isOver) {
      const deed = maker.next();
      const witness = () => this.#witness(chance, deed.isAtHome ? index : null);
      if (deed.kind === 'change') {
        const sendings = deed.isKeyed ? sendingsMax : 1;
        const twins = Array.from({ length: deed.times }, async () => {
          const results = await this.#send(deed.call, sendings, witness, chance);
          results.forEach((result, row) => {
            maker.note(deed.call.intents[row].accountId, result);
          });
        });
        await Promise.all(twins);
      } else if (await deed.look(witness())) this.answered += 1;
      else await pause(chance() * retryMsMax);
    }
  }

  /** What became of a call's commands; nothing if it was not answered at any of its sendings. */
  async #send(
    call: Call,
    sendings: number,
    witness: () => Witness,
    chance: () => number,
  ): Promise<readonly Result[]> {
    for (let sending = 0; sending < sendings; sending += 1) {
      const results = await witness().send(call);
      if (results?.every(({ kind }) => kind === 'accepted' || kind === 'refused')) {
        this.answered += 1;
        return results;
      }
      await pause(chance() * retryMsMax);
    }
    return [];
  }

  /**
   * Any of the servers; what is about a client's own account mostly goes to one and the same, which
   * may come to believe that nobody else changes it.
   */
  #witness(chance: () => number, home: number | null): Witness {
    const isElsewhere = chance() < 0.1;
    const any = Math.floor(chance() * this.#witnesses.length);
    return this.#witnesses[home === null || isElsewhere ? any : home % this.#witnesses.length];
  }
}
