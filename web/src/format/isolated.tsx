import type { ReactNode } from 'react';
import { dateLocale } from './dates';
import { counted, formatChange, formatPoints, formatShare, numberLocale } from './numbers';

// Numbers and names may run from right to left. <bdi> keeps them apart from their neighbours.

/** Renders text that a user chose, such as a payer or an account id. Its language is unknown. */
export function Name({ children }: { readonly children: string }) {
  return <bdi lang="">{children}</bdi>;
}

/** Renders a number of points or of anything else. */
export function Figure({ value }: { readonly value: number | bigint }) {
  return <NumberText>{formatPoints(value)}</NumberText>;
}

/** Renders a number with its sign. */
export function Change({ value }: { readonly value: number }) {
  return <NumberText>{formatChange(value)}</NumberText>;
}

export function Share({ part, total }: { readonly part: number; readonly total: number }) {
  return <NumberText>{formatShare(part, total)}</NumberText>;
}

interface CountedProps {
  readonly count: number;
  /** The noun in the singular. */
  readonly one: string;
}

/** Renders a number with its noun: "2 rows". */
export function Counted({ count, one }: CountedProps) {
  const noun = counted(count, one).slice(formatPoints(count).length);
  return (
    <>
      <Figure value={count} />
      {noun}
    </>
  );
}

/** Renders an instant as formatted by `children`; its tooltip shows it exactly. */
export function Instant(props: { readonly instant: string; readonly children: ReactNode }) {
  const { instant, children } = props;
  return (
    <time dateTime={instant} title={instant} lang={dateLocale} dir="auto">
      {children}
    </time>
  );
}

function NumberText({ children }: { readonly children: string }) {
  return <bdi lang={numberLocale}>{children}</bdi>;
}
