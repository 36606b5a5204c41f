import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type RunningConfig } from '../../config.js';
import { Clock } from '../../platform/clock.js';
import type { Tx } from '../../platform/database/database.js';
import { Ids } from '../../platform/ids.js';
import { Sealing } from '../../platform/sealing.js';
import { generateSigningKey, type SigningKey } from './badge.proof.js';
import { SigningKeyRow } from './certificate.entity.js';
import { didDocument, didWebFrom, type DidDocument } from './did.js';

const SEAL = 'signing-key';

/** The issuer's keys: made when first needed, sealed at rest, published in its DID document. */
@Injectable()
export class SigningKeys {
  /** The issuer's identifier (did:web). */
  readonly did: string;
  private opened?: SigningKey;

  constructor(
    @Inject(CONFIG) config: RunningConfig,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {
    this.did = didWebFrom(config.publicUrl);
  }

  /** The key that signs now. The first one is made here; a unique index keeps two workers from making two. */
  async active(tx: Tx): Promise<SigningKey> {
    const row = (await findActive(tx)) ?? (await this.create(tx));
    if (this.opened?.keyId !== row.id) {
      this.opened = {
        did: this.did,
        keyId: row.id,
        publicKeyMultibase: row.publicKeyMultibase,
        secretKeyMultibase: this.sealing.open(SEAL, row.sealedSecretKey),
      };
    }
    return this.opened;
  }

  /** Lets anyone verify: every key that ever signed, retired ones included. */
  async document(tx: Tx): Promise<DidDocument> {
    const rows = await tx.find(SigningKeyRow, { order: { createdAt: 'ASC', id: 'ASC' } });
    return didDocument(
      this.did,
      rows.map(({ id, publicKeyMultibase }) => ({ keyId: id, publicKeyMultibase })),
    );
  }

  private async create(tx: Tx): Promise<SigningKeyRow> {
    const { publicKeyMultibase, secretKeyMultibase } = await generateSigningKey();
    await tx
      .createQueryBuilder()
      .insert()
      .into(SigningKeyRow)
      .values({
        id: `key-${this.ids.next()}`,
        algorithm: 'Ed25519',
        publicKeyMultibase,
        sealedSecretKey: this.sealing.seal(SEAL, secretKeyMultibase),
        createdAt: this.clock.now(),
        retiredAt: null,
      })
      .orIgnore()
      .execute();
    return (await findActive(tx))!;
  }
}

const findActive = (tx: Tx): Promise<SigningKeyRow | null> =>
  tx.createQueryBuilder(SigningKeyRow, 'signing_key').where('retired_at IS NULL').getOne();
