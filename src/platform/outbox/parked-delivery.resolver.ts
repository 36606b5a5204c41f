import { Args, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from '@nestjs/graphql';
import { Access } from '../access/access.js';
import type { Viewer } from '../access/viewer.js';
import { AuditLog } from '../audit/audit-log.js';
import { Database } from '../database/database.js';
import { NotFoundError } from '../errors.js';
import { ConnectionType, PageArgs, readPage } from '../graphql/connection.js';
import { CurrentViewer } from '../graphql/context.js';
import { DateTime } from '../graphql/scalars.js';
import { MutationInput, MutationPayload } from '../graphql/user-error.js';
import { isId, parseId } from '../ids.js';
import { Deliveries } from './deliveries.js';

@ObjectType({ description: 'Background work that failed too often and waits for somebody to look at it.' })
class ParkedDelivery {
  @Field(() => ID)
  eventId!: string;

  @Field(() => String, { description: 'What would have acted on the event.' })
  handler!: string;

  @Field(() => String)
  eventType!: string;

  @Field(() => DateTime)
  occurredAt!: Date;

  @Field(() => Int)
  attempts!: number;

  @Field(() => String, { nullable: true })
  lastError!: string | null;
}

const ParkedDeliveryConnection = ConnectionType(ParkedDelivery, 'ParkedDelivery');

@InputType()
class DeliveryRetryInput extends MutationInput {
  @Field(() => ID)
  eventId!: string;

  @Field(() => String)
  handler!: string;
}

@ObjectType()
class DeliveryRetryPayload extends MutationPayload {
  @Field(() => ID, { nullable: true })
  eventId?: string;
}

/** What an administrator sees of background work that went wrong, and the button to try it again. */
@Resolver()
export class ParkedDeliveryResolver {
  constructor(
    private readonly database: Database,
    private readonly deliveries: Deliveries,
    private readonly audit: AuditLog,
  ) {}

  @Access('ADMIN')
  @Query(() => ParkedDeliveryConnection, { description: 'Oldest first.' })
  parkedDeliveries(@Args() page: PageArgs) {
    return readPage(
      page,
      ({ eventId, handler }: ParkedDelivery) => `${eventId} ${handler}`,
      (after, limit) => {
        const [eventId = null, handler = ''] = after?.split(' ') ?? [];
        return this.database.dataSource.query<ParkedDelivery[]>(
          `SELECT event_id AS "eventId", handler, type AS "eventType", occurred_at AS "occurredAt", attempts,
                  last_error AS "lastError"
             FROM delivery JOIN outbox_event event ON event.id = delivery.event_id
            WHERE state = 'PARKED' AND ($1::uuid IS NULL OR (event_id, handler) > ($1::uuid, $2))
            ORDER BY event_id, handler LIMIT $3`,
          [eventId, handler, limit],
        );
      },
      (key) => isId(key.slice(0, 36)) && /^ [a-z0-9.-]+$/.test(key.slice(36)),
    );
  }

  @Access('ADMIN')
  @Mutation(() => DeliveryRetryPayload, { description: 'Gives a parked delivery its tries back.' })
  async deliveryRetry(@Args('input') input: DeliveryRetryInput, @CurrentViewer() viewer: Viewer) {
    const key = { eventId: parseId(input.eventId), handler: input.handler };
    await this.database.transaction(async (tx) => {
      if (!(await this.deliveries.retry(tx, key))) throw new NotFoundError();
      const subject = `delivery:${key.eventId}/${key.handler}`;
      await this.audit.done(tx, { actorId: viewer.personId, action: 'deliveryRetry', subject });
    });
    return { eventId: key.eventId };
  }
}
