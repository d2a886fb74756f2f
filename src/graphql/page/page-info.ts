import { Field, ObjectType } from 'type-graphql';

@ObjectType({
  simpleResolvers: true,
  description: 'Whether there are further pages, as in the Relay cursor connections specification.',
})
export class PageInfo {
  @Field(() => Boolean, {
    description: 'True if there are nodes after this page, whichever of first and last was given.',
  })
  readonly hasNextPage!: boolean;

  @Field(() => Boolean, {
    description: 'True if there are nodes before this page.',
  })
  readonly hasPreviousPage!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the first node of this page; null for an empty page.',
  })
  readonly startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the last node of this page; null for an empty page.',
  })
  readonly endCursor!: string | null;
}
