import { ObjectType } from 'type-graphql';
import { connectionType, edgeType } from '../page/connection';
import { Lot } from './lot';

@ObjectType({ simpleResolvers: true, description: 'A lot and its place among the lots.' })
class LotEdge extends edgeType<Lot>(() => Lot) {}

@ObjectType({
  simpleResolvers: true,
  description: 'A page of lots, the next to be spent, or to begin, first.',
})
export class LotConnection extends connectionType<Lot>(() => Lot, LotEdge) {}
