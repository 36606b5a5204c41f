import { timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { parse, stringify } from 'uuid';
import { CONFIG, type RunningConfig } from '../../config.js';
import { Clock } from '../../platform/clock.js';
import { NotFoundError } from '../../platform/errors.js';
import { Sealing } from '../../platform/sealing.js';
import { packageOrigin } from './package-hosts.js';

/** For what a package is opened: to take a lesson, which is recorded, or to look at it. */
export const PASS_KINDS = ['ENROLLMENT', 'PREVIEW'] as const;

/** The right to open one package, and to record what it reports in one enrollment. */
export interface PackagePass {
  kind: (typeof PASS_KINDS)[number];
  /** The enrollment; of a preview, the person. */
  subjectId: string;
  lessonId: string;
  /** SHA-256 of the package's archive, in hexadecimal. */
  file: string;
}

/** Where a part of the pass is in it, in bytes: kind, end, subject, lesson, file, and the HMAC-SHA-256 of them all. */
const END = 1;
const SUBJECT = 5;
const LESSON = 21;
const FILE = 37;
const SIGNED = 69;
const WHOLE = SIGNED + 32;

/**
 * In milliseconds. A pass ends at one of these steps, three to six hours after it was asked for: asked again meanwhile it is the same,
 * so that a browser has its files already.
 */
const STEP = 3 * 3_600_000;

/**
 * Passes are part of a package's address: a package is played where no cookie of the site is sent. Nobody can guess or change one.
 * It opens the files of one package and takes what is reported for one enrollment; nothing else of the person.
 */
@Injectable()
export class PackagePasses {
  constructor(
    @Inject(CONFIG) private readonly config: RunningConfig,
    private readonly sealing: Sealing,
    private readonly clock: Clock,
  ) {}

  /** The address that plays a package; null where none is played. */
  addressFor(pass: PackagePass): string | null {
    const origin = packageOrigin(this.config, pass.file);
    return origin === null ? null : `${origin}/packages/${this.issue(pass)}`;
  }

  /**
   * Reads a pass.
   * @param host that it came to: each package has its own, where that is set up.
   * @throws NotFoundError when it is none, was changed, has ended, or is another package's.
   */
  open(text: string, host: string): PackagePass {
    const bytes = Buffer.from(text, 'base64url');
    if (bytes.length !== WHOLE) throw new NotFoundError();
    const signed = bytes.subarray(0, SIGNED);
    if (!timingSafeEqual(this.sign(signed), bytes.subarray(SIGNED))) throw new NotFoundError();
    const pass: PackagePass = {
      kind: PASS_KINDS[signed[0]!]!,
      subjectId: stringify(signed.subarray(SUBJECT, LESSON)),
      lessonId: stringify(signed.subarray(LESSON, FILE)),
      file: signed.toString('hex', FILE, SIGNED),
    };
    const hasEnded = signed.readUInt32BE(END) * 1_000 <= this.clock.now().getTime();
    const origin = packageOrigin(this.config, pass.file);
    if (hasEnded || origin === null || host !== new URL(origin).host) throw new NotFoundError();
    return pass;
  }

  private issue({ kind, subjectId, lessonId, file }: PackagePass): string {
    const end = (Math.floor(this.clock.now().getTime() / STEP) + 2) * STEP;
    const signed = Buffer.alloc(SIGNED);
    signed[0] = PASS_KINDS.indexOf(kind);
    signed.writeUInt32BE(end / 1_000, END);
    signed.set(parse(subjectId), SUBJECT);
    signed.set(parse(lessonId), LESSON);
    signed.write(file, FILE, 'hex');
    return Buffer.concat([signed, this.sign(signed)]).toString('base64url');
  }

  private sign(bytes: Buffer): Buffer {
    return this.sealing.digest('package-pass', bytes.toString('hex'));
  }
}
