import { useApolloClient } from '@apollo/client/react';
import { ActionButton } from '../access/action-button';
import type { Allocation } from '../account/allocations';
import { Figure, Name } from '../format/isolated';
import { useClock } from '../format/use-clock';
import { Outcome } from '../forms/outcome';
import { TextField } from '../forms/text-field';
import { GiveBackDocument, type GiveBackMutation } from '../generated/operations';
import { givenBack } from './given-back';
import { useReversal } from './use-reversal';

interface GiveBackProps {
  readonly spend: {
    readonly id: string;
    readonly accountId: string;
    readonly points: number;
    readonly reversed: number;
    readonly allocations: readonly Allocation[];
  };
  readonly onEnd: () => void;
}

type Given = NonNullable<GiveBackMutation['reverseSpend']>;

/** Gives a spend back, fully or in part. */
export default function GiveBack({ spend, onEnd }: GiveBackProps) {
  const { id, accountId, reversed, allocations } = spend;
  const left = spend.points - reversed;
  const client = useApolloClient();
  const { field, submit, points, sending, isSending } = useReversal({
    accountId,
    id,
    choice: {},
    onEnd,
    async send(input): Promise<Given> {
      const response = await client.mutate({ mutation: GiveBackDocument, variables: { input } });
      return response.data!.reverseSpend!;
    },
  });
  const wanted = typeof points === 'string' ? 0 : (points ?? left);
  const preview = { allocations, reversed, points: wanted <= left ? wanted : 0 };
  return (
    <section className="panel reversal" aria-labelledby="give-back">
      <h2 id="give-back">Give back</h2>
      {left === 0 && <p className="hint">All points of this spend were given back.</p>}
      <form onSubmit={submit} noValidate hidden={left === 0 && sending.phase === 'idle'}>
        <TextField
          label="Points"
          inputMode="numeric"
          hint={
            left > 0 && (
              <>
                Leave this empty to give back all <Figure value={left} />.
              </>
            )
          }
          {...field('points')}
        />
        <TextField label="Reference (optional)" {...field('reference')} />
        <GoesTo {...preview} />
        <ActionButton scope="points:write" accountId={accountId} isBusy={isSending}>
          <span>Give back {wanted > 0 && <Figure value={wanted} />}</span>
        </ActionButton>
        <Outcome sending={sending} describe={describe} />
      </form>
    </section>
  );
}

const lotsShown = 8;

interface GoesToProps {
  readonly allocations: readonly Allocation[];
  readonly reversed: number;
  readonly points: number;
}

/** Shows where the points would go, and which of them would be gone at once. */
function GoesTo({ allocations, reversed, points }: GoesToProps) {
  const now = useClock().getTime();
  const back = givenBack(allocations, reversed, points, now);
  const gone = back.reduce((sum, { points, isGone }) => sum + (isGone ? points : 0), 0);
  if (back.length === 0) return <div className="preview" aria-live="polite" />;
  return (
    <div className="preview" aria-live="polite">
      <p>Would go back to</p>
      <ul>
        {back.slice(0, lotsShown).map(({ allocation, points, isGone }) => (
          <li key={allocation.transaction.id}>
            <span className="payer-name">
              #<Figure value={allocation.transaction.sequence} />{' '}
              <Name>{allocation.transaction.payer}</Name>
              {isGone && ', which has expired'}
            </span>
            <span className="figure">
              <Figure value={points} />
            </span>
          </li>
        ))}
      </ul>
      {back.length > lotsShown && (
        <p>
          and to <Figure value={back.length - lotsShown} /> more grants
        </p>
      )}
      {gone > 0 && (
        <p className="gone">
          <Figure value={gone} /> of these points would lapse at once: their grants have expired.
        </p>
      )}
    </div>
  );
}

function describe({ spendReversal }: Given) {
  const { points, expired, sequence } = spendReversal!;
  return (
    <>
      Gave back <Figure value={points} />, as entry #<Figure value={sequence} />.
      {expired > 0 && (
        <>
          {' '}
          <Figure value={expired} /> of them lapsed at once.
        </>
      )}
    </>
  );
}
