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
  type RefusedFragment,
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
  /** Missing for all that is held. */
  readonly points?: number;
  readonly keepRest?: boolean;
}

/** What a refusal can be about: the hold itself, or the points of a part. */
const holdFields = ['id', 'points'] as const;

interface OpenHoldProps {
  readonly accountId: string;
  readonly hold: Hold;
  /** Called with what was done. */
  readonly onDone: (text: ReactNode) => void;
  /** Called with why nothing can be done with the hold anymore. */
  readonly onOver: (text: ReactNode) => void;
}

/** Shows a hold with its end; a press captures all or a part of it, or releases it. */
export function OpenHold({ accountId, hold, onDone, onOver }: OpenHoldProps) {
  const { id, held } = hold;
  const [isPart, setIsPart] = useState(false);
  const capture = useCapture(({ spend, errors }) =>
    finish(errors, spend && <Captured spend={spend} />),
  );
  const release = useRelease(({ release, errors }) =>
    finish(errors, release && <Released release={release} />),
  );
  const isBusy = [capture, release].some(({ sending }) => sending.phase === 'sending');
  const finish = (errors: readonly RefusedFragment[], done: ReactNode) => {
    const { id: over } = refusalsByField(errors, held, holdFields);
    if (over !== undefined) onOver(<Over hold={hold}>{over}</Over>);
    if (errors.length > 0) return;
    setIsPart(false);
    onDone(done);
  };
  const press = (command: typeof capture | typeof release, part: object = {}) => {
    if (isBusy) return;
    for (const each of [capture, release]) each.reset();
    void command.run({ accountId, id, ...part });
  };
  const refusals = [capture, release].flatMap(({ sending }) =>
    sending.phase === 'refused' ? sending.payload.errors : [],
  );
  const { points: problem } = refusalsByField(refusals, held, holdFields);
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
            problem={problem}
            onEdit={capture.reset}
            onCapture={(part) => press(capture, part)}
          />
        </Suspense>
      )}
      <p className="field-problem" role="alert">
        {!isPart && problem}
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

function Captured({ spend }: { readonly spend: NonNullable<CapturePayload['spend']> }) {
  const { points, sequence, hold } = spend;
  return (
    <>
      Captured <Figure value={points} /> of hold #<Figure value={hold!.sequence} />, as entry #
      <Figure value={sequence} />.
    </>
  );
}

interface ReleasedProps {
  readonly release: NonNullable<ReleasePayload['release']>;
}

function Released({ release: { points, sequence, hold, expired } }: ReleasedProps) {
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

interface OverProps {
  readonly hold: Hold;
  readonly children: ReactNode;
}

function Over({ hold, children }: OverProps) {
  return (
    <>
      Hold #<Figure value={hold.sequence} />: {children}
    </>
  );
}

function useCapture(onEnd: (payload: CapturePayload) => void) {
  const client = useApolloClient();
  return useCommand<Target, CapturePayload>(async (input) => {
    const response = await client.mutate({ mutation: CaptureDocument, variables: { input } });
    return response.data!.captureHold!;
  }, onEnd);
}

function useRelease(onEnd: (payload: ReleasePayload) => void) {
  const client = useApolloClient();
  return useCommand<Target, ReleasePayload>(async (input) => {
    const response = await client.mutate({ mutation: ReleaseDocument, variables: { input } });
    return response.data!.releaseHold!;
  }, onEnd);
}
