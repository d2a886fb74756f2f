import { deductionsOf } from '../../src/ledger/entry';
import { add, spend } from '../ledger/commands';
import { Scenario } from '../ledger/given';
import type { AddOperation, Driver, PayerPoints, Result, SpendOperation } from './cases';

/** Runs operations through the rules alone. */
export class RulesDriver implements Driver {
  readonly #scenario = new Scenario();
  /** Descriptions of operations that no command can express. */
  readonly refusedAtTheBoundary: string[] = [];

  add({ payer, points, timestamp }: AddOperation): Result {
    if (!Number.isSafeInteger(points)) return this.#inexpressible('points beyond 2^53 - 1');
    const instant = instantOf(timestamp);
    if (instant === null) return this.#inexpressible('an invalid timestamp');
    return this.#result(add(payer, points, instant));
  }

  spend({ points }: SpendOperation): Result {
    return this.#result(spend(points));
  }

  balances(): PayerPoints[] {
    return this.#scenario.account.balances();
  }

  #result(command: Parameters<Scenario['run']>[0]): Result {
    const decision = this.#scenario.run(command);
    if (decision.kind === 'refused') return { kind: 'refused', code: decision.refusal.code };
    const { entry } = decision;
    const deductions = entry.kind === 'spend' ? deductionsOf(entry.allocations) : null;
    return { kind: 'accepted', deductions };
  }

  #inexpressible(what: string): Result {
    this.refusedAtTheBoundary.push(what);
    return { kind: 'refused', code: null };
  }
}

/**
 * Parses a timestamp in RFC 3339 to milliseconds since 1970 UTC; returns null for anything else.
 */
function instantOf(timestamp: string): number | null {
  const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
  return rfc3339.test(timestamp) ? Date.parse(timestamp) : null;
}
