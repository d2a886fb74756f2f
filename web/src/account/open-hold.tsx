import { useApolloClient } from '@apollo/client/react';
import { lazy, type ReactNode, Suspense, useState } from 'react';
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
} from '../generated/operations';
import type { Hold } from './lists';

/** Loaded on demand: most holds are captured as a whole. */
const CapturePart = lazy(() => import('./capture-part'));

type CapturePayload = NonNullable<CaptureMutation['captureHold']>;
type ReleasePayload = NonNullable<ReleaseMutation['releaseHold']>;

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
  /** Called with what was done. */
  readonly onDone: (text: ReactNode) => void;
}

/** Shows a hold with its end; a press captures all or a part of it, or releases it. */
export function OpenHold({ accountId, hold, onDone }: OpenHoldProps) {
  const { id, held } = hold;
  const [isPart, setIsPart] = useState(false);
  const capture = useCapture((payload) => finish(<Captured payload={payload} />));
  const release = useRelease((payload) => finish(<Released payload={payload} />));
  const isBusy = [capture, release].some(({ sending }) => sending.phase === 'sending');
  const finish = (text: ReactNode) => {
    setIsPart(false);
    onDone(text);
  };
  const press = (command: typeof capture | typeof release, part: object = {}) => {
    if (isBusy) return;
    for (const each of [capture, release]) each.reset();
    void command.run({ accountId, id, ...part });
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
        isExplained
        onClick={() => press(capture)}
      >
        <span>
          Capture <Figure value={held} />
        </span>
      </ActionButton>{' '}
      <ActionButton
        scope="points:spend"
        accountId={accountId}
        isBusy={isBusy}
        onClick={() => press(release)}
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
            onCapture={(part) => press(capture, part)}
          />
        </Suspense>
      )}
      <p className="field-problem" role="alert">
        {problems.id}
        {!isPart && problems.points}
      </p>
      <Outcome sending={capture.sending} describe={saidAbove} />
      <Outcome sending={release.sending} describe={saidAbove} />
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

/** The list says it, since the hold may be gone. */
const saidAbove = () => null;

function Captured({ payload }: { readonly payload: CapturePayload }) {
  const { points, sequence, hold } = payload.spend!;
  return (
    <>
      Captured <Figure value={points} /> of hold #<Figure value={hold!.sequence} />, as entry #
      <Figure value={sequence} />.
    </>
  );
}

function Released({ payload }: { readonly payload: ReleasePayload }) {
  const { points, sequence, hold, expired } = payload.release!;
  return (
    <>
      Released <Figure value={points} /> of hold #<Figure value={hold!.sequence} />, as entry #
      <Figure value={sequence} />.
      {expired > 0 && (
        <>
          {' '}
          <Figure value={expired} /> of them lapsed at once.
        </>
      )}
    </>
  );
}

function useCapture(onDone: (payload: CapturePayload) => void) {
  const client = useApolloClient();
  return useCommand<Target, CapturePayload>(async (input) => {
    const response = await client.mutate({ mutation: CaptureDocument, variables: { input } });
    return response.data!.captureHold!;
  }, onDone);
}

function useRelease(onDone: (payload: ReleasePayload) => void) {
  const client = useApolloClient();
  return useCommand<Target, ReleasePayload>(async (input) => {
    const response = await client.mutate({ mutation: ReleaseDocument, variables: { input } });
    return response.data!.releaseHold!;
  }, onDone);
}
