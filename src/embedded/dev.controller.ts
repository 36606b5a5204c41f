import { Body, Controller, Get, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { Access } from '../platform/access/access.js';
import { Clock, MovableClock } from '../platform/clock.js';
import { Jobs } from '../platform/jobs/jobs.js';
import { Mailer } from '../platform/mail/mailer.js';
import { Mailbox, type KeptMail } from './mailbox.js';
import { mailboxPage } from './mailbox.page.js';

/** Ten years: further, and every session and signature has ended anyway. */
const FURTHEST_SECONDS = 10 * 366 * 86_400;
const moveSchema = z.object({ forwardSeconds: z.number().min(0).max(FURTHEST_SECONDS) });

/** What the embedded mode has instead of a mail server and of patience. Not part of any other mode. */
@Controller('dev')
export class DevController {
  constructor(
    private readonly clock: Clock,
    private readonly mailer: Mailer,
    private readonly jobs: Jobs,
  ) {}

  @Access('PUBLIC')
  @Get('mailbox')
  page(@Query('to') to: unknown, @Res() res: Response): void {
    res.setHeader(
      'Content-Security-Policy',
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
    );
    const address = typeof to === 'string' ? to : undefined;
    res.type('html').send(mailboxPage(this.list(address), address));
  }

  @Access('PUBLIC')
  @Get('mailbox.json')
  json(@Query('to') to: unknown): KeptMail[] {
    return this.list(typeof to === 'string' ? to : undefined);
  }

  @Access('PUBLIC')
  @Get('clock')
  now(): { now: string } {
    return { now: this.clock.now().toISOString() };
  }

  /** Moves the clock forward and lets every schedule tick, as if the time had passed. */
  @Access('PUBLIC')
  @Post('clock')
  async move(@Body() body: unknown, @Res({ passthrough: true }) res: Response): Promise<object> {
    const parsed = moveSchema.safeParse(body);
    if (!parsed.success || !(this.clock instanceof MovableClock)) {
      res.status(400);
      return {
        error: `Send {"forwardSeconds": n} as JSON, n from 0 to ${FURTHEST_SECONDS}. The clock only moves forward.`,
      };
    }
    this.clock.moveForward(parsed.data.forwardSeconds * 1000);
    await this.jobs.tickAll();
    res.status(200);
    return this.now();
  }

  private list(to: string | undefined): KeptMail[] {
    return this.mailer instanceof Mailbox ? this.mailer.list(to) : [];
  }
}
