import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { ActionButton } from '../access/action-button';
import type { Transaction } from '../account/transaction';
import { serverClock } from '../client/server-clock';
import { Figure } from '../format/isolated';
import { Outcome } from '../forms/outcome';
import { TextField } from '../forms/text-field';
import { type SpentPart, TakeBackDocument, type TakeBackMutation } from '../generated/operations';
import { SpentPartField } from './spent-part-field';
import { type FreePoints, useFreePoints } from './use-free-points';
import { useReversal } from './use-reversal';
import { type TakenPart, useTakenParts } from './use-taken-parts';

interface TakeBackProps {
  readonly grant: Transaction & { readonly reversed: number };
  readonly onEnd: () => void;
}

type Taken = NonNullable<TakeBackMutation['reverseTransaction']>;

/** Takes a grant back from its own lot, fully or in part. */
export default function TakeBack({ grant, onEnd }: TakeBackProps) {
  const { id, accountId, reversed } = grant;
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
  const free = useFreePoints(grant, `${reversed} ${ended}`);
  const wanted = typeof points === 'string' ? null : (points ?? grant.points - reversed);
  const known = isSpendable(grant) ? free : null;
  const others = useOtherParts(grant, wanted, known);
  return (
    <section className="panel reversal" aria-labelledby="take-back">
      <h2 id="take-back">Take back</h2>
      <form onSubmit={submit} noValidate>
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

/** True if the grant has begun and has not expired: its lot is then among those to spend. */
function isSpendable({ availableFrom, expiresAt }: Transaction): boolean {
  const now = serverClock.now();
  const hasBegun = availableFrom === null || Date.parse(availableFrom) <= now;
  return hasBegun && (expiresAt === null || Date.parse(expiresAt) > now);
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
