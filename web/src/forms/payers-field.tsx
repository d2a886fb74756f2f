import { Fragment, useId } from 'react';
import { Figure, Name } from '../format/isolated';
import { FieldProblem } from './field-problem';
import { type ChoiceMode, type ChosenPayers, unknownPayers } from './payer-choice';
import type { Problem } from './use-take';

interface PayersFieldProps {
  readonly payers: readonly string[];
  readonly chosen: ChosenPayers;
  readonly onChoose: (chosen: ChosenPayers) => void;
  readonly problem: Problem;
  readonly readOnly: boolean;
}

/** More payers are typed rather than ticked. */
const ticksMax = 50;

/** Chooses whose points are taken. */
export function PayersField(props: PayersFieldProps) {
  const { payers, chosen, onChoose, problem, readOnly } = props;
  const id = useId();
  const { mode } = chosen;
  return (
    <div className="field">
      <label htmlFor={id}>Payers</label>
      <select
        id={id}
        value={mode}
        disabled={readOnly}
        aria-describedby={`${id}-problem`}
        onChange={({ target }) => onChoose({ ...chosen, mode: target.value as ChoiceMode })}
      >
        <option value="all">All payers</option>
        <option value="only">Only these</option>
        <option value="except">All but these</option>
      </select>
      {mode !== 'all' && (payers.length > ticksMax ? <Typed {...props} /> : <Ticks {...props} />)}
      <FieldProblem id={`${id}-problem`} text={problem} />
    </div>
  );
}

function Ticks({ payers, chosen, onChoose, readOnly }: PayersFieldProps) {
  const toggle = (payer: string, isOn: boolean) => {
    const others = chosen.names.filter((name) => name !== payer);
    onChoose({ ...chosen, names: isOn ? [...others, payer] : others });
  };
  return (
    <fieldset className="payer-ticks" disabled={readOnly}>
      <legend className="hint">{chosen.mode === 'only' ? 'Only these' : 'All but these'}</legend>
      {payers.map((payer) => (
        <label key={payer} className="checkbox">
          <input
            type="checkbox"
            checked={chosen.names.includes(payer)}
            onChange={({ target }) => toggle(payer, target.checked)}
          />
          <Name>{payer}</Name>
        </label>
      ))}
    </fieldset>
  );
}

/** Names have no line breaks, so each is a line. */
function Typed({ payers, chosen, onChoose, readOnly }: PayersFieldProps) {
  const id = useId();
  return (
    <>
      <label htmlFor={id}>Names, one a line</label>
      <textarea
        id={id}
        rows={4}
        spellCheck={false}
        readOnly={readOnly}
        aria-describedby={`${id}-unknown`}
        value={chosen.names.join('\n')}
        onChange={({ target }) => onChoose({ ...chosen, names: target.value.split('\n') })}
      />
      <UnknownPayers id={`${id}-unknown`} names={unknownPayers(chosen, payers)} />
    </>
  );
}

/** More names are counted. */
const unknownShownMax = 3;

/** A name without points changes nothing and is sent all the same: the API allows it. */
function UnknownPayers({ id, names }: { readonly id: string; readonly names: readonly string[] }) {
  const rest = names.length - unknownShownMax;
  return (
    <p className="hint" id={id} aria-live="polite">
      {names.length > 0 && 'Not a payer of this account: '}
      {names.slice(0, unknownShownMax).map((name, at) => (
        <Fragment key={name}>
          {at > 0 && ', '}
          <Name>{name}</Name>
        </Fragment>
      ))}
      {rest > 0 && (
        <>
          {' '}
          and <Figure value={rest} /> more
        </>
      )}
    </p>
  );
}
