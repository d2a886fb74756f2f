import { Link } from 'wouter';
import { PageHeading } from '../frame/page-heading';
import { accountsPath } from '../frame/paths';

export function MissingPage() {
  return (
    <>
      <PageHeading title="Nothing here">There is nothing at this address</PageHeading>
      <p>
        Begin with the <Link href={accountsPath}>accounts</Link>.
      </p>
    </>
  );
}
