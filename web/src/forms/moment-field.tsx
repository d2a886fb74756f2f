import type { ReactNode } from 'react';
import { fromLocalInput, offsetWords, timeZone } from '../format/dates';
import { TextField } from './text-field';

interface MomentFieldProps {
  readonly label: string;
  readonly name?: string;
  readonly value: string;
  readonly onText: (text: string) => void;
  readonly problem: ReactNode;
  readonly readOnly: boolean;
}

/** Renders a date and time in the browser's time zone, with the instant that is sent below it. */
export function MomentField(props: MomentFieldProps) {
  const instant = fromLocalInput(props.value);
  return (
    <TextField
      {...props}
      type="datetime-local"
      step={1}
      hint={
        instant === null ? (
          `In your time zone, ${timeZone}.`
        ) : (
          <>
            {zoneText(instant)}. Sent as <code>{shortUtc(instant)}</code>
          </>
        )
      }
    />
  );
}

function zoneText(instant: Date): string {
  const offset = offsetWords(instant);
  return offset === timeZone ? offset : `${offset}, ${timeZone}`;
}

const shortUtc = (instant: Date) => instant.toISOString().replace('.000Z', 'Z');
