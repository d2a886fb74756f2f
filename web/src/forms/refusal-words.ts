import { formatPoints } from '../format/numbers';
import type { RefusedFragment } from '../generated/operations';

/** A refusal as a person is told it, with its figures in their locale. */
export function refusalWords(refusal: RefusedFragment, asked: number): string {
  switch (refusal.__typename) {
    case 'PayerWouldGoNegativeError': {
      const { payer, available } = refusal;
      return `${payer} has ${formatPoints(available)}, you asked to take back ${formatPoints(Math.abs(asked))}.`;
    }
    case 'InsufficientPointsError': {
      const { available, requested } = refusal;
      return `This account has ${formatPoints(available)}, you asked to spend ${formatPoints(requested)}.`;
    }
    default:
      return refusal.message;
  }
}

/** The words by the field at fault; what is at none of `fields` goes to the first. */
export function refusalsByField<Field extends string>(
  refusals: readonly RefusedFragment[],
  asked: number,
  fields: readonly [Field, ...Field[]],
): { [Name in Field]?: string } {
  const words: { [Name in Field]?: string } = {};
  for (const refusal of refusals) {
    const name = refusal.path?.at(-1);
    const field = fields.find((each) => each === name) ?? fields[0];
    words[field] = refusalWords(refusal, asked);
  }
  return words;
}
