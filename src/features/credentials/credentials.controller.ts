import { Controller, Get, Next, Param, Req, Res } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';
import { Access } from '../../platform/access/access.js';
import { Database } from '../../platform/database/database.js';
import { NotFoundError } from '../../platform/errors.js';
import { parseId } from '../../platform/ids.js';
import { Course } from '../catalog/course.entity.js';
import { CourseVersion } from '../catalog/course-version.entity.js';
import { badgeImage } from './badge.image.js';
import { Certificate } from './certificate.entity.js';
import { SigningKeys } from './signing-keys.js';
import { StatusLists } from './status-lists.js';

/** Media types of a credential (W3C VC Data Model 2.0, appendix B; JSON-LD 1.1), as a client may ask for them. */
const CREDENTIAL_TYPES = ['application/vc', 'application/ld+json', 'application/json'];

/** What an address of ours may hold in these places; anything else cannot exist, and is not asked of the database. */
const SLUG = /^[\w-]{1,200}$/;
const VERSION_NUMBER = /^[1-9]\d{0,8}$/;
/** Indexes are 32 bits wide. */
const LIST_NUMBER = /^[1-9]\d{0,3}$/;

/** What a verifier reads of a badge; people are shown a page of the web app at the same address. */
@Controller()
export class CredentialsController {
  constructor(
    private readonly database: Database,
    private readonly keys: SigningKeys,
    private readonly statusLists: StatusLists,
  ) {}

  @Access('PUBLIC')
  @Get('credentials/:id')
  async credential(
    @Param('id') id: string,
    @Req() req: Request,
    @Res() res: Response,
    @Next() next: NextFunction,
  ): Promise<void> {
    res.vary('Accept');
    const type = req.accepts(['text/html', ...CREDENTIAL_TYPES]);
    // Where nothing that it has is wanted, a page is kinder than a refusal (RFC 9110, section 12.4.1).
    if (!type || type === 'text/html') return next();
    const certificate = await this.database.read((tx) => tx.findOneBy(Certificate, { id: parseId(id) }));
    if (!certificate) throw new NotFoundError();
    // Verifiers run in browsers too, on pages of their own.
    res.setHeader('Access-Control-Allow-Origin', '*');
    res.type(type).send(JSON.stringify(certificate.badge));
  }

  /** A list of statuses, signed. Verifiers may keep it for a minute. */
  @Access('PUBLIC')
  @Get('credentials/status/:number')
  async statusList(@Param('number') number: string, @Res() res: Response): Promise<void> {
    const list = LIST_NUMBER.test(number)
      ? await this.database.read((tx) => this.statusLists.find(tx, Number(number)))
      : null;
    if (!list) throw new NotFoundError();
    res.setHeader('Access-Control-Allow-Origin', '*');
    res.setHeader('Cache-Control', 'public, max-age=60');
    res.type('application/vc').send(JSON.stringify(list));
  }

  @Access('PUBLIC')
  @Get('.well-known/did.json')
  async did(@Res() res: Response): Promise<void> {
    const document = await this.database.read((tx) => this.keys.document(tx));
    // did:web documents are read by anyone's verifier, from any page.
    res.setHeader('Access-Control-Allow-Origin', '*');
    res.type('application/did+ld+json').send(JSON.stringify(document));
  }

  @Access('PUBLIC')
  @Get('achievements/:slug/v:number')
  async achievement(
    @Param('slug') slug: string,
    @Param('number') number: string,
    @Res() res: Response,
  ): Promise<void> {
    const badge = await this.database.read(async (tx) => {
      if (!SLUG.test(slug) || !VERSION_NUMBER.test(number)) return null;
      const course = await tx.findOneBy(Course, { slug });
      const version =
        course && (await tx.findOneBy(CourseVersion, { courseId: course.id, number: Number(number) }));
      const certificate = version && (await tx.findOneBy(Certificate, { versionId: version.id }));
      return certificate?.badge;
    });
    if (!badge) throw new NotFoundError();
    res
      .type('application/ld+json')
      .send(JSON.stringify({ '@context': badge['@context'], ...badge.credentialSubject.achievement }));
  }

  @Access('PUBLIC')
  @Get('achievements/:slug/badge.svg')
  image(@Param('slug') slug: string, @Res() res: Response): void {
    res.setHeader('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'");
    res.setHeader('Cache-Control', 'public, max-age=86400');
    res.type('image/svg+xml').send(badgeImage(slug));
  }
}
