import { type GraphQLSchema, isInterfaceType, isObjectType } from 'graphql';
import { hasScope } from '../../auth/principal';
import { invariant } from '../../ledger/invariant';
import { principalOf } from './principal-of';
import { missingScope } from './refusal';

/** Makes the actor of entries FORBIDDEN without points:admin: it may be the name of a person. */
export function showActorsToAdmins(schema: GraphQLSchema): void {
  const entry = schema.getType('Entry');
  invariant(isInterfaceType(entry), 'there is no interface Entry');
  for (const type of schema.getPossibleTypes(entry)) {
    invariant(isObjectType(type), 'an entry is no object');
    type.getFields().actor!.resolve = ({ actor }: { actor: string | null }, _args, context) => {
      const principal = principalOf(context);
      if (principal === null || hasScope(principal, 'points:admin')) return actor;
      // Thrown at once in a list, it would drop the promises of other items.
      return Promise.reject(missingScope('points:admin'));
    };
  }
}
