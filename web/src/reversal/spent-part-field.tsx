import { type ReactNode, useId } from 'react';
import { Figure, Name } from '../format/isolated';
import type { SpentPart } from '../generated/operations';
import type { FreePoints } from './use-free-points';
import type { TakenPart } from './use-taken-parts';

interface Effect {
  readonly payer: string;
  /** The points to take back; null if that is not known. */
  readonly points: number | null;
  /** Null if it is not known, or the grant is pending or past its expiry. */
  readonly free: FreePoints | null;
  /** What would be gone of other grants; null if it is not known. */
  readonly others: readonly TakenPart[] | null;
}

interface SpentPartFieldProps extends Effect {
  readonly value: SpentPart;
  readonly onChoose: (value: SpentPart) => void;
  readonly readOnly: boolean;
}

/** Chooses what happens to points of a grant that are spent, and says what each choice would do. */
export function SpentPartField(props: SpentPartFieldProps) {
  const { value, onChoose, readOnly, ...effect } = props;
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
    <fieldset className="spent-part" disabled={readOnly}>
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
  const { ofGrant, ofPayer, covered } = free;
  if (points <= ofGrant) return <FromGrant points={points} />;
  if (points > ofPayer || points - ofGrant > covered) {
    return (
      <>
        Would be refused: <Figure value={ofGrant} /> of this grant are free.
      </>
    );
  }
  // How much of the grant debits cover is not known, and covered points are unspent.
  return (
    <>
      <Figure value={ofGrant} /> of this grant are free. It is refused, unless debits of{' '}
      <Name>{payer}</Name> cover the others.
    </>
  );
}

function Debit({ payer, points, free, others }: Effect): ReactNode {
  if (points === null || free === null) {
    return (
      <>
        What is spent becomes a debit, which covers the oldest unspent points of{' '}
        <Name>{payer}</Name>.
      </>
    );
  }
  const { ofGrant, ofPayer, covered } = free;
  if (points <= ofGrant) return <FromGrant points={points} />;
  if (points > ofPayer) {
    return (
      <>
        Would be refused: <Name>{payer}</Name> has <Figure value={ofPayer} />.
      </>
    );
  }
  // Unspent points that debits cover come from the grant too; which of them do is not known.
  const isExact = covered === 0;
  return (
    <>
      Would take {!isExact && 'at least '}
      <Figure value={ofGrant} /> from this grant. {isExact ? 'The other ' : 'At most '}
      <Figure value={points - ofGrant} /> become a debit.{' '}
      {others === null ? (
        <>
          Debits cover the oldest unspent points of <Name>{payer}</Name>.
        </>
      ) : (
        <Covered payer={payer} parts={others} />
      )}
    </>
  );
}

const partsShown = 4;

/** Says which points of other grants could not be spent any more. */
function Covered({
  payer,
  parts,
}: {
  readonly payer: string;
  readonly parts: readonly TakenPart[];
}) {
  const rest = parts.slice(partsShown);
  return (
    <>
      Debits would cover, of the points that <Name>{payer}</Name> has to spend now:{' '}
      {parts.slice(0, partsShown).map(({ points, transaction }, place) => (
        <span key={transaction.id}>
          {place > 0 && ', '}
          <Figure value={points} /> of #<Figure value={transaction.sequence} />
        </span>
      ))}
      {rest.length > 0 && (
        <>
          {' '}
          and <Figure value={rest.reduce((sum, { points }) => sum + points, 0)} /> of{' '}
          <Figure value={rest.length} /> more grants
        </>
      )}
      .
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
