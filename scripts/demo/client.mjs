/** A browser for the demonstration: cookies, GraphQL, and a look into the embedded mailbox. */
export class DemoClient {
  #cookies = new Map();

  /** @param {string} origin @param {string} email */
  constructor(origin, email) {
    this.origin = origin;
    this.email = email;
  }

  /** Signs in through the real code mail. @param {string} origin @param {string} email */
  static async signIn(origin, email) {
    const client = new DemoClient(origin, email);
    const known = new Set((await client.mail()).map(({ messageKey }) => messageKey));
    await client.mutate('signInStart', 'SignInStartInput', { email }, 'codeExpiresAt');
    for (let tries = 0; tries < 150; tries += 1) {
      const mail = (await client.mail()).find(
        ({ messageKey, subject }) => !known.has(messageKey) && /^\d{6} /.test(subject),
      );
      if (mail) {
        await client.mutate(
          'signInVerify',
          'SignInVerifyInput',
          { email, code: mail.subject.slice(0, 6) },
          'viewer { id }',
        );
        return client;
      }
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`No code came by mail for ${email} within 30 s.`);
  }

  /** The whole answer, errors included. */
  async sendRaw(query, variables = {}) {
    const response = await this.#fetch('/graphql', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
      body: JSON.stringify({ query, variables }),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (name) this.#cookies.set(name, value);
    }
    return response.json();
  }

  /** The data of an answer that must have no error. */
  async ask(query, variables = {}) {
    const { data, errors } = await this.sendRaw(query, variables);
    if (errors) throw new Error(`${errors[0].extensions?.code}: ${errors[0].message}`);
    return data;
  }

  /** Calls a mutation with one input. A refusal is an error unless it is wanted. */
  async mutate(name, inputType, input, selection, mayBeRefused = false) {
    const document = `mutation ($input: ${inputType}!) { ${name}(input: $input) { ${selection} userErrors { code message field } } }`;
    const payload = (await this.ask(document, { input }))[name];
    if (payload.userErrors.length > 0 && !mayBeRefused) {
      const { code, message } = payload.userErrors[0];
      throw new Error(`${name} was refused: ${code}, ${message}`);
    }
    return payload;
  }

  /** What this person received, newest first. */
  async mail() {
    const response = await this.#fetch(`/dev/mailbox.json?to=${encodeURIComponent(this.email)}`);
    if (!response.ok)
      throw new Error(
        'The server has no mailbox: the demonstration needs the embedded mode (no DATABASE_URL).',
      );
    return response.json();
  }

  /** What time it is for the product. */
  async now() {
    const { now } = await (await this.#fetch('/dev/clock')).json();
    return new Date(now);
  }

  /** Moves the product's clock forward. @param {number} forwardSeconds */
  async moveClock(forwardSeconds) {
    await this.#fetch('/dev/clock', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ forwardSeconds }),
    });
  }

  async #fetch(path, options) {
    try {
      return await fetch(this.origin + path, options);
    } catch (cause) {
      throw new Error(`Nothing answers at ${this.origin}. Start it with: npm start`, { cause });
    }
  }
}
