import { useApolloClient } from '@apollo/client/react';
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

type Hold = NonNullable<ShowHoldsQuery['account']>['holds']['nodes'][number];
type Captured = NonNullable<CaptureMutation['captureHold']>;
type Released = NonNullable<ReleaseMutation['releaseHold']>;

interface Target {
  readonly accountId: string;
  readonly id: string;
}

interface OpenHoldProps {
  readonly accountId: string;
  readonly hold: Hold;
  readonly onDone: () => void;
}

/** Shows a hold with its end; a press captures all of it or releases it. */
export function OpenHold({ accountId, hold, onDone }: OpenHoldProps) {
  const { id, sequence, held, expiresAt, reference } = hold;
  const capture = useCapture();
  const release = useRelease();
  const isBusy = [capture, release].some(({ sending }) => sending.phase === 'sending');
  const press = async (command: typeof capture | typeof release) => {
    if (!isBusy && (await command.run({ accountId, id })) === 'done') onDone();
  };
  const refusals = [capture, release].flatMap(({ sending }) =>
    sending.phase === 'refused' ? sending.payload.errors : [],
  );
  return (
    <>
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
      <ActionButton
        scope="points:spend"
        accountId={accountId}
        isBusy={isBusy}
        onClick={() => void press(capture)}
      >
        Capture <Figure value={held} />
      </ActionButton>{' '}
      <ActionButton
        scope="points:spend"
        accountId={accountId}
        isBusy={isBusy}
        onClick={() => void press(release)}
      >
        Release
      </ActionButton>
      <p className="field-problem" role="alert">
        {refusalsByField(refusals, held, ['id']).id}
      </p>
      <Outcome sending={capture.sending} describe={() => 'Captured.'} />
      <Outcome sending={release.sending} describe={() => 'Released.'} />
    </>
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
