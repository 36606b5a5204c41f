import type { INestApplicationContext } from '@nestjs/common';
export async function seedDemo(_app: INestApplicationContext, _say: (line: string) => void): Promise<void> {}
