import { Link } from 'wouter';
import { PageHeading } from '../frame/page-heading';
import { accountsPath } from '../frame/paths';

export function MissingPage() {
  return (
    <>
      <PageHeading title="Page not found">Page not found</PageHeading>
      <p>
        Go to the <Link href={accountsPath}>accounts</Link>.
      </p>
    </>
  );
}
