import type { ReactNode } from 'react';
import { Figure, Name } from '../format/isolated';
import { formatPoints } from '../format/numbers';
import type { RefusedFragment } from '../generated/operations';

/** Returns a refusal as plain text, for files. Numbers are in the browser's locale. */
export function refusalText(refusal: RefusedFragment, requested: number): string {
  return sentence(refusal, requested, { name: (text) => text, number: formatPoints }).join('');
}

/** Returns the refusals by field. A refusal of no field in `fields` goes to the first one. */
export function refusalsByField<Field extends string>(
  refusals: readonly RefusedFragment[],
  requested: number,
  fields: readonly [Field, ...Field[]],
): { [Name in Field]?: ReactNode } {
  const byField: { [Name in Field]?: ReactNode } = {};
  for (const refusal of refusals) {
    const name = refusal.path?.at(-1);
    const field = fields.find((each) => each === name) ?? fields[0];
    byField[field] = <Refusal refusal={refusal} requested={requested} />;
  }
  return byField;
}

interface RefusalProps {
  readonly refusal: RefusedFragment;
  readonly requested: number;
}

function Refusal({ refusal, requested }: RefusalProps) {
  const parts = sentence<ReactNode>(refusal, requested, {
    name: (text) => <Name key="name">{text}</Name>,
    number: (value) => <Figure key={value} value={value} />,
  });
  return <>{parts}</>;
}

interface Writing<Part> {
  readonly name: (text: string) => Part;
  readonly number: (value: number) => Part;
}

function sentence<Part>(
  refusal: RefusedFragment,
  requested: number,
  { name, number }: Writing<Part>,
): (Part | string)[] {
  switch (refusal.__typename) {
    case 'PayerWouldGoNegativeError': {
      const { payer, available } = refusal;
      const taken = number(Math.abs(requested));
      return [name(payer), ' has ', number(available), '; ', taken, ' cannot be taken back.'];
    }
    case 'InsufficientPointsError': {
      const available = number(refusal.available);
      return ['This account has ', available, '; ', number(refusal.requested), ' cannot be spent.'];
    }
    default:
      return [refusal.message];
  }
}
