import { AccountHistory } from '../archive/account-history';
import { allocationsInOrder, type ExportedAllocation } from '../archive/exported-allocation';
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
      case 'Spend':
        return node.hold === null ? spendOf(node) : this.captureOf(node, node.hold.sequence);
      case 'Hold':
        return holdOf(node);
      case 'Release':
        return this.releaseOf(node);
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

  private captureOf(node: NodeOf<'Spend'>, target: number): ExportedEntry {
    const { points, requested, keepRest, allocations, released, lapses } = node;
    return {
      kind: 'spend',
      ...commonOf(node),
      points,
      target,
      requested,
      keepRest,
      total: this.history.takeFromTarget({ target, points }),
      allocations: allocations.map(allocationOf),
      released: released.map(allocationOf),
      lapses: lapses.map((row) => this.expiryOf(row)),
    };
  }

  private releaseOf(node: NodeOf<'Release'>): ExportedEntry {
    const { points, hold, allocations, lapses } = node;
    if (hold === null) throw unknownKind(node);
    return {
      kind: 'release',
      ...commonOf(node),
      points,
      target: hold.sequence,
      allocations: allocations.map(allocationOf),
      lapses: lapses.map((row) => this.expiryOf(row)),
    };
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
      total: this.history.takeFromTarget({ target, points }),
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
      total: this.history.takeFromTarget({ target, points }),
      payer: transaction.payer,
      timestamp: transaction.timestamp,
      spentPart,
      fromLot,
      debited,
      lifted,
    };
  }

  /** Converts a lapse. The rows are put into their order before their totals are summed. */
  private lapseOf(node: NodeOf<'Lapse'>): ExportedEntry {
    const rows: { readonly position: number; readonly read: () => ExportedRow }[] = [
      ...node.lots.map((row) => ({ position: row.position, read: () => this.expiryOf(row) })),
      ...node.endedHolds.map((row) => ({ position: row.position, read: () => endOf(row) })),
      ...node.begun.map((row) => ({ position: row.position, read: () => beginningOf(row) })),
    ];
    rows.sort((left, right) => left.position - right.position);
    const common = { kind: 'lapse' as const, ...commonOf(node), points: node.expired };
    return { ...common, rows: rows.map(({ read }) => read()) };
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

function spendOf(node: NodeOf<'Spend'>): ExportedEntry {
  const { points, requested, upTo, payers, allocations } = node;
  return {
    kind: 'spend',
    ...commonOf(node),
    points,
    ...(upTo ? { requested } : {}),
    ...choicesOf({ upTo, payers }),
    allocations: allocations.map(allocationOf),
  };
}

function holdOf(node: NodeOf<'Hold'>): ExportedEntry {
  const { points, requested, expiresAt, upTo, payers, allocations } = node;
  if (requested === null || expiresAt === null) throw unknownKind(node);
  return {
    kind: 'hold',
    ...commonOf(node),
    points,
    requested,
    expiresAt,
    ...choicesOf({ upTo, payers }),
    allocations: allocations.map(allocationOf),
  };
}

function choicesOf({ upTo, payers }: Pick<NodeOf<'Spend'>, 'upTo' | 'payers'>) {
  const only = payers?.only ?? null;
  const except = payers?.except ?? null;
  return {
    ...(only === null ? {} : { payers: { only } }),
    ...(except === null ? {} : { payers: { except } }),
    ...(upTo ? { upTo } : {}),
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

function endOf({ at, hold, allocations }: NodeOf<'Lapse'>['endedHolds'][number]): ExportedRow {
  const points = allocations.reduce((sum, part) => sum + part.points, 0);
  const parts = allocationsInOrder(allocations.map(allocationOf));
  return { kind: 'end', at, hold: hold.sequence, points, allocations: parts };
}

function beginningOf(row: NodeOf<'Lapse'>['begun'][number]): ExportedRow {
  const { at, points, transaction } = row;
  const { sequence, payer, timestamp } = transaction;
  return { kind: 'beginning', at, sequence, payer, timestamp, points };
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
