import { formatPoints } from '../format/numbers';
import type { RefusedFragment } from '../generated/operations';

/** Returns a refusal for a person, with numbers in the browser's locale. */
export function refusalText(refusal: RefusedFragment, requested: number): string {
  switch (refusal.__typename) {
    case 'PayerWouldGoNegativeError': {
      const { payer, available } = refusal;
      return `${payer} has ${formatPoints(available)}; ${formatPoints(Math.abs(requested))} cannot be taken back.`;
    }
    case 'InsufficientPointsError': {
      const { available, requested } = refusal;
      return `This account has ${formatPoints(available)}; ${formatPoints(requested)} cannot be spent.`;
    }
    default:
      return refusal.message;
  }
}

/** Returns the refusals by field. A refusal of no field in `fields` goes to the first one. */
export function refusalsByField<Field extends string>(
  refusals: readonly RefusedFragment[],
  requested: number,
  fields: readonly [Field, ...Field[]],
): { [Name in Field]?: string } {
  const texts: { [Name in Field]?: string } = {};
  for (const refusal of refusals) {
    const name = refusal.path?.at(-1);
    const field = fields.find((each) => each === name) ?? fields[0];
    texts[field] = refusalText(refusal, requested);
  }
  return texts;
}
