import { formatMoment } from './dates';

/** An instant as its reader says it; the exact one is a hover away. */
export function Moment({ instant }: { readonly instant: string }) {
  return (
    <time dateTime={instant} title={instant}>
      {formatMoment(instant)}
    </time>
  );
}
