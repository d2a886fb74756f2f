import { MemoryJournal } from '../../src/journal/memory/journal';
import {
  AddTransactionDocument,
  type AddTransactionInput,
  ReverseSpendDocument,
  type ReverseSpendInput,
  ReverseTransactionDocument,
  type ReverseTransactionInput,
  SpendPointsDocument,
} from '../../src/operations/generated/operations';
import { BatchingLedgerService } from '../../src/service/batching-ledger-service';
import { silentLogger } from '../../src/telemetry/logger';
import { LedgerApi, WatchedService } from './ledger-api';

/** The API on a ledger whose clock the test moves. */
export class Life {
  #now = day(1);
  readonly service: WatchedService;
  readonly api: LedgerApi;

  /** @param rowsMax the most rows of a response. */
  constructor(rowsMax?: number) {
    const service = new BatchingLedgerService({
      journal: new MemoryJournal(),
      logger: silentLogger,
      now: () => Date.parse(this.#now),
    });
    this.service = new WatchedService(service);
    this.api = new LedgerApi(this.service, rowsMax);
  }

  at(now: string): this {
    this.#now = now;
    return this;
  }

  async grant(points: number, more: Partial<AddTransactionInput> = {}): Promise<string> {
    const input = { payer: 'A', points, timestamp: day(1), ...more };
    const { addTransaction } = await this.api.run(AddTransactionDocument, { input });
    expect(addTransaction).toMatchObject({ errors: [] });
    return addTransaction!.transaction!.id;
  }

  async spend(points: number): Promise<string> {
    const { spendPoints } = await this.api.run(SpendPointsDocument, { input: { points } });
    expect(spendPoints).toMatchObject({ errors: [] });
    return spendPoints!.spend!.id;
  }

  async refused(input: Partial<AddTransactionInput>): Promise<unknown> {
    const all = { payer: 'A', points: 1, timestamp: day(1), ...input };
    const { addTransaction } = await this.api.run(AddTransactionDocument, { input: all });
    expect(addTransaction).toMatchObject({ transaction: null, replayed: false });
    return addTransaction!.errors[0];
  }

  async reverseSpend(input: ReverseSpendInput) {
    return (await this.api.run(ReverseSpendDocument, { input })).reverseSpend!;
  }

  async reverseTransaction(input: ReverseTransactionInput) {
    return (await this.api.run(ReverseTransactionDocument, { input })).reverseTransaction!;
  }

  async read(fields: string): Promise<unknown> {
    const { data, errors } = await this.api.send(`{ account { ${fields} } }`);
    expect(errors).toBeUndefined();
    return (data as { account: unknown }).account;
  }
}

export function day(number: number): string {
  return `2030-05-${String(number).padStart(2, '0')}T00:00:00.000Z`;
}
