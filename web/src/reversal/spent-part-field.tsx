import { type ReactNode, useId } from 'react';
import { Figure, Name } from '../format/isolated';
import type { SpentPart } from '../generated/operations';
import type { FreePoints } from './use-free-points';

interface Effect {
  readonly payer: string;
  /** The points to take back; null if that is not known. */
  readonly points: number | null;
  /** Null if it is not known, or the grant is pending or past its expiry. */
  readonly free: FreePoints | null;
}

interface SpentPartFieldProps extends Effect {
  readonly value: SpentPart;
  readonly onChoose: (value: SpentPart) => void;
}

/** Chooses what happens to points of a grant that are spent, and says what each choice would do. */
export function SpentPartField({ value, onChoose, ...effect }: SpentPartFieldProps) {
  const id = useId();
  const choices = [
    { choice: 'REFUSE', label: 'Take back unspent points only', effect: <Refuse {...effect} /> },
    {
      choice: 'DEBIT',
      label: 'Take spent points from the payer too',
      effect: <Debit {...effect} />,
    },
  ] as const;
  return (
    <fieldset className="spent-part">
      <legend>If some of the points are spent</legend>
      {choices.map(({ choice, label, effect }) => (
        <div key={choice}>
          <label className="checkbox">
            <input
              type="radio"
              name={id}
              checked={value === choice}
              onChange={() => onChoose(choice)}
              aria-describedby={`${id}-${choice}`}
            />
            {label}
          </label>
          <p className="hint" id={`${id}-${choice}`} aria-live="polite">
            {effect}
          </p>
        </div>
      ))}
    </fieldset>
  );
}

function Refuse({ payer, points, free }: Effect): ReactNode {
  if (points === null || free === null) {
    return 'If any of them are spent, it is refused and nothing changes.';
  }
  if (points <= free.ofGrant) return <FromGrant points={points} />;
  if (points > free.ofPayer) {
    return (
      <>
        Would be refused: <Figure value={free.ofGrant} /> of this grant are free.
      </>
    );
  }
  // How much of the grant debits cover is not known, and covered points are unspent.
  return (
    <>
      <Figure value={free.ofGrant} /> of this grant are free. It is refused, unless debits of{' '}
      <Name>{payer}</Name> cover the others.
    </>
  );
}

function Debit({ payer, points, free }: Effect): ReactNode {
  if (points === null || free === null) {
    return (
      <>
        What is spent becomes a debit, which covers the oldest unspent points of{' '}
        <Name>{payer}</Name>.
      </>
    );
  }
  const { ofGrant, ofPayer } = free;
  if (points <= ofGrant) return <FromGrant points={points} />;
  if (points > ofPayer) {
    return (
      <>
        Would be refused: <Name>{payer}</Name> has <Figure value={ofPayer} />.
      </>
    );
  }
  return (
    <>
      Would take at least <Figure value={ofGrant} /> from this grant. At most{' '}
      <Figure value={points - ofGrant} /> become a debit, which covers the oldest unspent points of{' '}
      <Name>{payer}</Name>.
    </>
  );
}

function FromGrant({ points }: { readonly points: number }) {
  return (
    <>
      Would take <Figure value={points} /> from this grant.
    </>
  );
}
