import { PrimaryKey, Property } from '@mikro-orm/decorators/legacy';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { v7 } from 'uuid';

/**
 * What is loaded, decided on and saved as one. `version` is the lock that clients send back as `expectedVersion`;
 * `eventSequence` counts the facts the aggregate has emitted, without gaps, and is what events carry as their sequence.
 */
@ObjectType()
export abstract class Aggregate {
  @Field(() => ID, { description: '标识 · Id (a UUID made by the service that owns this object).' })
  @PrimaryKey({ type: 'uuid' })
  id: string = v7();

  @Field(() => Int, {
    description: '版本 · Grows with every change; send it back as expectedVersion to change what you saw.',
  })
  @Property({ type: 'integer', version: true, default: 1 })
  version!: number;

  @Property({ type: 'bigint', default: 0 })
  eventSequence = '0';
}
