import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { ActionButton } from '../access/action-button';
import type { Transaction } from '../account/transaction';
import { Figure, Name } from '../format/isolated';
import { useClock } from '../format/use-clock';
import { Outcome } from '../forms/outcome';
import { TextField } from '../forms/text-field';
import { type SpentPart, TakeBackDocument, type TakeBackMutation } from '../generated/operations';
import { SpentPartField } from './spent-part-field';
import { type FreePoints, useFreePoints } from './use-free-points';
import { useGonePoints } from './use-gone-points';
import { useReversal } from './use-reversal';
import { type TakenPart, useTakenParts } from './use-taken-parts';

interface TakeBackProps {
  readonly grant: Transaction & { readonly reversed: number };
  readonly onEnd: () => void;
}

type Taken = NonNullable<TakeBackMutation['reverseTransaction']>;

/** Takes a grant back from its own lot, fully or in part. */
export default function TakeBack({ grant, onEnd }: TakeBackProps) {
  const { id, accountId } = grant;
  const [spentPart, setSpentPart] = useState<SpentPart>('REFUSE');
  const client = useApolloClient();
  const { field, submit, points, sending, isSending, reset, ended } = useReversal({
    accountId,
    id,
    choice: { spentPart },
    onEnd,
    async send(input): Promise<Taken> {
      const response = await client.mutate({ mutation: TakeBackDocument, variables: { input } });
      return response.data!.reverseTransaction!;
    },
  });
  const phase = phaseOf(grant, useClock().getTime());
  const { left, free, known } = useFigures(grant, phase, ended);
  const wanted = typeof points === 'string' ? null : (points ?? left);
  const isPossible = left > 0 && (phase === 'pending' || free?.ofPayer !== 0);
  const others = useOtherParts(grant, wanted, known);
  return (
    <section className="panel reversal" aria-labelledby="take-back">
      <h2 id="take-back">Take back</h2>
      {!isPossible && <Impossible grant={grant} left={left} />}
      <form onSubmit={submit} noValidate hidden={!isPossible && sending.phase === 'idle'}>
        <TextField
          label="Points"
          inputMode="numeric"
          hint="Leave this empty to take back all that neither expired nor was taken back before."
          {...field('points')}
        />
        <SpentPartField
          payer={grant.payer}
          points={wanted}
          free={known}
          others={others}
          value={spentPart}
          readOnly={isSending}
          onChoose={(choice) => {
            setSpentPart(choice);
            reset();
          }}
        />
        <TextField label="Reference (optional)" {...field('reference')} />
        <ActionButton scope="points:write" accountId={accountId} isBusy={isSending}>
          Take back
        </ActionButton>
        <Outcome sending={sending} describe={describe} />
      </form>
    </section>
  );
}

/** Loads which points of other grants debits would cover then; null if that is not known. */
function useOtherParts(
  { id, accountId, payer }: Transaction,
  points: number | null,
  free: FreePoints | null,
): readonly TakenPart[] | null {
  const beyond = points === null || free === null ? 0 : points - free.ofGrant;
  const isPossible = points !== null && beyond > 0 && points <= (free?.ofPayer ?? 0);
  const taking = isPossible ? { grantId: id, accountId, payer, points, beyond } : null;
  return useTakenParts(taking, free);
}

type Phase = 'pending' | 'current' | 'expired';

function phaseOf({ availableFrom, expiresAt }: Transaction, now: number): Phase {
  if (availableFrom !== null && Date.parse(availableFrom) > now) return 'pending';
  return expiresAt !== null && Date.parse(expiresAt) <= now ? 'expired' : 'current';
}

/**
 * Loads what is left of the grant, at most, and what is free. `known` has the figures behind what
 * each choice would do; null if they are not known: those of a pending grant, and of one that
 * expired until that is recorded.
 */
function useFigures(grant: TakeBackProps['grant'], phase: Phase, ended: number) {
  const { points, reversed } = grant;
  const version = `${reversed} ${ended} ${phase}`;
  const free = useFreePoints(grant, version);
  const gone = useGonePoints(grant, version) ?? 0;
  const isSettled = phase === 'current' || (phase === 'expired' && gone > 0);
  return { left: points - reversed - gone, free, known: isSettled ? free : null };
}

/** Says why nothing of a grant can be taken back. */
function Impossible({ grant, left }: Pick<TakeBackProps, 'grant'> & { readonly left: number }) {
  const { points, reversed, payer } = grant;
  if (reversed === points) return <p className="hint">All points of this grant were taken back.</p>;
  if (left <= 0) {
    return (
      <p className="hint">
        Nothing of this grant is left to take back: {reversed > 0 && 'a part was taken back, and '}
        its points have expired.
      </p>
    );
  }
  return (
    <p className="hint">
      No point of this grant is free, and <Name>{payer}</Name> has no other points from which the
      spent ones could be taken.
    </p>
  );
}

function describe({ transactionReversal }: Taken) {
  const { points, debited, sequence } = transactionReversal!;
  return (
    <>
      Took back <Figure value={points} />, as entry #<Figure value={sequence} />.
      {debited > 0 && (
        <>
          {' '}
          <Figure value={debited} /> of them became a debit.
        </>
      )}
    </>
  );
}
