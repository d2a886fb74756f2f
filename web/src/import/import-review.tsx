import { useState } from 'react';
import { Counted, Figure, Name } from '../format/isolated';
import { RowProblems } from '../paste/row-problems';
import { type FilePreview, namesMax } from './file-preview';
import { FirstRows } from './first-rows';
import { ImportChoices } from './import-choices';
import { importRun } from './import-run';
import type { ImportState } from './import-state';

interface ImportReviewProps {
  readonly state: ImportState;
  readonly onImport: () => void;
}

/** Shows what a file holds and how it is read. Nothing is sent before the button is pressed. */
export function ImportReview({ state, onImport }: ImportReviewProps) {
  const { file, preview, problem, options } = state;
  return (
    <>
      <section className="panel" aria-labelledby="review">
        <h2 id="review">
          <Name>{file?.name ?? ''}</Name>
        </h2>
        {state.phase === 'reading' && <p role="status">Reading the file …</p>}
        {problem !== null && (
          <p className="load-error" role="alert">
            <bdi>{problem}</bdi>
          </p>
        )}
        {preview !== null && <Preview preview={preview} />}
        <ImportButtons
          // Other options or another file: the dates must be confirmed again.
          key={preview === null ? 'none' : JSON.stringify([preview.sha256, options.reading])}
          preview={preview}
          onImport={onImport}
        />
      </section>
      <section className="panel" aria-labelledby="choices">
        <h2 id="choices">How the file is read</h2>
        <ImportChoices options={options} onChoose={importRun.configure} />
      </section>
    </>
  );
}

function Preview({ preview }: { readonly preview: FilePreview }) {
  const { rows, accounts, payers, granted, takenBack, refusedRows, refusals } = preview;
  return (
    <>
      <dl className="figures">
        <Fact name="rows" value={rows} />
        <Fact name="accounts" value={accounts} isCapped />
        <Fact name="payers" value={payers} isCapped />
        <Fact name="points granted" value={granted} />
        <Fact name="points taken back" value={takenBack} />
        <Fact name="refused" value={refusedRows} />
      </dl>
      <FirstRows rows={preview.firstRows} />
      <RowProblems
        label={
          refusals.length < refusedRows ? 'will be refused; the first are shown' : 'will be refused'
        }
        count={refusedRows}
        rows={refusals}
      />
      <p className="hint">
        Balances and idempotency keys are checked by the server during the import: it can refuse
        further rows, and does not count rows again that were imported before.
      </p>
    </>
  );
}

interface FactProps {
  readonly name: string;
  readonly value: number;
  /** True if counting stops at `namesMax`. */
  readonly isCapped?: boolean;
}

function Fact({ name, value, isCapped = false }: FactProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Figure value={value} />
        {isCapped && value >= namesMax && ' or more'}
      </dd>
    </div>
  );
}

interface ImportButtonsProps {
  readonly preview: FilePreview | null;
  readonly onImport: () => void;
}

function ImportButtons({ preview, onImport }: ImportButtonsProps) {
  const [isAccepted, setIsAccepted] = useState(false);
  const unusual = preview?.firstUnusual ?? null;
  const count = preview?.validRows ?? 0;
  const isBlocked = count === 0 || (unusual !== null && !isAccepted);
  return (
    <>
      {preview !== null && unusual !== null && (
        <div className="notice">
          <p>
            <Counted count={preview.unusualDates} one="row" /> with a date before 1970 or more than
            a year ahead; the first is line <Figure value={unusual.line} /> with{' '}
            <bdi>{unusual.input.timestamp}</bdi>.
          </p>
          <label className="checkbox">
            <input
              type="checkbox"
              checked={isAccepted}
              onChange={({ target }) => setIsAccepted(target.checked)}
            />
            These dates are correct
          </label>
        </div>
      )}
      <div className="buttons">
        <button type="button" className="primary" disabled={isBlocked} onClick={onImport}>
          <span>
            Import <Counted count={count} one="row" />
          </span>
        </button>
        <button type="button" onClick={importRun.reset}>
          Choose another file
        </button>
      </div>
    </>
  );
}
