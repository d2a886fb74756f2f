import { type ReactNode, useId } from 'react';
import { useStore } from '../store/use-store';
import { access, refusalOf } from './access';
import { useSteadyPress } from './steady-press';

interface ActionButtonProps {
  readonly scope: Parameters<typeof refusalOf>[1];
  /** The account that is changed; null if there are several. */
  readonly accountId: string | null;
  readonly isBusy?: boolean;
  /** True if what it would do is not known yet. */
  readonly isBlocked?: boolean;
  /** True if a button beside it, which needs the same, says why it may not be pressed. */
  readonly isExplained?: boolean;
  /** What a button outside of a form does. */
  readonly onClick?: () => void;
  readonly children: ReactNode;
}

/** Renders a button that says why, if the key or token may not do what it does. */
export function ActionButton(props: ActionButtonProps) {
  const { scope, accountId, isBusy = false, isBlocked = false, onClick, children } = props;
  const { isExplained = false } = props;
  const refusal = refusalOf(useStore(access), scope, accountId);
  const id = useId();
  const press = useSteadyPress(onClick);
  return (
    <>
      <button
        type={onClick === undefined ? 'submit' : 'button'}
        className="primary"
        aria-disabled={isBusy}
        disabled={isBlocked || refusal !== null}
        aria-describedby={refusal === null || isExplained ? undefined : id}
        {...press}
      >
        {children}
      </button>
      {refusal !== null && !isExplained && (
        <p id={id} className="hint">
          {refusal}
        </p>
      )}
    </>
  );
}
