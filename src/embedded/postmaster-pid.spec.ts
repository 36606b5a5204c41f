import { parsePostmasterPid } from './postmaster-pid.js';

describe('postmaster.pid', () => {
  it('tells the process, the port and that connections are taken', () => {
    const text = '4711\n/srv/cluster\n1700000000\n5433\n\n127.0.0.1\n   123   0\nready   \n';
    expect(parsePostmasterPid(text)).toEqual({ pid: 4711, port: 5433, ready: true });
  });

  it('is understood while the server is still writing it', () => {
    expect(parsePostmasterPid('4711\n/srv/cluster\n')).toEqual({ pid: 4711, port: 0, ready: false });
  });

  it.each(['', 'nonsense\n', '-5\n', '1.5\n'])('is worthless as %j', (text) => {
    expect(parsePostmasterPid(text)).toBeUndefined();
  });
});
