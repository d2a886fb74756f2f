import { ApolloLink } from '@apollo/client';
import { tap } from 'rxjs';
import { hasCode } from '../client/errors';
import { noteRefused } from './access';
import { credential } from './credential';

/** Returns a link that sends the key or token, and notes when one is needed. */
export function accessLink(): ApolloLink {
  return new ApolloLink((operation, forward) => {
    operation.setContext(({ headers }) => ({
      headers: { ...(headers as object), ...credential.headers },
    }));
    return forward(operation).pipe(
      tap({
        next: ({ errors }) => {
          if (errors?.some(({ extensions }) => extensions?.code === 'UNAUTHENTICATED'))
            noteRefused();
        },
        error: (error) => {
          if (hasCode(error, ['UNAUTHENTICATED'])) noteRefused();
        },
      }),
    );
  });
}
