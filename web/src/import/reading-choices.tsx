import { useId } from 'react';
import type { BlanksRule, ReadingOptions } from '../../../src/import/reading-options';
import { serverClock } from '../client/server-clock';

interface ReadingChoicesProps {
  readonly reading: ReadingOptions;
  readonly onChoose: (reading: ReadingOptions) => void;
}

/** How to choose another rule, appended to the reasons of refused rows. */
export const choicesAdvice = {
  blanks: 'choose that blanks around names are removed or kept',
  digits: 'choose that they are dropped',
};

/** Offers what to do with ambiguous rows, as the options of `points import`. */
export function ReadingChoices({ reading, onChoose }: ReadingChoicesProps) {
  const id = useId();
  return (
    <>
      <div className="field">
        <label htmlFor={`${id}-blanks`}>Blanks around names</label>
        <select
          id={`${id}-blanks`}
          value={reading.blanks}
          onChange={({ target }) => onChoose({ ...reading, blanks: target.value as BlanksRule })}
        >
          <option value="refuse">Refuse the row</option>
          <option value="trim">Remove them</option>
          <option value="keep">Keep them as part of the name</option>
        </select>
      </div>
      <div className="field">
        <label htmlFor={`${id}-digits`}>Digits of instants after the millisecond</label>
        <select
          id={`${id}-digits`}
          value={reading.cutsDigits ? 'cut' : 'refuse'}
          onChange={({ target }) => onChoose({ ...reading, cutsDigits: target.value === 'cut' })}
        >
          <option value="refuse">Refuse the row</option>
          <option value="cut">Drop them</option>
        </select>
      </div>
      <div className="field">
        <label htmlFor={`${id}-expired`}>Points whose end has passed</label>
        <select
          id={`${id}-expired`}
          value={reading.skipsExpiredAt === undefined ? 'refuse' : 'skip'}
          onChange={({ target }) => onChoose(withExpired(reading, target.value === 'skip'))}
        >
          <option value="refuse">Refuse the row</option>
          <option value="skip">Skip the row</option>
        </select>
      </div>
    </>
  );
}

/**
 * Sets whether expired rows are skipped. Their end is compared with the instant of the choice, so
 * that all readings skip the same rows.
 */
function withExpired({ skipsExpiredAt: _at, ...reading }: ReadingOptions, skips: boolean) {
  return skips ? { ...reading, skipsExpiredAt: serverClock.now() } : reading;
}
