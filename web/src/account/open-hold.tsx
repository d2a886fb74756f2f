import { useApolloClient } from '@apollo/client/react';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'wouter';
import { ActionButton } from '../access/action-button';
import { Figure, Name } from '../format/isolated';
import { Moment } from '../format/moment';
import { Outcome } from '../forms/outcome';
import { refusalsByField } from '../forms/refusal-text';
import { useCommand } from '../forms/use-command';
import { entryPath } from '../frame/paths';
import {
  CaptureDocument,
  type CaptureMutation,
  ReleaseDocument,
  type ReleaseMutation,
  type ShowHoldsQuery,
} from '../generated/operations';

/** Loaded on demand: most holds are captured as a whole. */
const CapturePart = lazy(() => import('./capture-part'));

type Hold = NonNullable<ShowHoldsQuery['account']>['holds']['nodes'][number];
type Captured = NonNullable<CaptureMutation['captureHold']>;
type Released = NonNullable<ReleaseMutation['releaseHold']>;

interface Target {
  readonly accountId: string;
  readonly id: string;
  /** Null for all that is held. */
  readonly points?: number;
  readonly keepRest?: boolean;
}

interface OpenHoldProps {
  readonly accountId: string;
  readonly hold: Hold;
  readonly onDone: () => void;
}

/** Shows a hold with its end; a press captures all or a part of it, or releases it. */
export function OpenHold({ accountId, hold, onDone }: OpenHoldProps) {
  const { id, held } = hold;
  const [isPart, setIsPart] = useState(false);
  const capture = useCapture();
  const release = useRelease();
  const isBusy = [capture, release].some(({ sending }) => sending.phase === 'sending');
  const press = async (command: typeof capture | typeof release, part: object = {}) => {
    if (isBusy || (await command.run({ accountId, id, ...part })) !== 'done') return;
    setIsPart(false);
    onDone();
  };
  const refusals = [capture, release].flatMap(({ sending }) =>
    sending.phase === 'refused' ? sending.payload.errors : [],
  );
  const problems = refusalsByField(refusals, held, ['id', 'points']);
  return (
    <>
      <HoldLine hold={hold} />
      <ActionButton
        scope="points:spend"
        accountId={accountId}
        isBusy={isBusy}
        onClick={() => void press(capture)}
      >
        <span>
          Capture <Figure value={held} />
        </span>
      </ActionButton>{' '}
      <ActionButton
        scope="points:spend"
        accountId={accountId}
        isBusy={isBusy}
        onClick={() => void press(release)}
      >
        Release
      </ActionButton>{' '}
      <button type="button" aria-expanded={isPart} onClick={() => setIsPart(!isPart)}>
        Capture a part …
      </button>
      {isPart && (
        <Suspense fallback={null}>
          <CapturePart
            accountId={accountId}
            isBusy={isBusy}
            problem={problems.points}
            onEdit={capture.reset}
            onCapture={(part) => void press(capture, part)}
          />
        </Suspense>
      )}
      <p className="field-problem" role="alert">
        {problems.id}
        {!isPart && problems.points}
      </p>
      <Outcome sending={capture.sending} describe={() => 'Captured.'} />
      <Outcome sending={release.sending} describe={() => 'Released.'} />
    </>
  );
}

function HoldLine({ hold }: { readonly hold: Hold }) {
  const { id, sequence, held, expiresAt, reference } = hold;
  return (
    <p>
      <Link href={entryPath(id)}>
        #<Figure value={sequence} />
      </Link>{' '}
      <Figure value={held} /> until {expiresAt !== null && <Moment instant={expiresAt} />}{' '}
      {reference !== null && (
        <span className="reference">
          <Name>{reference}</Name>
        </span>
      )}
    </p>
  );
}

function useCapture() {
  const client = useApolloClient();
  return useCommand<Target, Captured>(async (input) => {
    const response = await client.mutate({ mutation: CaptureDocument, variables: { input } });
    return response.data!.captureHold!;
  });
}

function useRelease() {
  const client = useApolloClient();
  return useCommand<Target, Released>(async (input) => {
    const response = await client.mutate({ mutation: ReleaseDocument, variables: { input } });
    return response.data!.releaseHold!;
  });
}
