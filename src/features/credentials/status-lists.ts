import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type RunningConfig } from '../../config.js';
import { Clock } from '../../platform/clock.js';
import type { Tx } from '../../platform/database/database.js';
import { signCredential, type DataIntegrityProofDocument } from './badge.proof.js';
import { wholeSeconds } from './badge.rules.js';
import { findRevokedIndexes } from './credentials.queries.js';
import { SigningKeys } from './signing-keys.js';
import {
  buildStatusList,
  STATUS_LIST_LENGTH,
  statusListAddress,
  type UnsignedStatusList,
} from './status-list.rules.js';

export type SignedStatusList = UnsignedStatusList & { readonly proof: readonly [DataIntegrityProofDocument] };

/** Says which badges are revoked, for verifiers anywhere: a signed list, made anew whenever it is asked for. */
@Injectable()
export class StatusLists {
  constructor(
    @Inject(CONFIG) private readonly config: RunningConfig,
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
  ) {}

  /** @param listNumber from 1. @returns null when no badge has its status there. */
  async find(tx: Tx, listNumber: number): Promise<SignedStatusList | null> {
    const first = (listNumber - 1) * STATUS_LIST_LENGTH + 1;
    const { isInUse, indexes } = await findRevokedIndexes(tx, first, first + STATUS_LIST_LENGTH - 1);
    if (!isInUse) return null;
    const now = this.clock.now();
    const key = await this.keys.active(tx);
    const address = statusListAddress(this.config.publicUrl.replace(/\/+$/, ''), listNumber);
    const list = buildStatusList(
      { address, issuerDid: key.did, validFrom: wholeSeconds(now) },
      indexes.map((index) => index - first),
    );
    return signCredential(list, key, now);
  }
}
