import { formatMoment } from './dates';

/** An instant in the browser's locale; its tooltip shows it exactly. */
export function Moment({ instant }: { readonly instant: string }) {
  return (
    <time dateTime={instant} title={instant}>
      {formatMoment(instant)}
    </time>
  );
}
