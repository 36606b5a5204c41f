import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { Request } from 'express';
import { z } from 'zod';
import { Access } from '../../platform/access/access.js';
import { BadInputError } from '../../platform/errors.js';
import { PackagePasses } from './package-passes.js';
import { PackageSessionService, type PackageSaved, type PackageSession } from './package-session.service.js';

const MOST = 2 ** 31 - 1;

const saveSchema = z.strictObject({
  session: z.int().min(0).max(MOST),
  sequence: z.int().min(1).max(MOST),
  values: z.record(z.string(), z.string()),
  isFinished: z.boolean(),
});

/**
 * What the player of a package (`web/src/lib/packages/player.js`) asks and tells, with the pass in the address and no cookie. Not
 * GraphQL, because it is also told while the page is closed, from where no cookie of the site is sent.
 */
@Controller('packages')
export class PackageSessionController {
  constructor(
    private readonly passes: PackagePasses,
    private readonly sessions: PackageSessionService,
  ) {}

  @Access('PUBLIC')
  @Post(':pass/sessions')
  async begin(@Param('pass') pass: string, @Req() req: Request): Promise<PackageSession> {
    return this.sessions.begin(this.passes.open(pass, req.host ?? ''));
  }

  @Access('PUBLIC')
  @Post(':pass/saves')
  @HttpCode(200)
  async save(@Param('pass') pass: string, @Body() body: unknown, @Req() req: Request): Promise<PackageSaved> {
    const opened = this.passes.open(pass, req.host ?? '');
    const save = saveSchema.safeParse(body);
    if (!save.success)
      throw new BadInputError(
        'A save is { session, sequence, values: { element: text }, isFinished }, with whole numbers.',
      );
    return this.sessions.save(opened, save.data);
  }
}
