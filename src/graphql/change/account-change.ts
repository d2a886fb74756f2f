import { Field, ObjectType } from 'type-graphql';
import { Access, ofNamedAccount } from '../access/rule';
import { Account } from '../account/account';
import { Entry } from '../entry/entry';

@ObjectType({
  simpleResolvers: true,
  description: 'One accepted change of an account, and the account that includes it.',
})
export class AccountChange {
  @Field(() => Entry, {
    description:
      'The accepted change. A client passes its sequence as `after` when it subscribes again.',
  })
  readonly entry: Entry;

  @Access(ofNamedAccount)
  @Field(() => Account, {
    description:
      'The account as it is right after the entry; beside a late entry, as it is when that is sent.',
  })
  readonly account: Account;

  constructor(entry: Entry, account: Account) {
    this.entry = entry;
    this.account = account;
  }
}
