import { Field, ObjectType } from 'type-graphql';

@ObjectType({
  simpleResolvers: true,
  description: 'What stands beside a page, as in the Relay cursor connections specification.',
})
export class PageInfo {
  @Field(() => Boolean, {
    description: 'Whether something comes after the last of this page, whichever way it was asked.',
  })
  readonly hasNextPage!: boolean;

  @Field(() => Boolean, {
    description: 'Whether something comes before the first of this page.',
  })
  readonly hasPreviousPage!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the first of this page; null for an empty page.',
  })
  readonly startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the last of this page; null for an empty page.',
  })
  readonly endCursor!: string | null;
}
