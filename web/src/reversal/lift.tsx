import { useApolloClient } from '@apollo/client/react';
import { ActionButton } from '../access/action-button';
import type { Transaction } from '../account/transaction';
import { Figure, Name } from '../format/isolated';
import { Outcome } from '../forms/outcome';
import { TextField } from '../forms/text-field';
import { TakeBackDocument, type TakeBackMutation } from '../generated/operations';
import { useReversal } from './use-reversal';
import { type Standing, useStanding } from './use-standing';

interface LiftProps {
  readonly debit: Transaction & { readonly reversed: number };
  readonly onEnd: () => void;
}

type Lifted = NonNullable<TakeBackMutation['reverseTransaction']>;

/** Lifts a debit, fully or in part. */
export default function Lift({ debit, onEnd }: LiftProps) {
  const { id, accountId, payer, reversed } = debit;
  const client = useApolloClient();
  const { field, submit, points, sending, isSending, ended } = useReversal({
    accountId,
    id,
    choice: {},
    onEnd,
    async send(input): Promise<Lifted> {
      const response = await client.mutate({ mutation: TakeBackDocument, variables: { input } });
      return response.data!.reverseTransaction!;
    },
  });
  const standing = useStanding(accountId, payer, `${reversed} ${ended}`);
  const left = standing && Math.min(-debit.points - reversed, standing.debited);
  const wanted = typeof points === 'string' ? null : (points ?? left);
  return (
    <section className="panel reversal" aria-labelledby="lift">
      <h2 id="lift">Lift</h2>
      {left === 0 && (
        <p className="hint">
          Nothing of this debit is left: it was lifted, or it is gone together with the points that
          it covered when they expired.
        </p>
      )}
      <form onSubmit={submit} noValidate hidden={left === 0 && sending.phase === 'idle'}>
        <TextField
          label="Points"
          inputMode="numeric"
          hint={
            left !== null &&
            left > 0 && (
              <>
                Leave this empty to lift all <Figure value={left} />.
              </>
            )
          }
          {...field('points')}
        />
        <TextField label="Reference (optional)" {...field('reference')} />
        <Effect payer={payer} points={wanted} left={left} standing={standing} />
        <ActionButton scope="points:write" accountId={accountId} isBusy={isSending}>
          <span>Lift {wanted !== null && wanted > 0 && <Figure value={wanted} />}</span>
        </ActionButton>
        <Outcome sending={sending} describe={describe} />
      </form>
    </section>
  );
}

interface EffectProps {
  readonly payer: string;
  /** Null if they are not known. */
  readonly points: number | null;
  readonly left: number | null;
  readonly standing: Standing | null;
}

/** Says what would happen. The button works without these figures too. */
function Effect({ payer, points, left, standing }: EffectProps) {
  const isKnown = points !== null && left !== null && standing !== null && points > 0;
  return (
    <div className="preview" aria-live="polite">
      {isKnown && points > left && (
        <p>
          Would be refused: at most <Figure value={left} /> can be lifted.
        </p>
      )}
      {isKnown && points <= left && (
        <p>
          <Name>{payer}</Name> would have <Figure value={standing.points + points} /> to spend
          instead of <Figure value={standing.points} />: debits would cover{' '}
          <Figure value={standing.debited - points} /> of its oldest points, not{' '}
          <Figure value={standing.debited} />.
        </p>
      )}
    </div>
  );
}

function describe({ transactionReversal }: Lifted) {
  const { points, sequence } = transactionReversal!;
  return (
    <>
      Lifted <Figure value={points} />, as entry #<Figure value={sequence} />.
    </>
  );
}
