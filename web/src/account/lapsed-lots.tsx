import { useQuery } from '@apollo/client/react';
import { LoadError } from '../frame/load-error';
import { Loading } from '../frame/loading';
import { ShowEntryDocument } from '../generated/operations';
import { ExpiredList } from './expired-list';

/** Lists the grants whose points a lapse ended. */
export default function LapsedLots({ lapseId }: { readonly lapseId: string }) {
  const { data, error, refetch } = useQuery(ShowEntryDocument, { variables: { id: lapseId } });
  if (error) return <LoadError what="the grants" error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading what="the grants" />;
  return data.entry?.__typename === 'Lapse' ? <ExpiredList lots={data.entry.lots} /> : null;
}
