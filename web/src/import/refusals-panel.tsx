import { useEffect, useState } from 'react';
import { Counted } from '../format/isolated';
import { RowProblems } from '../paste/row-problems';
import type { ImportState } from './import-state';

/** Shows the refused rows with their lines and reasons, and a file of them to download. */
export function RefusalsPanel({ state }: { readonly state: ImportState }) {
  const { refusals, refusalsFile, tally } = state;
  const url = useObjectUrl(refusalsFile);
  if (tally.refused === 0) return null;
  const { listed } = refusals;
  return (
    <section className="panel" aria-labelledby="refused">
      <h2 id="refused">
        <Counted count={tally.refused} one="refused row" />
      </h2>
      {refusalsFile !== null && url !== null && (
        <>
          <p>
            <a className="button" href={url} download={refusalsFile.name}>
              Download {refusalsFile.name}
            </a>
          </p>
          <p className="hint">
            The file has every refused row with its line and reason. Correct the rows and import
            that file; its columns refused_… are ignored.
          </p>
        </>
      )}
      <RowProblems
        label={listed.length < tally.refused ? 'are shown; the file has all' : 'were refused'}
        rows={listed}
      />
    </section>
  );
}

function useObjectUrl(file: File | null): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (file === null) return;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return file === null ? null : url;
}
