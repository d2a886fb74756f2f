import { AccountHistory } from '../archive/account-history';
import type { ExportedAllocation } from '../archive/exported-allocation';
import type { ExportedEntry } from '../archive/exported-entry';
import type { ExportedRow } from '../archive/exported-row';
import type {
  ExportedAllocationFragment,
  ExportedExpiryFragment,
  ExportedPageFragment,
} from '../operations/generated/operations';
import { CommandError, exitCodes } from './command-error';

/** An entry as the API returns it. */
type Node = ExportedPageFragment['nodes'][number];
type NodeOf<Type extends Node['__typename']> = Extract<Node, { __typename: Type }>;

/**
 * Reads the entries of an account from the nodes of its history, oldest first. The API has no
 * running totals, so they are summed from the entries before.
 */
export class NodeReader {
  private readonly history = new AccountHistory();

  read(node: Node): ExportedEntry {
    switch (node.__typename) {
      case 'Transaction':
        return transactionOf(node);
      case 'Spend': {
        const { points, allocations } = node;
        const common = { kind: 'spend' as const, ...commonOf(node), points };
        return { ...common, allocations: allocations.map(allocationOf) };
      }
      case 'SpendReversal':
        return this.spendReversalOf(node);
      case 'TransactionReversal':
        return this.transactionReversalOf(node);
      case 'Lapse':
        return this.lapseOf(node);
      default:
        throw unknownKind(node);
    }
  }

  private spendReversalOf(node: NodeOf<'SpendReversal'>): ExportedEntry {
    const { points, requested, spend, allocations, lapses } = node;
    const target = spend.sequence;
    return {
      kind: 'spendReversal',
      ...commonOf(node),
      points,
      target,
      requested,
      total: this.history.takeReversal({ target, points }),
      allocations: allocations.map(allocationOf),
      lapses: lapses.map((row) => this.expiryOf(row)),
    };
  }

  private transactionReversalOf(node: NodeOf<'TransactionReversal'>): ExportedEntry {
    const { points, requested, spentPart, fromLot, debited, lifted, transaction } = node;
    const target = transaction.sequence;
    return {
      kind: 'transactionReversal',
      ...commonOf(node),
      points,
      target,
      requested,
      total: this.history.takeReversal({ target, points }),
      payer: transaction.payer,
      timestamp: transaction.timestamp,
      spentPart,
      fromLot,
      debited,
      lifted,
    };
  }

  private lapseOf(node: NodeOf<'Lapse'>): ExportedEntry {
    const expiries = node.lots.map((row) => this.expiryOf(row));
    const beginnings = node.begun.map(beginningOf);
    const rows = inOrder(expiries, beginnings);
    return { kind: 'lapse', ...commonOf(node), points: node.expired, rows };
  }

  private expiryOf({ at, expired, settled, transaction }: ExportedExpiryFragment): ExportedRow {
    const { sequence, payer, timestamp } = transaction;
    const totals = this.history.takeExpiry({ sequence, expired, settled });
    const [totalExpired, totalSettled] = [totals.expired, totals.settled];
    const place = { kind: 'expiry' as const, at, sequence, payer, timestamp };
    return { ...place, expired, settled, totalExpired, totalSettled };
  }
}

function transactionOf(node: NodeOf<'Transaction'>): ExportedEntry {
  const { payer, points, timestamp, availableFrom, expiresAt } = node;
  return {
    kind: 'transaction',
    ...commonOf(node),
    payer,
    points,
    timestamp,
    ...(availableFrom === null ? {} : { availableFrom }),
    ...(expiresAt === null ? {} : { expiresAt }),
  };
}

function commonOf(node: Node) {
  const { accountId, sequence, id, recordedAt, reference, idempotencyKey, digest } = node;
  const common = { accountId, sequence, id, recordedAt, reference, idempotencyKey, digest };
  return node.actor === null ? common : { ...common, actor: node.actor };
}

function allocationOf({ points, transaction }: ExportedAllocationFragment): ExportedAllocation {
  const { sequence, payer, timestamp, expiresAt } = transaction;
  const plain = { sequence, payer, timestamp, points };
  return expiresAt === null ? plain : { ...plain, expiresAt };
}

function beginningOf(row: NodeOf<'Lapse'>['begun'][number]): ExportedRow {
  const { at, points, transaction } = row;
  const { sequence, payer, timestamp } = transaction;
  return { kind: 'beginning', at, sequence, payer, timestamp, points };
}

/** Merges the rows of a lapse: at one instant, what expires goes before what begins. */
function inOrder(
  expiries: readonly ExportedRow[],
  beginnings: readonly ExportedRow[],
): ExportedRow[] {
  // The sort is stable, and both lists are in their order.
  return [...expiries, ...beginnings].sort(
    (left, right) => Date.parse(left.at) - Date.parse(right.at),
  );
}

function unknownKind({
  accountId,
  sequence,
}: {
  accountId: string;
  sequence: number;
}): CommandError {
  return new CommandError(
    `Entry ${sequence} of account ${JSON.stringify(accountId)} is of a kind that this program ` +
      'does not know: run the version of the server, or a newer one.',
    exitCodes.unreachable,
  );
}
