import type { Account as LedgerAccount } from '../../ledger/account';
import type { LedgerService } from '../../service/ledger-service';
import { type Place, PlaceLoader } from '../entry/place-loader';
import type { HoldState } from './hold-state';

/** As many as the largest page has: captures may name any number of lots. */
const placesMax = 100;

/** Reads the states of holds: those requested in one tick together. */
export class HoldLoader {
  readonly #states: PlaceLoader<HoldState>;

  constructor(private readonly service: LedgerService) {
    this.#states = new PlaceLoader((places) => this.#read(places), placesMax);
  }

  state(accountId: string, sequence: number): Promise<HoldState> {
    return this.#states.load(accountId, sequence);
  }

  /**
   * Reads the states of holds. What closed one stays as it is, so it may be read after the account.
   */
  async #read(places: readonly Place[]): Promise<HoldState[]> {
    const held = await this.#readHeld(places);
    const closed = places.filter((_place, index) => held[index] === 0);
    const newest = closed.length === 0 ? [] : await this.service.newestNaming(closed);
    const byPlace = new Map(closed.map((place, index) => [place, newest[index] ?? null]));
    return places.map((place, index) => {
      return { held: held[index]!, newest: byPlace.get(place) ?? null };
    });
  }

  /** Reads each account once. */
  async #readHeld(places: readonly Place[]): Promise<number[]> {
    const accounts = [...new Set(places.map(({ accountId }) => accountId))];
    const jobs = accounts.map((accountId) => ({
      accountId,
      commands: [],
      view: (account: LedgerAccount | null) =>
        places.map((place) => {
          return place.accountId === accountId ? heldOf(account, place.sequence) : 0;
        }),
    }));
    const results = await this.service.run(jobs);
    return places.map((place, index) => {
      return results[accounts.indexOf(place.accountId)]!.view[index]!;
    });
  }
}

function heldOf(account: LedgerAccount | null, sequence: number): number {
  return account?.holds.at(sequence)?.held ?? 0;
}
