import type { Command } from '../../ledger/command';
import { invariant } from '../../ledger/invariant';
import type { JobResult } from '../../service/ledger-service';
import type { Account } from '../account/account';
import { type AddTransactionInput, toCommand } from './add-transaction-input';
import { type AddTransactionPayload, presentAdd } from './add-transaction-payload';

/** The rows of one account, in order. */
interface RowGroup {
  readonly accountId: string;
  readonly commands: Command[];
  /** The index of each command among all rows. */
  readonly rows: number[];
}

export function groupRows(rows: readonly AddTransactionInput[]): RowGroup[] {
  const groups = new Map<string, RowGroup>();
  for (const [row, input] of rows.entries()) {
    let group = groups.get(input.accountId);
    if (group === undefined) {
      group = { accountId: input.accountId, commands: [], rows: [] };
      groups.set(input.accountId, group);
    }
    group.commands.push(toCommand(input));
    group.rows.push(row);
  }
  return [...groups.values()];
}

/** Returns the payloads in the order of the rows. */
export function presentRows(
  groups: readonly RowGroup[],
  results: readonly JobResult<Account | null>[],
  rowCount: number,
): AddTransactionPayload[] {
  const payloads = new Array<AddTransactionPayload>(rowCount);
  for (const [at, { rows }] of groups.entries()) {
    const result = results[at];
    invariant(result?.outcomes.length === rows.length, 'a row has no outcome');
    for (const [index, outcome] of result.outcomes.entries()) {
      const row = rows[index] as number;
      payloads[row] = presentAdd(outcome, result.view, rowPath(row, outcome.kind));
    }
  }
  return payloads;
}

function rowPath(row: number, kind: 'accepted' | 'replayed' | 'refused'): string[] | undefined {
  return kind === 'refused' ? ['transactions', String(row)] : undefined;
}
