import { setTimeout as pause } from 'node:timers/promises';
import type { Evidence, Result } from '../faults/evidence';
import type { LedgerClient } from '../faults/ledger-client';
import { type Call, Witness } from '../faults/requests';
import { Targets } from '../faults/targets';
import { numbersFrom } from '../model/runs';
import { CallMaker } from './call-maker';

const clientCount = 24;
const sendingsMax = 6;
const retryMsMax = 100;

/**
 * Clients that each make one random request after another, each to a random server, or through a
 * random one of several ways to a load balancer. Changes with idempotency keys are retried, on the
 * same server or another, until they get a response, and sometimes sent twice at once. The requests
 * follow from the seed, apart from their dates and from the entries that they name; when, where and
 * how often they are sent depends on the responses.
 */
export class Clients {
  /** Requests that got a result or a refusal. */
  responses = 0;
  #isOver = false;
  readonly #witnesses: readonly Witness[];
  readonly #targets = new Targets();

  constructor(
    clients: readonly LedgerClient[],
    evidence: Evidence,
    private readonly seed: number,
  ) {
    this.#witnesses = clients.map((client) => new Witness(client, evidence, 1));
  }

  /** Resolves after `stop`, when no request is in flight. */
  async run(): Promise<void> {
    await Promise.all(Array.from({ length: clientCount }, (_, index) => this.#client(index)));
  }

  stop(): void {
    this.#isOver = true;
  }

  async #client(index: number): Promise<void> {
    const number = this.seed * clientCount + index;
    const maker = new CallMaker(index, clientCount, numbersFrom(number), this.#targets);
    const chance = numbersFrom(~number);
    while (!this.#isOver) {
      const deed = maker.next();
      const witness = () => this.#witness(chance, deed.isOwnAccount ? index : null);
      if (deed.kind === 'change') {
        const sendings = deed.isKeyed ? sendingsMax : 1;
        const twins = Array.from({ length: deed.times }, async () => {
          const results = await this.#send(deed.call, sendings, witness, chance);
          results.forEach((result, row) => {
            maker.note(deed.call.intents[row], result);
          });
        });
        await Promise.all(twins);
      } else if (await deed.look(witness())) this.responses += 1;
      else await pause(chance() * retryMsMax);
    }
  }

  /** Returns the results of a call's commands; null if none of its attempts got a response. */
  async #send(
    call: Call,
    sendings: number,
    witness: () => Witness,
    chance: () => number,
  ): Promise<readonly Result[]> {
    for (let sending = 0; sending < sendings; sending += 1) {
      const results = await witness().send(call);
      if (results?.every(({ kind }) => kind === 'accepted' || kind === 'refused')) {
        this.responses += 1;
        return results;
      }
      await pause(chance() * retryMsMax);
    }
    return [];
  }

  /**
   * Returns a random server; requests about a client's own account mostly go to the same one, which
   * may then treat the account as quiet.
   */
  #witness(chance: () => number, home: number | null): Witness {
    const isElsewhere = chance() < 0.1;
    const any = Math.floor(chance() * this.#witnesses.length);
    return this.#witnesses[home === null || isElsewhere ? any : home % this.#witnesses.length];
  }
}
