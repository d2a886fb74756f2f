import { Component, type ReactNode } from 'react';
import { reload } from './reload';

interface CrashBoundaryProps {
  readonly children: ReactNode;
}

/** What a bug, or a part of the console that is no longer on the server, leaves to be seen. */
export class CrashBoundary extends Component<CrashBoundaryProps, { readonly error: unknown }> {
  override state = { error: null };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    return (
      <main className="page crash">
        <h1>This page stopped working</h1>
        <p>
          The points are safe: nothing but this page is affected. The server may have been updated
          since the page was opened.
        </p>
        <button type="button" className="primary" onClick={reload}>
          Load the page again
        </button>
      </main>
    );
  }
}
