import { ObjectType } from 'type-graphql';
import { connectionType, edgeType } from '../page/connection';
import { Entry } from './entry';

@ObjectType({ simpleResolvers: true, description: 'An entry and its place in the history.' })
class EntryEdge extends edgeType<Entry>(() => Entry) {}

@ObjectType({
  simpleResolvers: true,
  description: 'A page of entries, the highest sequence first.',
})
export class EntryConnection extends connectionType<Entry>(() => Entry, EntryEdge) {}
