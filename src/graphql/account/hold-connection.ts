import { ObjectType } from 'type-graphql';
import { Hold } from '../entry/hold';
import { connectionType, edgeType } from '../page/connection';

@ObjectType({
  simpleResolvers: true,
  description: 'An open hold and its place among the open holds.',
})
class HoldEdge extends edgeType<Hold>(() => Hold) {}

@ObjectType({
  simpleResolvers: true,
  description: 'A page of open holds, the next to end first.',
})
export class HoldConnection extends connectionType<Hold>(() => Hold, HoldEdge) {}
