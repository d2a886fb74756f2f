import { useState } from 'react';
import type { Survey } from '../../../src/import/survey-import';
import { ActionButton } from '../access/action-button';
import { Counted, Figure, Name } from '../format/isolated';
import { RowProblems } from '../paste/row-problems';
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
  const { file, survey, problem, options, columnNames } = state;
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
        {problem !== null && columnNames.length > 0 && (
          <p className="hint">If the columns have other names, assign them below.</p>
        )}
        {survey !== null && <SurveyFacts survey={survey} />}
        <ImportButtons
          // Other options or another file: the dates must be confirmed again.
          key={survey === null ? 'none' : JSON.stringify([survey.sha256, options.reading])}
          survey={survey}
          onImport={onImport}
        />
      </section>
      <section className="panel" aria-labelledby="choices">
        <h2 id="choices">How the file is read</h2>
        <ImportChoices options={options} columnNames={columnNames} onChoose={importRun.configure} />
      </section>
    </>
  );
}

function SurveyFacts({ survey }: { readonly survey: Survey }) {
  const { rows, accounts, payers, refused, skipped, firstRefusals } = survey;
  const granted = payers.reduce((sum, payer) => sum + payer.granted, 0n);
  const takenBack = payers.reduce((sum, payer) => sum + payer.takenBack, 0n);
  return (
    <>
      <dl className="figures">
        <Fact name="rows" value={rows} />
        <Fact name="accounts" value={accounts} />
        <Fact name="payers" value={payers.length} />
        <Fact name="points granted" value={granted} />
        <Fact name="points taken back" value={takenBack} />
        <Fact name="refused" value={refused} />
        {skipped > 0 && <Fact name="skipped as expired" value={skipped} />}
      </dl>
      <FirstRows rows={survey.firstRows} />
      <RowProblems
        label={
          firstRefusals.length < refused
            ? 'will be refused; the first are shown'
            : 'will be refused'
        }
        count={refused}
        rows={firstRefusals}
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
  readonly value: number | bigint;
}

function Fact({ name, value }: FactProps) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <Figure value={value} />
      </dd>
    </div>
  );
}

interface ImportButtonsProps {
  readonly survey: Survey | null;
  readonly onImport: () => void;
}

function ImportButtons({ survey, onImport }: ImportButtonsProps) {
  const [isAccepted, setIsAccepted] = useState(false);
  const unusual = survey?.unusualDates ?? null;
  const isBlocked = survey?.accepted === 0 || (unusual !== null && !isAccepted);
  return (
    <>
      {unusual !== null && (
        <div className="notice">
          <p>
            <Counted count={unusual.rows} one="row" /> with a date before 1970 or more than a year
            ahead; the first is line <Figure value={unusual.line} /> with{' '}
            <bdi>{unusual.timestamp}</bdi>.
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
        {survey !== null && (
          <ActionButton
            scope="points:write"
            accountId={null}
            isBlocked={isBlocked}
            onClick={onImport}
          >
            <span>
              Import <Counted count={survey.accepted} one="row" />
            </span>
          </ActionButton>
        )}
        <button type="button" onClick={importRun.reset}>
          Choose another file
        </button>
      </div>
    </>
  );
}
