import { createParameterDecorator } from 'type-graphql';
import type { Principal } from '../../auth/principal';

/**
 * Returns who sends the operation; null if everything is allowed: nobody has to authenticate, or a
 * program calls graphql-js itself, without a context.
 */
export function principalOf(context: unknown): Principal | null {
  return (
    (context as { readonly principal?: Principal | null } | null | undefined)?.principal ?? null
  );
}

/** Passes who sends the operation to a resolver. */
export function Sender() {
  return createParameterDecorator(({ context }) => principalOf(context));
}
