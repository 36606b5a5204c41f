import type { Config } from '../config.js';
export function greet(_config: Config, _say: (line: string) => void): void {}
