import { Component, type ReactNode } from 'react';
import { reload } from './reload';

interface CrashBoundaryProps {
  readonly children: ReactNode;
}

/** Shown after a bug, or if a part of the console is no longer on the server. */
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
          Only this page is affected; the points are safe. The server may have been updated since
          the page was opened.
        </p>
        <button type="button" className="primary" onClick={reload}>
          Reload the page
        </button>
      </main>
    );
  }
}
