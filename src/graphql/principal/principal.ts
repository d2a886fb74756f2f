import { Field, ObjectType } from 'type-graphql';
import type { Principal as AuthPrincipal } from '../../auth/principal';
import { scopes } from '../../auth/scopes';
import { ID } from '../scalars/id';

@ObjectType({
  simpleResolvers: true,
  description: 'Who sends the request, by its key or token, and what it may do.',
})
export class Principal {
  @Field(() => String, {
    description: 'The name of the key or the subject of the token: the actor of its entries.',
  })
  readonly name: string;

  @Field(() => [String], {
    description: `Its scopes, among ${scopes.join(', ')}. \`docs/security.md\` says what they allow.`,
  })
  readonly scopes: readonly string[];

  @Field(() => ID, { nullable: true, description: 'The only account that it reaches.' })
  readonly accountId: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'It reaches only accounts whose id begins with this. Without both, it reaches all.',
  })
  readonly accountPrefix: string | null;

  constructor({ name, scopes: granted, binding }: AuthPrincipal) {
    this.name = name;
    this.scopes = scopes.filter((scope) => granted.has(scope));
    this.accountId = binding?.kind === 'account' ? binding.id : null;
    this.accountPrefix = binding?.kind === 'prefix' ? binding.prefix : null;
  }
}
