import { Link } from 'wouter';
import { accountsPath, importPath, type Place } from './paths';

export function Masthead({ page }: { readonly page: Place['page'] }) {
  const current = (pages: readonly Place['page'][]) => (pages.includes(page) ? 'page' : undefined);
  return (
    <header className="masthead">
      <Link href="/" className="wordmark">
        <Mark />
        Points ledger
      </Link>
      <nav aria-label="Main">
        <Link href={accountsPath} aria-current={current(['accounts', 'account', 'entry'])}>
          Accounts
        </Link>
        <Link href={importPath} aria-current={current(['import'])}>
          Import
        </Link>
        <a href="/playground">Playground</a>
      </nav>
    </header>
  );
}

function Mark() {
  return (
    <svg className="mark" viewBox="0 0 20 20" aria-hidden="true">
      <rect x="1" y="3" width="18" height="3.5" rx="1.75" />
      <rect x="1" y="8.5" width="12" height="3.5" rx="1.75" opacity=".7" />
      <rect x="1" y="14" width="6" height="3.5" rx="1.75" opacity=".45" />
    </svg>
  );
}
