import type { BudgetUse, ResponseBudget } from '../../graphql/response-budget';
import type { RequestContext } from '../request-context';

/** The context of a compiled operation. */
export interface RecordingContext extends RequestContext {
  readonly outcomes: RootOutcomes;
}

interface Outcome {
  readonly result: Promise<unknown>;
  /** What the resolver took from the budget, when it has ended. */
  use: BudgetUse | null;
}

/**
 * What the root fields of a mutation returned, so that its response can be completed a second time
 * without changing anything a second time.
 */
export class RootOutcomes {
  readonly #outcomes = new Map<string, Outcome>();

  /**
   * Calls a resolver the first time, and returns the same result the second time.
   * @param key the name of the field in the response.
   * @param budget pays the second time what the resolver took the first time.
   */
  async resultOf(key: string, budget: ResponseBudget, resolve: () => unknown): Promise<unknown> {
    const known = this.#outcomes.get(key);
    if (known !== undefined) {
      if (known.use !== null) budget.repeat(known.use);
      return known.result;
    }
    const before = budget.used();
    const outcome: Outcome = { result: call(resolve), use: null };
    this.#outcomes.set(key, outcome);
    try {
      return await outcome.result;
    } finally {
      outcome.use = budget.used(before);
    }
  }
}

/** Returns the resolver's own promise: one around it would settle three ticks later. */
function call(resolve: () => unknown): Promise<unknown> {
  try {
    return Promise.resolve(resolve());
  } catch (error) {
    return Promise.reject(error);
  }
}
