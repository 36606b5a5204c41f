import { Body, Controller, Get, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { z } from 'zod';
import { Access } from '../platform/access/access.js';
import { Clock } from '../platform/clock.js';
import { DemoTools } from '../web/demo-tools.js';
import { FURTHEST_SECONDS } from './embedded-demo-tools.js';
import type { KeptMail } from './mailbox.js';

const moveSchema = z.object({ forwardSeconds: z.number() });

/** The mailbox and the clock for programs; people have pages (`/demo`). Not part of any other mode. */
@Controller('dev')
export class DevController {
  constructor(
    private readonly clock: Clock,
    private readonly demo: DemoTools,
  ) {}

  /** Where the mailbox was before it had a page like the others. */
  @Access('PUBLIC')
  @Get('mailbox')
  page(@Query('to') to: unknown, @Res() res: Response): void {
    res.redirect(
      303,
      typeof to === 'string' ? `/demo/mailbox?to=${encodeURIComponent(to)}` : '/demo/mailbox',
    );
  }

  @Access('PUBLIC')
  @Get('mailbox.json')
  json(@Query('to') to: unknown): KeptMail[] {
    return this.demo.mails(typeof to === 'string' ? to : undefined);
  }

  @Access('PUBLIC')
  @Get('clock')
  now(): { now: string } {
    return { now: this.clock.now().toISOString() };
  }

  @Access('PUBLIC')
  @Post('clock')
  async move(@Body() body: unknown, @Res({ passthrough: true }) res: Response): Promise<object> {
    const parsed = moveSchema.safeParse(body);
    if (!parsed.success || !(await this.demo.moveClock(parsed.data.forwardSeconds))) {
      res.status(400);
      return {
        error: `Send {"forwardSeconds": n} as JSON, n from 0 to ${FURTHEST_SECONDS}. The clock only moves forward.`,
      };
    }
    res.status(200);
    return this.now();
  }
}
