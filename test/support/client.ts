import request, { type Response } from 'supertest';

export interface GraphqlResult {
  data: any;
  errors?: { message: string; path?: (string | number)[]; extensions: { code: string } }[];
}

/** A browser: it keeps its cookies and speaks GraphQL. */
export class Client {
  private readonly agent;
  private readonly locale: string;

  constructor(
    readonly origin: string,
    { locale = 'en' } = {},
  ) {
    this.agent = request.agent(origin);
    this.locale = locale;
  }

  /** The HTTP response. */
  async raw(document: string, variables: Record<string, unknown> = {}): Promise<Response> {
    return this.agent
      .post('/graphql')
      .set('Accept-Language', this.locale)
      .send({ query: document, variables });
  }

  /** A request body as it stands, for what no GraphQL client would send. */
  async rawBody(body: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.agent
      .post('/graphql')
      .set({ 'Content-Type': 'application/json', ...headers })
      .send(body);
  }

  /** The whole answer, errors included. */
  async send(document: string, variables: Record<string, unknown> = {}): Promise<GraphqlResult> {
    return (await this.raw(document, variables)).body as GraphqlResult;
  }

  /** The data of an answer that must have no error. */
  async ask(document: string, variables: Record<string, unknown> = {}): Promise<any> {
    const { data, errors } = await this.send(document, variables);
    if (errors) throw new Error(`GraphQL errors: ${JSON.stringify(errors)}`);
    return data;
  }

  /** Calls a mutation with one input. @returns its payload, userErrors included. */
  async mutate(name: string, inputType: string, input: object, selection: string): Promise<any> {
    const data = await this.ask(
      `mutation ($input: ${inputType}!) { ${name}(input: $input) { ${selection} userErrors { code message field } } }`,
      { input },
    );
    return data[name];
  }

  /** The code of the only GraphQL error of an answer. */
  async errorCode(document: string, variables: Record<string, unknown> = {}): Promise<string | undefined> {
    const { errors } = await this.send(document, variables);
    return errors?.[0]?.extensions.code;
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.agent.get(path).set(headers);
  }

  /** A file as its bytes, whatever its media type. */
  async download(path: string): Promise<Response> {
    return this.agent
      .get(path)
      .buffer(true)
      .parse((res, done) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.on('end', () => done(null, Buffer.concat(chunks)));
      });
  }

  /** Its cookies, as the header of a request that it does not send itself. */
  get cookies(): string {
    return this.agent.jar
      .getCookies({ domain: '127.0.0.1', path: '/', secure: false, script: false })
      .toValueString();
  }

  /** Sends a file to a course, as the pages do. */
  uploadFile(
    courseId: string,
    content: Buffer,
    { name = 'file', headers = {} }: { name?: string; headers?: Record<string, string> } = {},
  ): Promise<Response> {
    const named = { 'X-File-Name': encodeURIComponent(name), 'X-Tremplin-Upload': '1' };
    return this.upload(`/files?course=${courseId}`, content, { ...named, ...headers });
  }

  /** Sends a file as it is, as a page does. */
  async upload(path: string, content: Buffer, headers: Record<string, string> = {}): Promise<Response> {
    return this.agent
      .post(path)
      .set({ 'Content-Type': 'application/octet-stream', 'Accept-Language': this.locale, ...headers })
      .send(content);
  }

  requestCode(email: string): Promise<any> {
    return this.mutate('signInStart', 'SignInStartInput', { email }, 'codeExpiresAt');
  }

  enterCode(email: string, code: string, timeZone?: string): Promise<any> {
    return this.mutate('signInVerify', 'SignInVerifyInput', { email, code, timeZone }, 'viewer { id email }');
  }
}
