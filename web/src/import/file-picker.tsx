import { type DragEvent, useId, useState } from 'react';
import { type ReadingOptions, strictReading } from '../../../src/import/reading-options';
import type { ImportOptions } from './import-run';
import { choicesAdvice, ReadingChoices } from './reading-choices';

interface FilePickerProps {
  readonly onPick: (file: File, options: ImportOptions) => void;
}

/** Accepts a file that is dropped or chosen. */
export function FilePicker({ onPick }: FilePickerProps) {
  const id = useId();
  const [name, setName] = useState('');
  const [reading, setReading] = useState<ReadingOptions>({
    ...strictReading,
    advice: choicesAdvice,
  });
  const [isOver, setIsOver] = useState(false);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file) onPick(file, { name, reading });
  };
  const drag = (event: DragEvent, over: boolean) => {
    event.preventDefault();
    setIsOver(over);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the input is the accessible way; dropping is a second one.
    <div
      className={isOver ? 'drop drop-over' : 'drop'}
      onDragOver={(event) => drag(event, true)}
      onDragLeave={(event) => drag(event, false)}
      onDrop={(event) => {
        drag(event, false);
        take(event.dataTransfer.files);
      }}
    >
      <div className="field">
        <label htmlFor={`${id}-file`}>Drop a file here, or choose one: CSV or NDJSON</label>
        <input
          id={`${id}-file`}
          type="file"
          accept=".csv,.tsv,.txt,.ndjson,.jsonl,text/csv"
          onChange={({ target }) => {
            take(target.files);
            // Otherwise choosing the same file again raises no event.
            target.value = '';
          }}
        />
      </div>
      <div className="field">
        <label htmlFor={`${id}-name`}>Name of the import (optional)</label>
        <input
          id={`${id}-name`}
          value={name}
          onChange={({ target }) => setName(target.value)}
          autoComplete="off"
          spellCheck={false}
          aria-describedby={`${id}-hint`}
        />
        <p className="hint" id={`${id}-hint`}>
          Rows that were imported under the same name do not count again. The default is the hash of
          the file. Type the name before you choose the file.
        </p>
      </div>
      <ReadingChoices reading={reading} onChoose={setReading} />
    </div>
  );
}
