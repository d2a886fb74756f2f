import { ObjectType } from 'type-graphql';
import { Access, ofListedAccounts } from '../access/rule';
import { connectionType, edgeType } from '../page/connection';
import { Account } from './account';

@ObjectType({ simpleResolvers: true, description: 'An account and its place among the accounts.' })
class AccountEdge extends edgeType<Account>(() => Account, Access(ofListedAccounts)) {}

@ObjectType({ simpleResolvers: true, description: 'A page of accounts, by id.' })
export class AccountConnection extends connectionType<Account>(
  () => Account,
  AccountEdge,
  Access(ofListedAccounts),
) {}
