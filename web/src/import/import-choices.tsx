import { useId, useState } from 'react';
import { ColumnChoices } from './column-choices';
import type { ImportOptions } from './import-state';
import { ReadingChoices } from './reading-choices';

interface ImportChoicesProps {
  readonly options: ImportOptions;
  readonly columnNames: readonly string[];
  readonly onChoose: (part: Partial<ImportOptions>) => void;
}

/** Offers the options of an import. Every change reads the file again. */
export function ImportChoices({ options, columnNames, onChoose }: ImportChoicesProps) {
  return (
    <>
      <div className="choices">
        <NameField name={options.name} onName={(name) => onChoose({ name })} />
        <ReadingChoices reading={options.reading} onChoose={(reading) => onChoose({ reading })} />
      </div>
      <ColumnChoices
        rules={options.reading.columns}
        names={columnNames}
        onRules={(columns) => onChoose({ reading: { ...options.reading, columns } })}
      />
    </>
  );
}

interface NameFieldProps {
  readonly name: string;
  readonly onName: (name: string) => void;
}

/** Reports the name when the field loses the focus, since a change reads the file again. */
function NameField({ name, onName }: NameFieldProps) {
  const id = useId();
  const [text, setText] = useState(name);
  return (
    <div className="field">
      <label htmlFor={id}>Name of the import (optional)</label>
      <input
        id={id}
        value={text}
        onChange={({ target }) => setText(target.value)}
        onBlur={() => text !== name && onName(text)}
        autoComplete="off"
        spellCheck={false}
        aria-describedby={`${id}-hint`}
      />
      <p className="hint" id={`${id}-hint`}>
        Rows that were imported under the same name do not count again. The default is the hash of
        the file.
      </p>
    </div>
  );
}
