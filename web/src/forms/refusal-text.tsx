import type { ReactNode } from 'react';
import { serverClock } from '../client/server-clock';
import { formatMoment } from '../format/dates';
import { Figure, Name } from '../format/isolated';
import { Moment } from '../format/moment';
import { formatPoints } from '../format/numbers';
import type { RefusedFragment } from '../generated/operations';

/** Returns a refusal as plain text, for files. Numbers are in the browser's locale. */
export function refusalText(refusal: RefusedFragment, requested: number): string {
  return sentence(refusal, requested, {
    ...usualWords,
    name: (text) => text,
    number: formatPoints,
    instant: formatMoment,
  }).join('');
}

/**
 * Returns the refusals by field. A refusal of no field in `fields` goes to the first one.
 * @param requested the points; null if the request named no number.
 */
export function refusalsByField<Field extends string>(
  refusals: readonly RefusedFragment[],
  requested: number | null,
  fields: readonly [Field, ...Field[]],
  words: Words = usualWords,
): { [Name in Field]?: ReactNode } {
  const byField: { [Name in Field]?: ReactNode } = {};
  for (const refusal of refusals) {
    const field = fields.find((each) => refusal.path?.includes(each)) ?? fields[0];
    byField[field] = <Refusal refusal={refusal} requested={requested} words={words} />;
  }
  return byField;
}

/** How it is said that points are too few. */
interface Words {
  readonly whose: 'This account has ' | 'These payers have ';
  readonly taken: 'spent' | 'held';
}

const usualWords: Words = { whose: 'This account has ', taken: 'spent' };

interface RefusalProps {
  readonly refusal: RefusedFragment;
  readonly requested: number | null;
  readonly words: Words;
}

function Refusal({ refusal, requested, words }: RefusalProps) {
  const parts = sentence<ReactNode>(refusal, requested, {
    ...words,
    name: (text) => <Name key="name">{text}</Name>,
    number: (value) => <Figure key={value} value={value} />,
    instant: (value) => <Moment key="instant" instant={value} />,
  });
  return <>{parts}</>;
}

interface Writing<Part> extends Words {
  readonly name: (text: string) => Part;
  readonly number: (value: number) => Part;
  readonly instant: (value: string) => Part;
}

function sentence<Part>(
  refusal: RefusedFragment,
  requested: number | null,
  { whose, taken, name, number, instant }: Writing<Part>,
): (Part | string)[] {
  switch (refusal.__typename) {
    case 'PayerWouldGoNegativeError': {
      const { payer, available } = refusal;
      const has = [name(payer), ' has ', number(available), '; '];
      if (requested === null) return [...has, 'no more can be taken back.'];
      return [...has, number(Math.abs(requested)), ' cannot be taken back.'];
    }
    case 'InsufficientPointsError': {
      const available = number(refusal.available);
      return [whose, available, '; ', number(refusal.requested), ` cannot be ${taken}.`];
    }
    case 'ExceedsHeldError':
      return ['The hold has ', number(refusal.held), '; no more can be captured.'];
    case 'ExceedsReversibleError':
      return reversible(refusal.reversible, number);
    case 'LotIsSpentError': {
      const unspent = number(refusal.unspent);
      return ['Only ', unspent, ' of this grant are unspent; no more can be taken from it.'];
    }
    case 'NeverSpendableError':
      // The clock of this computer may show another time.
      return [
        'The end must be later than now',
        ...(taken === 'held' ? [] : [', and than the beginning if there is one']),
        '. By the clock of the server it is ',
        instant(new Date(serverClock.now()).toISOString()),
        '.',
      ];
    default:
      return [refusal.message];
  }
}

function reversible<Part>(points: number, number: (value: number) => Part): (Part | string)[] {
  if (points === 0) return ['Nothing of this entry is left to reverse.'];
  return ['At most ', number(points), ' of this entry can still be reversed.'];
}
