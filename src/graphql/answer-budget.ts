import {
  type FieldNode,
  type GraphQLError,
  type GraphQLResolveInfo,
  responsePathAsArray,
} from 'graphql';
import { forEachField } from './selection';
import { badUserInput } from './user-fault';

/** So many fields of a row are one row's work; whoever asks for more pays for more rows. */
const fieldsPerRow = 20;

/**
 * What one request may cost, counted in rows of lists while it is answered: lists without pages
 * are as long as an account is old, which no look at the document can tell. What has no room is
 * BAD_USER_INPUT at its field, and leaves the room to the lists beside it.
 */
export class AnswerBudget {
  #answered = 0;
  #held = 0;
  #lastTurn: Promise<unknown> = nothing;
  /** graphql-js hands the same nodes to a field in every row, so they are walked once. */
  readonly #weights = new Map<readonly FieldNode[], number>();

  constructor(private readonly rowsMax: number) {}

  /** As large, and untouched: for the next answer of a request that gets several. */
  fresh(): AnswerBudget {
    return new AnswerBudget(this.rowsMax);
  }

  /** Before a list is answered, and before anything is read for its rows. */
  charge(rows: number, info: GraphQLResolveInfo): void {
    const weight = this.#weightOf(info);
    const left = this.rowsMax - this.#answered;
    if (rows * weight > left) throw at(info, this.#noRoom(rows, weight, left));
    this.#answered += rows * weight;
  }

  /** Before rows are copied of which it is not known yet how many will be answered. */
  hold(rows: number): void {
    const left = this.rowsMax - this.#held;
    if (rows > left) throw badUserInput(this.#noRoom(rows, 1, left));
    this.#held += rows;
  }

  /**
   * Takes what shows its size only when it is there: the last to come may go over, and nothing is
   * taken after it.
   */
  take<Found>(find: () => Found, sizeOf: (found: Found) => number): Found {
    if (this.#held >= this.rowsMax) throw badUserInput(this.#full());
    const found = find();
    this.#held += sizeOf(found);
    return found;
  }

  /** As `take`, one after another, so that each is counted before the next begins. */
  takeInTurn<Found>(find: () => Promise<Found>, sizeOf: (found: Found) => number): Promise<Found> {
    const taken = this.#lastTurn.then(async () => {
      if (this.#held >= this.rowsMax) throw badUserInput(this.#full());
      const found = await find();
      this.#held += sizeOf(found);
      return found;
    });
    this.#lastTurn = taken.catch(() => {});
    return taken;
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

  #noRoom(rows: number, weight: number, left: number): string {
    const wide = weight > 1 ? `, each of so many fields that it counts as ${weight}` : '';
    return (
      `This list takes ${rows} rows${wide}. An answer may hold ${this.rowsMax} rows in all its ` +
      `lists, and ${left} are left. ${advice}`
    );
  }

  #full(): string {
    return (
      `An answer may hold ${this.rowsMax} rows in all its lists, and as many were read for it ` +
      `already: nothing is read for this field. ${advice}`
    );
  }
}

const nothing = Promise.resolve();

const advice = 'Ask for less: fewer lists, smaller pages, or several requests.';

/**
 * Says the place itself: graphql-js would write out the stack to copy the error, for each of the
 * rows of a bulk.
 */
function at({ fieldNodes, path }: GraphQLResolveInfo, message: string): GraphQLError {
  return badUserInput(message, { nodes: fieldNodes, path: responsePathAsArray(path) });
}

/** Lists below count as one row here; they are charged when their own turn comes. */
function fieldsBelow(info: GraphQLResolveInfo, node: FieldNode): number {
  let fields = 0;
  forEachField(info, node, (field) => {
    fields += 1 + fieldsBelow(info, field);
  });
  return fields;
}
