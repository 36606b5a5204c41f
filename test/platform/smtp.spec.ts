import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { MailNotSentError, type Mail } from '../../src/platform/mail/mailer.js';
import { SmtpMailer } from '../../src/platform/mail/smtp.mailer.js';

const FROM = 'Tremplin <no-reply@tremplin.example>';
const mail: Mail = { to: 'awa@example.org', subject: 'Hello', text: 'Good morning.\n', messageKey: 'key-1' };

/** A message as it came over the wire. */
interface Received {
  from: string;
  to: string[];
  raw: string;
}

describe('mail through SMTP', () => {
  const closers: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });

  /** A real mail server on a port of its own. */
  async function aMailServer(options: SMTPServerOptions = {}): Promise<{ mailer: SmtpMailer; received: Received[] }> {
    const received: Received[] = [];
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const { mailFrom, rcptTo } = session.envelope;
          received.push({
            from: mailFrom ? mailFrom.address : '',
            to: rcptTo.map(({ address }) => address),
            raw: Buffer.concat(chunks).toString('utf8'),
          });
          done();
        });
      },
      ...options,
    });
    server.on('error', () => {}); // a client that hangs up is no failure of the server
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => new Promise((resolve) => server.close(resolve)));
    const { port } = server.server.address() as AddressInfo;
    return { mailer: new SmtpMailer(`smtp://127.0.0.1:${port}`, FROM, 'https://tremplin.example'), received };
  }

  /** A server that says what it is told to and hangs up at a moment of its own. */
  async function aRudeServer(onLine: (line: string, socket: Socket) => void, greeting = '220 rude ESMTP'): Promise<SmtpMailer> {
    const sockets = new Set<Socket>();
    const server: Server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => {});
      if (greeting) socket.write(`${greeting}\r\n`);
      else socket.destroy();
      let rest = '';
      socket.on('data', (chunk) => {
        const lines = (rest + chunk.toString('latin1')).split('\r\n');
        rest = lines.pop()!;
        for (const line of lines) onLine(line, socket);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(
      () =>
        new Promise((resolve) => {
          for (const socket of sockets) socket.destroy();
          server.close(() => resolve());
        }),
    );
    const { port } = server.address() as AddressInfo;
    return new SmtpMailer(`smtp://127.0.0.1:${port}`, FROM, 'https://tremplin.example');
  }

  const failure = (mailer: SmtpMailer, given: Partial<Mail> = {}): Promise<unknown> =>
    mailer.send({ ...mail, ...given }).then(
      () => 'sent',
      (error: unknown) => error,
    );
  const header = (raw: string, name: string): string =>
    new RegExp(`^${name}: (.*(?:\r\n[ \t].*)*)`, 'im').exec(raw)?.[1]!.replace(/\r\n[ \t]/g, ' ') ?? '';
  /** RFC 2047 encoded words, as mail programs show them. */
  const decoded = (text: string): string =>
    text
      .replace(/\?=\s+=\?/g, '?==?')
      .replace(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_, kind: string, body: string) =>
        kind.toUpperCase() === 'B'
          ? Buffer.from(body, 'base64').toString('latin1')
          : body.replaceAll('_', ' ').replace(/=([0-9A-F]{2})/gi, (__, hex: string) => String.fromCharCode(parseInt(hex, 16))),
      );
  const utf8 = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('utf8');

  it('arrives, with a Message-ID of its own and no answer wanted from machines', async () => {
    const { mailer, received } = await aMailServer();
    await mailer.send(mail);
    expect(received).toHaveLength(1);
    const { from, to, raw } = received[0]!;
    expect({ from, to }).toEqual({ from: 'no-reply@tremplin.example', to: ['awa@example.org'] });
    expect(header(raw, 'Message-ID')).toBe('<key-1@tremplin.example>');
    expect(header(raw, 'Auto-Submitted')).toBe('auto-generated');
    expect(header(raw, 'From')).toBe(FROM);
    expect(raw).toContain('\r\n\r\nGood morning.\r\n');
  });

  it('is the same mail when it is sent again', async () => {
    const { mailer, received } = await aMailServer();
    await mailer.send(mail);
    await mailer.send(mail);
    expect(new Set(received.map(({ raw }) => header(raw, 'Message-ID'))).size).toBe(1);
  });

  it('keeps accents, quotation marks and other scripts, in the subject and in the text', async () => {
    const { mailer, received } = await aMailServer();
    const subject = 'Reprenez « Être trouvé en ligne » là où vous en étiez — 面包 🥖';
    const text = 'À bientôt !\n\n    https://tremplin.example/courses/être\n\n’’ — العربية 🥖\n';
    await mailer.send({ ...mail, subject, text });
    const { raw } = received[0]!;
    expect(utf8(decoded(header(raw, 'Subject')))).toBe(subject);
    expect(raw.slice(0, raw.indexOf('\r\n\r\n'))).toMatch(/^[\t\r\n -~]*$/); // headers are ASCII (RFC 5322)
    const body = raw.slice(raw.indexOf('\r\n\r\n') + 4);
    const encoding = header(raw, 'Content-Transfer-Encoding');
    expect(header(raw, 'Content-Type')).toContain('charset=utf-8');
    const bytes =
      encoding === 'base64'
        ? Buffer.from(body, 'base64').toString('utf8')
        : utf8(body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))));
    expect(bytes.replaceAll('\r\n', '\n').trimEnd()).toBe(text.trimEnd());
  });

  it('lets no course title add a header or a recipient', async () => {
    const { mailer, received } = await aMailServer();
    await mailer.send({ ...mail, subject: 'Course\r\nBcc: everyone@example.org\r\n\r\nOther text' });
    const { raw, to } = received[0]!;
    expect(to).toEqual(['awa@example.org']);
    expect(header(raw, 'Bcc')).toBe('');
    expect(raw).toContain('\r\n\r\nGood morning.');
  });

  it('surely did not go out when the recipient is refused', async () => {
    const { mailer, received } = await aMailServer({
      onRcptTo: (_address, _session, done) => done(Object.assign(new Error('No such user'), { responseCode: 550 })),
    });
    expect(await failure(mailer)).toBeInstanceOf(MailNotSentError);
    expect(received).toEqual([]);
  });

  it('surely did not go out when the message itself is refused', async () => {
    const { mailer } = await aMailServer({
      onData: (stream, _session, done) => {
        stream.resume();
        stream.on('end', () => done(Object.assign(new Error('Too much mail'), { responseCode: 452 })));
      },
    });
    expect(await failure(mailer)).toBeInstanceOf(MailNotSentError);
  });

  it('surely did not go out when nobody listens at the address', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const mailer = new SmtpMailer(`smtp://127.0.0.1:${port}`, FROM, 'https://tremplin.example');
    expect(await failure(mailer)).toBeInstanceOf(MailNotSentError);
  });

  it('surely did not go out when the server turns us away at the door', async () => {
    expect(await failure(await aRudeServer(() => {}, '554 no mail today'))).toBeInstanceOf(MailNotSentError);
  });

  it('may have gone out when the connection is lost after the message, before the reply', async () => {
    let isBody = false;
    const mailer = await aRudeServer((line, socket) => {
      if (isBody) {
        if (line === '.') socket.destroy();
      } else if (/^EHLO/i.test(line)) socket.write('250 rude\r\n');
      else if (/^DATA/i.test(line)) {
        isBody = true;
        socket.write('354 go on\r\n');
      } else socket.write('250 ok\r\n');
    });
    const error = await failure(mailer);
    expect(error).toBeInstanceOf(Error);
    expect(error).not.toBeInstanceOf(MailNotSentError);
  });
});
