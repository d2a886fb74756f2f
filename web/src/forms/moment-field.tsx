import { fromLocalInput, offsetWords, timeZone } from '../format/dates';
import { TextField } from './text-field';

interface MomentFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onText: (text: string) => void;
  readonly fault: string | null;
  readonly readOnly: boolean;
}

/** A date and time as on the reader's clock; the instant that it means is written below. */
export function MomentField(props: MomentFieldProps) {
  const instant = fromLocalInput(props.value);
  return (
    <TextField
      {...props}
      type="datetime-local"
      step={1}
      hint={
        instant === null ? (
          `On your clock, ${timeZone}.`
        ) : (
          <>
            {zoneWords(instant)}. Sent as <code>{shortUtc(instant)}</code>
          </>
        )
      }
    />
  );
}

function zoneWords(instant: Date): string {
  const offset = offsetWords(instant);
  return offset === timeZone ? offset : `${offset}, ${timeZone}`;
}

const shortUtc = (instant: Date) => instant.toISOString().replace('.000Z', 'Z');
