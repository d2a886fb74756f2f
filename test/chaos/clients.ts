import { setTimeout as pause } from 'node:timers/promises';
import type { Evidence } from '../faults/evidence';
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
    await Promise.all(
      Array.from({ length: clientCount }, (_, index) => {
        const number = this.seed * clientCount + index;
        const chance = numbersFrom(~number);
        return this.#client(new CallMaker(`client ${index}`, numbersFrom(number)), chance);
      }),
    );
  }

  stop(): void {
    this.#isOver = true;
  }

  async #client(maker: CallMaker, chance: () => number): Promise<void> {
    while (!this.#isOver) {
      const next = maker.next();
      if (next.kind === 'change') {
        const sendings = next.isKeyed ? sendingsMax : 1;
        const twins = Array.from({ length: next.times }, () =>
          this.#send(next.call, sendings, maker, chance),
        );
        await Promise.all(twins);
      } else if (await next.look(this.#witness(chance))) this.answered += 1;
      else await pause(chance() * retryMsMax);
    }
  }

  async #send(call: Call, sendings: number, maker: CallMaker, chance: () => number): Promise<void> {
    for (let sending = 0; sending < sendings; sending += 1) {
      const results = await this.#witness(chance).send(call);
      const isServed = results?.every(({ kind }) => kind === 'accepted' || kind === 'refused');
      if (isServed) {
        this.answered += 1;
        results!.forEach((result, row) => {
          maker.note(call.intents[row].accountId, result);
        });
        return;
      }
      await pause(chance() * retryMsMax);
    }
  }

  #witness(chance: () => number): Witness {
    return this.#witnesses[Math.floor(chance() * this.#witnesses.length)];
  }
}
