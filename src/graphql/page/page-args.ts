import { ArgsType, Field, Int } from 'type-graphql';
import { CursorProblem } from '../../ids/cursor';
import { badUserInput } from '../bad-user-input';

export const pageDefault = 20;
const pageMax = 100;

/** The arguments of every connection, as the Relay cursor connections specification names them. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, {
    nullable: true,
    description: `How many from the start, 0 to ${pageMax}. ${pageDefault} if neither first nor last is given.`,
  })
  readonly first?: number | null;

  @Field(() => String, { nullable: true, description: 'Only what comes after this cursor.' })
  readonly after?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: `How many from the end, 0 to ${pageMax}; not together with first.`,
  })
  readonly last?: number | null;

  @Field(() => String, { nullable: true, description: 'Only what comes before this cursor.' })
  readonly before?: string | null;
}

/** The requested page with decoded cursors: both bounds are exclusive, null for none. */
export interface PageRequest<Position> {
  readonly from: 'start' | 'end';
  readonly limit: number;
  readonly after: Position | null;
  readonly before: Position | null;
}

/**
 * Checks the arguments and decodes the cursors.
 * @throws BAD_USER_INPUT for limits out of range, and for a cursor of another connection.
 */
export function readPageArgs<Position>(
  args: PageArgs,
  readCursor: (cursor: string) => Position | CursorProblem,
): PageRequest<Position> {
  const first = args.first ?? null;
  const last = args.last ?? null;
  if (first !== null && last !== null) throw badUserInput('Pass first or last, not both.');
  checkLimit('first', first);
  checkLimit('last', last);
  return {
    from: last === null ? 'start' : 'end',
    limit: first ?? last ?? pageDefault,
    after: positionOf('after', args.after, readCursor),
    before: positionOf('before', args.before, readCursor),
  };
}

function positionOf<Position>(
  argument: string,
  cursor: string | null | undefined,
  readCursor: (cursor: string) => Position | CursorProblem,
): Position | null {
  if (cursor == null) return null;
  const position = readCursor(cursor);
  if (position instanceof CursorProblem) throw badUserInput(`${argument} ${position.reason}`);
  return position;
}

function checkLimit(argument: string, limit: number | null): void {
  if (limit === null || (limit >= 0 && limit <= pageMax)) return;
  throw badUserInput(`${argument} must be 0 to ${pageMax}, and is ${limit}.`);
}
