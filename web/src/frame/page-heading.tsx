import { type ReactNode, useEffect, useRef } from 'react';

interface PageHeadingProps {
  /** For the window's title. */
  readonly title: string;
  readonly children: ReactNode;
}

let isFirstPage = true;

/** The page's h1. It takes the focus when a person comes from another page, so that it is read out. */
export function PageHeading({ title, children }: PageHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Points ledger`;
    if (!isFirstPage) heading.current?.focus({ preventScroll: true });
    isFirstPage = false;
    return () => window.scrollTo(0, 0);
  }, [title]);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
