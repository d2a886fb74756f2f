import { type DragEvent, useId, useState } from 'react';

interface FilePickerProps {
  readonly onPick: (file: File) => void;
}

/** Accepts a file that is dropped or chosen. */
export function FilePicker({ onPick }: FilePickerProps) {
  const id = useId();
  const [isOver, setIsOver] = useState(false);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file) onPick(file);
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
      <label htmlFor={id}>Drop a file here, or choose one: CSV or NDJSON</label>
      <input
        id={id}
        type="file"
        accept=".csv,.tsv,.txt,.ndjson,.jsonl,text/csv"
        onChange={({ target }) => {
          take(target.files);
          // Otherwise choosing the same file again raises no event.
          target.value = '';
        }}
      />
      <p className="hint">You see what the file holds before anything is imported.</p>
    </div>
  );
}
