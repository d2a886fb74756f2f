import { useId, useState } from 'react';
import { type ColumnRules, plainRules } from '../../../src/import/column-rules';
import { type Column, columnOf, columns, type Field } from '../../../src/import/columns';

interface ColumnChoicesProps {
  readonly rules: ColumnRules | undefined;
  /** The names in the file. */
  readonly names: readonly string[];
  readonly onRules: (rules: ColumnRules) => void;
}

/** Columns that can have one value for all rows. */
const settable: ReadonlySet<Column> = new Set([
  'accountId',
  'payer',
  'timestamp',
  'availableFrom',
  'expiresAt',
  'reference',
]);

/**
 * Offers which column of the file holds which value, as `--map` and `--set` of the command line.
 */
export function ColumnChoices({ rules = plainRules, names, onRules }: ColumnChoicesProps) {
  return (
    <fieldset className="choices">
      <legend>Columns</legend>
      {columns.map((column) => (
        <ColumnChoice key={column} column={column} rules={rules} names={names} onRules={onRules} />
      ))}
    </fieldset>
  );
}

interface ColumnChoiceProps extends ColumnChoicesProps {
  readonly column: Column;
  readonly rules: ColumnRules;
}

const byUsualName = 'usual';
const oneValue = 'set';
const mapped = 'map:';

function ColumnChoice({ column, rules, names, onRules }: ColumnChoiceProps) {
  const id = useId();
  const name = rules.names[column];
  const value = rules.values[column as Field];
  const [isSetting, setIsSetting] = useState(value !== undefined);
  const choose = (choice: string) => {
    setIsSetting(choice === oneValue);
    const found = choice.startsWith(mapped) ? choice.slice(mapped.length) : undefined;
    if (found !== name || value !== undefined) onRules(withRule(rules, column, { name: found }));
  };
  return (
    <div className="field">
      <label htmlFor={id}>{columnOf[column]}</label>
      <select
        id={id}
        value={isSetting ? oneValue : name === undefined ? byUsualName : mapped + name}
        onChange={({ target }) => choose(target.value)}
      >
        <option value={byUsualName}>By its usual name</option>
        {names.map((each) => (
          <option key={each} value={mapped + each}>
            From “{each}”
          </option>
        ))}
        {settable.has(column) && <option value={oneValue}>One value for all rows</option>}
      </select>
      {isSetting && (
        <ValueField
          label={`${columnOf[column]} of all rows`}
          value={value ?? ''}
          onValue={(text) => onRules(withRule(rules, column, text === '' ? {} : { value: text }))}
        />
      )}
    </div>
  );
}

interface ValueFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
}

/** Reports the value when the field loses the focus, since a change reads the file again. */
function ValueField({ label, value, onValue }: ValueFieldProps) {
  const [text, setText] = useState(value);
  return (
    <input
      className="set-value"
      aria-label={label}
      value={text}
      onChange={({ target }) => setText(target.value)}
      onBlur={() => text !== value && onValue(text)}
      autoComplete="off"
      spellCheck={false}
    />
  );
}

interface Rule {
  readonly name?: string | undefined;
  readonly value?: string;
}

/** Returns the rules with another rule for one column. */
function withRule({ names, values }: ColumnRules, column: Column, rule: Rule): ColumnRules {
  const { [column]: _name, ...otherNames } = names;
  const { [column as Field]: _value, ...otherValues } = values;
  return {
    names: rule.name === undefined ? otherNames : { ...otherNames, [column]: rule.name },
    values: rule.value === undefined ? otherValues : { ...otherValues, [column]: rule.value },
  };
}
