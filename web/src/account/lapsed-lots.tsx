import { useQuery } from '@apollo/client/react';
import { LoadError } from '../frame/load-error';
import { Loading } from '../frame/loading';
import { ShowEntryDocument } from '../generated/operations';
import { AllocationList } from './allocations';
import { ExpiredList } from './expired-list';

/** Lists the grants whose points expired or began in a lapse. */
export default function LapsedLots({ lapseId }: { readonly lapseId: string }) {
  const { data, error, refetch } = useQuery(ShowEntryDocument, { variables: { id: lapseId } });
  if (error) return <LoadError what="the grants" error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading what="the grants" />;
  if (data.entry?.__typename !== 'Lapse') return null;
  const { lots, begun } = data.entry;
  return (
    <>
      {lots.length > 0 && <ExpiredList lots={lots} />}
      {begun.length > 0 && <AllocationList allocations={begun} label="Grants that began" />}
    </>
  );
}
