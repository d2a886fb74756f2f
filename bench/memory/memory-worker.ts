import { DatedAccount } from '../life/dated-account';
import { FilledAccount } from '../rules/filled-account';
import { smallAccounts } from './small-accounts';

/** Bytes of the heap per open lot, for one way of filling memory; needs --expose-gc. */
export interface MemoryFigures {
  readonly lots: number;
  readonly heapBytesPerLot: number;
}

const lotsOfLargeAccount = 1_000_000;

const fillings: Readonly<Record<string, () => { lots: number; content: unknown }>> = {
  'one-payer': () => filled(1),
  'ten-payers': () => filled(10),
  'ten-thousand-payers': () => filled(10_000),
  'ten-payers-with-ends': () => ({
    lots: lotsOfLargeAccount,
    content: new DatedAccount(lotsOfLargeAccount, 'random'),
  }),
  'small-accounts': smallAccounts,
};

main();

function main(): void {
  const fill = fillings[process.argv[2]];
  const before = heapBytes();
  const { lots, content } = fill();
  const heapBytesPerLot = (heapBytes() - before) / lots;
  if (content === null) throw new Error('Whatever was filled must stay reachable until here.');
  process.send!({ lots, heapBytesPerLot } satisfies MemoryFigures);
}

function filled(payers: number): { lots: number; content: unknown } {
  return { lots: lotsOfLargeAccount, content: new FilledAccount(lotsOfLargeAccount, payers) };
}

function heapBytes(): number {
  // Twice, since the first leaves objects that only weak references held.
  globalThis.gc!();
  globalThis.gc!();
  return process.memoryUsage().heapUsed;
}
