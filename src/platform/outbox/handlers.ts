import { Injectable } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import type { Tx } from '../database/database.js';
import { declaredEvents, type EventType } from './events.js';

/** What a handler learns besides the payload. */
export interface EventMeta {
  /** The same for every try: the idempotency key of a call to the outside world. */
  eventId: string;
  occurredAt: Date;
}

/** Where a handler's job waits: slow calls to the outside world never delay the product's own work. */
export type Lane = 'work' | 'outside';

export interface Handler {
  name: string;
  eventType: EventType;
  lane: Lane;
  run(payload: unknown, meta: EventMeta, tx: Tx | null): Promise<void>;
}

type InsideMethod<P> = (payload: P, tx: Tx, meta: EventMeta) => Promise<void>;
type OutsideMethod<P> = (payload: P, meta: EventMeta) => Promise<void>;

const HANDLES = 'tremplin:handles';
interface Handles {
  eventType: EventType;
  name: string;
  lane: Lane;
}

/**
 * Marks a method that acts on an event inside the transaction that marks the delivery done: its effects happen exactly
 * once, however often the job runs.
 * @param name literal and lasting, as it is stored with each delivery: `feature.what-it-does`.
 */
export function OnEvent<P>(eventType: EventType<P>, name: string) {
  return (_target: object, _key: string, descriptor: { value?: InsideMethod<P> }): void => {
    Reflect.defineMetadata(HANDLES, { eventType, name, lane: 'work' }, descriptor.value!);
  };
}

/**
 * Marks a method that calls the outside world (SMTP, a webhook) on an event. No transaction is held open meanwhile, so a
 * crash may run it again: it must hand `meta.eventId` on as the idempotency key of its call.
 */
export function OnEventOutside<P>(eventType: EventType<P>, name: string) {
  return (_target: object, _key: string, descriptor: { value?: OutsideMethod<P> }): void => {
    Reflect.defineMetadata(HANDLES, { eventType, name, lane: 'outside' }, descriptor.value!);
  };
}

/** Knows who hears what. Built once, at start, from the decorated methods of all providers. */
@Injectable()
export class Handlers {
  private readonly byName = new Map<string, Handler>();
  private readonly namesByEvent = new Map<string, string[]>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  /**
   * Finds every handler.
   * @throws Error when a handler's name is malformed, two handlers bear one name, an event has nobody to hear it, or one declared unheard is heard.
   */
  discover(): void {
    for (const { instance } of this.discovery.getProviders()) {
      if (!instance || typeof instance !== 'object') continue;
      const prototype = Object.getPrototypeOf(instance) as object;
      for (const method of this.scanner.getAllMethodNames(prototype)) {
        const target = (instance as Record<string, (...parameters: unknown[]) => Promise<void>>)[method]!;
        const handles = this.reflector.get<Handles | undefined>(HANDLES, target);
        if (handles) this.add(handles, (...parameters) => target.apply(instance, parameters));
      }
    }
    for (const eventType of declaredEvents().values()) {
      const heard = this.namesFor(eventType).length > 0;
      if (!heard && !eventType.unheard) throw new Error(`Nothing handles the event ${eventType.name}.`);
      if (heard && eventType.unheard)
        throw new Error(`The event ${eventType.name} is declared unheard but is handled.`);
    }
  }

  get(name: string): Handler | undefined {
    return this.byName.get(name);
  }

  namesFor(eventType: EventType): string[] {
    return this.namesByEvent.get(eventType.name) ?? [];
  }

  private add({ eventType, name, lane }: Handles, call: (...parameters: unknown[]) => Promise<void>): void {
    // The name is part of a job's id, and BullMQ refuses a colon there.
    if (!/^[a-z0-9.-]+$/.test(name))
      throw new Error(`The handler's name ${name} has other than a-z, 0-9, dot and dash.`);
    if (this.byName.has(name)) throw new Error(`Two handlers are named ${name}.`);
    const run: Handler['run'] = (payload, meta, tx) => (tx ? call(payload, tx, meta) : call(payload, meta));
    this.byName.set(name, { name, eventType, lane, run });
    this.namesByEvent.set(eventType.name, [...this.namesFor(eventType), name]);
  }
}
