import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type RunningConfig } from '../config.js';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Seals small secrets at rest under the master key: AES-256-GCM (NIST SP 800-38D), one derived key per purpose. */
@Injectable()
export class Sealing {
  constructor(@Inject(CONFIG) private readonly config: Pick<RunningConfig, 'masterKey'>) {}

  /** @returns base64 of nonce, ciphertext and tag. */
  seal(purpose: string, secret: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.keyFor(purpose), iv);
    return Buffer.concat([iv, cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64');
  }

  /** @throws Error when the text was sealed for another purpose or with another master key, or was changed. */
  open(purpose: string, sealed: string): string {
    const bytes = Buffer.from(sealed, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', this.keyFor(purpose), bytes.subarray(0, IV_BYTES));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    const opened = decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES));
    try {
      return Buffer.concat([opened, decipher.final()]).toString('utf8');
    } catch (error) {
      const message = `What was sealed as ${purpose} cannot be opened: MASTER_KEY is not the one that sealed it, or it was changed.`;
      throw new Error(message, { cause: error });
    }
  }

  /** A keyed digest (HMAC-SHA-256), for secrets so short that a plain one could be guessed from a copy of the database. */
  digest(purpose: string, text: string): Buffer {
    return createHmac('sha256', this.keyFor(`digest:${purpose}`)).update(text).digest();
  }

  private keyFor(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.config.masterKey, Buffer.alloc(0), `tremplin:${purpose}`, 32));
  }
}
