import { type ReactNode, useEffect, useRef } from 'react';

interface PageHeadingProps {
  /** The title of the window. */
  readonly title: string;
  readonly children: ReactNode;
}

let isFirstPage = true;

/**
 * Renders the h1 of a page. It gets the focus after navigation, so that screen readers announce it.
 */
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
