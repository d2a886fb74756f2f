import { ObjectType } from 'type-graphql';
import { connectionType, edgeType } from '../page/connection';
import { Expiry } from './expiry';

@ObjectType({
  simpleResolvers: true,
  description: 'Points that expire, and their place in the order of expiry.',
})
class ExpiryEdge extends edgeType<Expiry>(() => Expiry) {}

@ObjectType({
  simpleResolvers: true,
  description: 'A page of what expires, the next to expire first.',
})
export class ExpiryConnection extends connectionType<Expiry>(() => Expiry, ExpiryEdge) {}
