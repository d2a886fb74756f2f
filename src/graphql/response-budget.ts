import {
  type FieldNode,
  type GraphQLError,
  type GraphQLResolveInfo,
  responsePathAsArray,
} from 'graphql';
import { badUserInput } from './bad-user-input';
import { forEachField } from './selection';

/** Rows that were charged and rows that were held. */
export interface BudgetUse {
  readonly charged: number;
  readonly held: number;
}

/** A row with more fields than this counts as several rows. */
const fieldsPerRow = 20;

/**
 * Limits the cost of one request, counted in rows of lists during execution: the length of lists
 * without pages depends on the history of the account, which the document does not show. A list
 * that exceeds the budget is BAD_USER_INPUT at its field and leaves the budget to other lists.
 */
export class ResponseBudget {
  #charged = 0;
  #held = 0;
  #lastRead: Promise<unknown> = Promise.resolve();
  /** graphql-js passes the same nodes to a field in every row, so they are counted once. */
  readonly #weights = new Map<readonly FieldNode[], number>();

  constructor(private readonly rowsMax: number) {}

  /** Returns an unused budget of the same size, for the next response of a subscription. */
  fresh(): ResponseBudget {
    return new ResponseBudget(this.rowsMax);
  }

  /**
   * Charges a list before anything is read for its rows.
   * @throws BAD_USER_INPUT at the field if the budget is exceeded.
   */
  charge(rows: number, info: GraphQLResolveInfo): void {
    const weight = this.#weightOf(info);
    const left = this.rowsMax - this.#charged;
    if (rows * weight > left) throw at(info, this.#exceeded(rows, weight, left));
    this.#charged += rows * weight;
  }

  /**
   * Reserves rows that are about to be copied, before it is known how many the response contains.
   * @throws BAD_USER_INPUT if the budget is exceeded.
   */
  hold(rows: number): void {
    const left = this.rowsMax - this.#held;
    if (rows > left) throw badUserInput(this.#exceeded(rows, 1, left));
    this.#held += rows;
  }

  /**
   * Reads a value whose size is known only once it is read: the last one may exceed the budget, and
   * nothing is read after it.
   * @throws BAD_USER_INPUT if the budget is used up.
   */
  take<Found>(find: () => Found, sizeOf: (found: Found) => number): Found {
    if (this.#held >= this.rowsMax) throw badUserInput(this.#usedUp());
    const found = find();
    this.#held += sizeOf(found);
    return found;
  }

  /** Reads as `take` does, one read at a time, so that each is counted before the next begins. */
  takeSequentially<Found>(
    find: () => Promise<Found>,
    sizeOf: (found: Found) => number,
  ): Promise<Found> {
    const taken = this.#lastRead.then(async () => {
      if (this.#held >= this.rowsMax) throw badUserInput(this.#usedUp());
      const found = await find();
      this.#held += sizeOf(found);
      return found;
    });
    this.#lastRead = taken.catch(() => {});
    return taken;
  }

  /** Returns what was used so far, or since another moment. */
  used({ charged, held }: BudgetUse = { charged: 0, held: 0 }): BudgetUse {
    return { charged: this.#charged - charged, held: this.#held - held };
  }

  /** Uses what another budget allowed for the same field; never throws. */
  repeat({ charged, held }: BudgetUse): void {
    this.#charged += charged;
    this.#held += held;
  }

  #weightOf(info: GraphQLResolveInfo): number {
    let weight = this.#weights.get(info.fieldNodes);
    if (weight === undefined) {
      const fields = info.fieldNodes.reduce((sum, node) => sum + fieldsBelow(info, node), 0);
      weight = Math.max(1, Math.ceil(fields / fieldsPerRow));
      this.#weights.set(info.fieldNodes, weight);
    }
    return weight;
  }

  #exceeded(rows: number, weight: number, left: number): string {
    const wide = weight > 1 ? `, each of so many fields that it counts as ${weight}` : '';
    return (
      `This list has ${rows} rows${wide}. A response may hold ${this.rowsMax} rows in all its ` +
      `lists, and ${left} are left. ${advice}`
    );
  }

  #usedUp(): string {
    return (
      `A response may hold ${this.rowsMax} rows in all its lists, and as many were already read: ` +
      `nothing is read for this field. ${advice}`
    );
  }
}

const advice = 'Request less: fewer lists, smaller pages, or several requests.';

/**
 * Sets the path itself: graphql-js would format the stack to copy the error, for each row of a
 * bulk.
 */
function at({ fieldNodes, path }: GraphQLResolveInfo, message: string): GraphQLError {
  return badUserInput(message, { nodes: fieldNodes, path: responsePathAsArray(path) });
}

/**
 * Counts the fields below a node. Nested lists count as one row here; they are charged when they
 * are resolved.
 */
function fieldsBelow(info: GraphQLResolveInfo, node: FieldNode): number {
  let fields = 0;
  forEachField(info, node, (field) => {
    fields += 1 + fieldsBelow(info, field);
  });
  return fields;
}
