import { createHash } from 'node:crypto';

/** A badge's picture as SVG: a springboard on a disk, whose tint is the course's own. */
export function badgeImage(courseSlug: string): string {
  const hue = createHash('sha256').update(courseSlug).digest().readUInt16BE(0) % 360;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 200" width="200" height="200" role="img" aria-label="Badge">
  <circle cx="100" cy="100" r="96" fill="hsl(${hue} 45% 32%)"/>
  <circle cx="100" cy="100" r="84" fill="none" stroke="hsl(${hue} 60% 88%)" stroke-width="3"/>
  <path d="M44 138h112M60 138c6-34 42-42 82-52" fill="none" stroke="#fff" stroke-width="9" stroke-linecap="round"/>
  <path d="m142 86-4-26m4 26-25-7" fill="none" stroke="#fff" stroke-width="9" stroke-linecap="round"/>
  <circle cx="104" cy="62" r="11" fill="hsl(${(hue + 40) % 360} 80% 72%)"/>
</svg>
`;
}
