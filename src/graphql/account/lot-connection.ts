import { ObjectType } from 'type-graphql';
import { connectionType, edgeType } from '../page/connection';
import { Lot } from './lot';

@ObjectType({ simpleResolvers: true, description: 'A lot and its place in the order of spending.' })
class LotEdge extends edgeType<Lot>(() => Lot) {}

@ObjectType({ simpleResolvers: true, description: 'A page of lots, the next to be spent first.' })
export class LotConnection extends connectionType<Lot>(() => Lot, LotEdge) {}
