import { Controller, Get, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Access } from '../access/access.js';
import { Database } from '../database/database.js';

/** For whatever watches the process: is it alive, and can it serve? */
@Controller('health')
export class HealthController {
  constructor(private readonly database: Database) {}

  @Access('PUBLIC')
  @Get('live')
  live(): { status: string } {
    return { status: 'ok' };
  }

  /** 503 while PostgreSQL cannot be reached, so that a load balancer looks elsewhere meanwhile. */
  @Access('PUBLIC')
  @Get('ready')
  async ready(@Res({ passthrough: true }) res: Response): Promise<{ status: string; database: string }> {
    try {
      await this.database.dataSource.query('SELECT 1');
      return { status: 'ok', database: 'ok' };
    } catch {
      res.status(503);
      return { status: 'unavailable', database: 'unreachable' };
    }
  }
}
