import { Query, Resolver } from 'type-graphql';
import type { Principal as AuthPrincipal } from '../../auth/principal';
import { Sender } from '../access/principal-of';
import { Access, type RootRule } from '../access/rule';
import { Principal } from './principal';

/** Everybody may query their own rights. */
const forAll: RootRule = { kind: 'root', scopes: [], accounts: () => [] };

@Resolver()
export class PrincipalResolver {
  @Access(forAll)
  @Query(() => Principal, {
    nullable: true,
    description: 'Who sends this request; null if nobody has to authenticate: all is allowed.',
  })
  principal(@Sender() sender: AuthPrincipal | null): Principal | null {
    return sender && new Principal(sender);
  }
}
