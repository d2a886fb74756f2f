import { InstantHeap } from './instant-heap';
import { sequenceAt, timestampAt } from './lot-node';
import type { PayerLots } from './payer-lots';

/** The payers that have something to spend, by their next lot: the oldest is on top. */
export class PayerOrder extends InstantHeap<PayerLots> {
  /** Moves a payer to where its next lot belongs, or removes it if it has none. O(log P). */
  update(payer: PayerLots): void {
    const { leaf, index } = payer;
    if (leaf === null) this.remove(payer);
    else this.set(payer, timestampAt(leaf, index), sequenceAt(leaf, index));
  }
}
