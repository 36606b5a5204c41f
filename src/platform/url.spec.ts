import { parseUrl } from './url.js';

describe('an address', () => {
  it('with letters beyond ASCII is one, however often it is asked', () => {
    for (let n = 0; n < 50_000; n += 1)
      if (parseUrl('https://exämple.org/é') === null) throw new Error(`not at ${n}`);
    expect(parseUrl('https://exämple.org/é')?.hostname).toBe('xn--exmple-cua.org');
  });

  it('without a scheme is none', () => {
    expect(parseUrl('example.org')).toBeNull();
  });
});
