import { ArgsType, Field } from 'type-graphql';
import { PageArgs } from '../page/page-args';
import { DateTime } from '../scalars/date-time';

@ArgsType()
export class ExpiriesArgs extends PageArgs {
  @Field(() => DateTime, {
    nullable: true,
    description: 'Only what expires before this instant. Null for everything that expires.',
  })
  readonly until?: number | null;
}
