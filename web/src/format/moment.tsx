import { formatMoment } from './dates';
import { Instant } from './isolated';

/** Renders a date and a time in the browser's locale. */
export function Moment({ instant }: { readonly instant: string }) {
  return <Instant instant={instant}>{formatMoment(instant)}</Instant>;
}
