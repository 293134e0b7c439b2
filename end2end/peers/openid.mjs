// An OpenID provider for tests: the certified `oidc-provider`, strict (exact addresses, PKCE, codes once), which can pass for
// Microsoft's with many tenants, and a double of GitHub's OAuth, which cannot run here. Sign-in is a form that takes a
// `login`. What goes wrong is said over HTTP, at the paths of `controls` below; GET / tells how often each path was asked.
// With the files of a key and a certificate as arguments it speaks TLS.
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { json, text } from 'node:stream/consumers';
import { SignJWT, decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, importJWK } from 'jose';
import { Provider } from 'oidc-provider';

const [, , key, cert] = process.argv;
const tls = key && { key: readFileSync(key), cert: readFileSync(cert) };
const SECRET = 'a secret that is long enough to sign with';
const HOUR = 3600;
const LOGOUT = 'http://schemas.openid.net/event/backchannel-logout';

const people = {
  amina: { sub: 'amina-1', email: 'amina@atlas.example', email_verified: true, name: 'Amina Idrissi', locale: 'fr' },
  youssef: { sub: 'youssef-2', email: 'youssef@rif-biomed.example', email_verified: true, name: 'Youssef' },
  // Says that another's address is theirs.
  impostor: { sub: 'impostor-3', email: 'amina@atlas.example', email_verified: false, name: 'Amina Idrissi' },
};
const client = {
  client_id: 'tamuda',
  client_secret: SECRET,
  redirect_uris: ['http://127.0.0.1:1/callback'],
  post_logout_redirect_uris: ['http://127.0.0.1:1/'],
  backchannel_logout_uri: 'http://127.0.0.1:1/logout',
  backchannel_logout_session_required: true,
};
let faults = {};
const counts = {};

const newKey = async (alg = 'RS256') => {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: randomBytes(6).toString('hex'), use: 'sig', alg };
};
let keys = [await newKey()];
const strayKey = await newKey();

// Claims as they are but for what a test wants otherwise; null takes one away.
const changed = (claims, changes = {}) =>
  Object.fromEntries(Object.entries({ ...claims, ...changes }).filter(([, value]) => value !== null));

// A token with one thing wrong about its signature: none, shared_secret, unknown_key, wrong_key or no_kid.
async function signed(claims, header, wrong) {
  const [own] = keys;
  const sign = async (key, more) =>
    new SignJWT(claims)
      .setProtectedHeader({ ...header, alg: key.alg, ...more })
      .sign(await importJWK(key, key.alg), { crit: { unheard_of: true } });
  switch (wrong) {
    case 'none': {
      const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
      return `${part({ ...header, alg: 'none' })}.${part(claims)}.`;
    }
    case 'shared_secret':
      return new SignJWT(claims).setProtectedHeader({ ...header, alg: 'HS256' }).sign(Buffer.from(SECRET));
    case 'unknown_key':
      return sign(strayKey, { kid: strayKey.kid });
    case 'wrong_key':
      return sign({ ...strayKey, alg: own.alg }, { kid: own.kid });
    case 'no_kid':
      return sign(own, { kid: undefined });
    default:
      return sign(own, { kid: own.kid });
  }
}

const isSpoilt = () => faults.claims || faults.sign || faults.expired;

function spoilt(token) {
  const claims = changed(decodeJwt(token), faults.claims);
  if (faults.expired) Object.assign(claims, { iat: claims.iat - 2 * HOUR, exp: claims.iat - HOUR });
  return signed(claims, decodeProtectedHeader(token), faults.sign);
}

// Fails, lingers, bloats or leads elsewhere where a test asked for it.
async function interferes({ url }, response) {
  const [path] = url.split('?');
  counts[path] = (counts[path] ?? 0) + 1;
  const fault = faults.at?.[path];
  if (!fault) return false;
  if (fault.slow_ms) await new Promise((done) => setTimeout(done, fault.slow_ms));
  if (!fault.status && !fault.bytes) return false;
  response.writeHead(fault.status ?? 200, { 'content-type': 'application/json', location: '/elsewhere' });
  response.end(fault.bytes ? ' '.repeat(fault.bytes) : '');
  return true;
}

const server = (answer) => {
  const listener = async (request, response) => {
    try {
      if (!(await interferes(request, response))) await answer(request, response);
    } catch (error) {
      console.error(error);
      response.writeHead(500).end();
    }
  };
  return tls ? createTlsServer(tls, listener) : createServer(listener);
};
const listening = (server, port = 0) =>
  new Promise((ready) => server.listen(port, '127.0.0.1', () => ready(server.address().port)));
const page = (title, body) =>
  `<!doctype html><html lang="en"><title>${title}</title><link rel="icon" href="data:,">
   <main><h1>${title}</h1>${body}</main></html>`;
const signIn = page(
  'Who are you?',
  `<form method="post"><label>Login <input name="login"></label> <button>Sign in</button>
   <button name="refuse" value="1">Refuse</button></form>`,
);
const SIGN_OUT = '<button form="op.logoutForm" name="logout" value="yes">Sign out</button>';

// What is remembered outlives a change of the provider's settings.
const kept = new Map();
class Store {
  constructor(kind) {
    this.own = `${kind} `;
  }
  async upsert(id, value) {
    kept.set(this.own + id, value);
  }
  async find(id) {
    return kept.get(this.own + id);
  }
  async findByUid(uid) {
    return [...kept].find(([key, value]) => key.startsWith(this.own) && value.uid === uid)?.[1];
  }
  async consume(id) {
    kept.get(this.own + id).consumed = Math.floor(Date.now() / 1000);
  }
  async destroy(id) {
    kept.delete(this.own + id);
  }
  async revokeByGrantId(grantId) {
    for (const [key, value] of kept) if (key.startsWith(this.own) && value.grantId === grantId) kept.delete(key);
  }
}

const openid = server((request, response) => provider.callback()(request, response));
const port = await listening(openid);
// Not the address that a portal under test has: to browsers the provider is another site, as in life.
const issuer = `${tls ? 'https' : 'http'}://localhost:${port}`;

function built() {
  const made = new Provider(issuer, {
    adapter: Store,
    clients: [{ ...client, id_token_signed_response_alg: keys[0].alg }],
    jwks: { keys },
    cookies: { keys: [SECRET] },
    scopes: ['openid'],
    claims: { email: ['email', 'email_verified'], profile: ['name', 'locale'] },
    conformIdTokenClaims: !faults.claims_in_id_token,
    enabledJWA: { idTokenSigningAlgValues: ['RS256', 'ES256', 'HS256'] },
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource(ctx, form) {
          ctx.body = page('Sign out?', form + SIGN_OUT);
        },
      },
    },
    // Its own way refuses this machine, where the portal under test is.
    fetch: (url, options) => fetch(url, { ...options, dispatcher: undefined }),
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    findAccount: (_, sub) => {
      const person = Object.values(people).find((person) => person.sub === sub);
      return person && { accountId: sub, claims: () => changed(person, faults.account) };
    },
    ttl: { AccessToken: 300, AuthorizationCode: 60, Grant: HOUR, IdToken: 300, Interaction: 600, Session: HOUR },
  });
  made.use(middleware(made));
  return made;
}

const middleware = (made) => async (ctx, next) => {
  if (ctx.path.startsWith('/interaction/')) return interaction(made, ctx.req, ctx.res, ctx);
  const tenant = ctx.path.match(/^\/([^/]+)\/v2\.0\/\.well-known\/openid-configuration$/)?.[1];
  if (tenant) ctx.path = '/.well-known/openid-configuration';
  await next();
  if (tenant) ctx.body = { ...ctx.body, issuer: `${issuer}/${tenant === 'organizations' ? '{tenantid}' : tenant}/v2.0` };
  if (ctx.path === '/.well-known/openid-configuration') ctx.body = changed(ctx.body, faults.metadata);
  if (ctx.path === '/jwks' && faults.keys) ctx.body = { keys: ctx.body.keys.map((key) => ({ ...key, ...faults.keys })) };
  if (ctx.path === '/me') ctx.body = changed(ctx.body, faults.userinfo);
  if (ctx.path === '/token' && ctx.body?.id_token && isSpoilt()) ctx.body.id_token = await spoilt(ctx.body.id_token);
};

async function interaction(made, request, response, ctx) {
  const { prompt, params, session, grantId } = await made.interactionDetails(request, response);
  ctx.respond = false;
  const mergeWithLastSubmission = prompt.name !== 'login';
  const finish = (result) => made.interactionFinished(request, response, result, { mergeWithLastSubmission });
  if (prompt.name === 'login') {
    if (request.method === 'GET') return response.setHeader('content-type', 'text/html').end(signIn);
    const form = new URLSearchParams(await text(request));
    if (form.has('refuse')) return finish({ error: 'access_denied', error_description: 'they would rather not' });
    const person = people[form.get('login')];
    return person ? finish({ login: { accountId: person.sub } }) : response.writeHead(401).end('nobody');
  }
  const { accountId } = session;
  const grant = (await made.Grant.find(grantId)) ?? new made.Grant({ accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  return finish({ consent: { grantId: await grant.save() } });
}

let provider = built();

// GitHub: no OpenID, errors come with status 200, the main address is one in a list.
const codes = new Map();
const tokens = new Map();
const random = () => randomBytes(20).toString('hex');
const own = (login, person) => [
  { email: `${login}@elsewhere.example`, primary: false, verified: true },
  { email: person.email, primary: true, verified: person.email_verified },
];

const githubRoutes = {
  'GET /login/oauth/authorize': (_, response, asked) =>
    isAsked(asked) ? response.setHeader('content-type', 'text/html').end(signIn) : response.writeHead(404).end(),
  async 'POST /login/oauth/authorize'(request, response, asked) {
    const form = new URLSearchParams(await text(request));
    const login = form.get('login');
    if (!isAsked(asked) || (!form.has('refuse') && !people[login])) return response.writeHead(404).end();
    const code = random();
    codes.set(code, { login, redirect_uri: asked.get('redirect_uri'), challenge: asked.get('code_challenge') });
    const answer = new URL(asked.get('redirect_uri'));
    const result = form.has('refuse') ? { error: 'access_denied' } : { code };
    answer.search = new URLSearchParams({ ...result, state: asked.get('state') });
    response.writeHead(302, { location: answer.href }).end();
  },
  async 'POST /login/oauth/access_token'(request, response) {
    const form = Object.fromEntries(new URLSearchParams(await text(request)));
    const code = codes.get(form.code);
    codes.delete(form.code);
    const challenge = createHash('sha256').update(form.code_verifier ?? '').digest('base64url');
    if (form.client_id !== client.client_id || form.client_secret !== SECRET)
      return said(response, { error: 'incorrect_client_credentials' });
    if (code?.redirect_uri !== form.redirect_uri || code?.challenge !== challenge)
      return said(response, { error: 'bad_verification_code', error_description: 'incorrect or expired' });
    const access_token = random();
    tokens.set(access_token, code.login);
    said(response, { access_token, token_type: 'bearer', scope: 'read:user,user:email' });
  },
  'GET /api/v3/user': (_, response, __, login, person) =>
    said(response, { id: 1000 + Object.keys(people).indexOf(login), login, name: person.name, email: null }),
  'GET /api/v3/user/emails': (_, response, __, login, person) => said(response, own(login, person)),
};

const isAsked = (asked) =>
  asked.get('client_id') === client.client_id &&
  client.redirect_uris.includes(asked.get('redirect_uri')) &&
  asked.get('code_challenge_method') === 'S256';

const github = server(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  const route = githubRoutes[`${request.method} ${pathname}`];
  const login = tokens.get(request.headers.authorization?.replace(/^Bearer /, ''));
  const isKnown = login && request.headers['user-agent'];
  if (!route || (pathname.startsWith('/api/') && !isKnown)) return response.writeHead(route ? 401 : 404).end();
  await route(request, response, searchParams, login, people[login] && changed(people[login], faults.account));
});

const said = (response, value) => response.setHeader('content-type', 'application/json').end(JSON.stringify(value));

const controls = {
  // Exactly this goes wrong from now on, until {}:
  // - expired; sign: see `signed`; claims: {aud, iss, nonce, azp, tid, …} of the ID token, null takes one away
  // - account: {email_verified, …} of everybody; userinfo, metadata: the same in these answers; keys: more in each key
  // - claims_in_id_token: true puts address and name there, too
  // - at: {"/token": {status, slow_ms, bytes}}, for any path of the provider or of GitHub's double
  '/fault'(asked) {
    faults = asked;
    provider = built();
  },
  // More people: {"login": {sub, email, email_verified, name, locale}}.
  '/people'(asked) {
    Object.assign(people, asked);
  },
  // Other addresses of the client: {redirect_uris, post_logout_redirect_uris, backchannel_logout_uri}.
  '/client'(asked) {
    Object.assign(client, asked);
    provider = built();
  },
  // A new key signs, of {alg}; with {keep: true} the old one is still published.
  async '/rotate'({ keep, alg }) {
    keys = [await newKey(alg), ...(keep ? keys : [])];
    provider = built();
  },
  // A logout token about {sub, sid}, with {claims, header, sign} otherwise than they should be; {url} is sent it.
  async '/logout'({ url, sub, sid, claims, header, sign }) {
    const now = Math.floor(Date.now() / 1000);
    const times = { iat: now, exp: now + 120 };
    const said = { iss: issuer, aud: client.client_id, ...times, jti: random(), events: { [LOGOUT]: {} }, sub, sid };
    const token = await signed(changed(said, claims), { typ: 'logout+jwt', ...header }, sign);
    if (!url) return { token };
    const body = new URLSearchParams({ logout_token: token });
    const { status } = await fetch(url, { method: 'POST', redirect: 'manual', body });
    return { token, status };
  },
  // Nobody listens any more, until /up.
  async '/down'() {
    const closed = new Promise((done) => openid.close(done));
    openid.closeAllConnections();
    await closed;
  },
  async '/up'() {
    await listening(openid, port);
  },
};

const control = createServer(async (request, response) => {
  try {
    const result = request.method === 'POST' ? await controls[request.url](await json(request)) : {};
    said(response, { ...result, faults, counts, kids: keys.map(({ kid }) => kid) });
  } catch (error) {
    response.statusCode = 400;
    said(response, { error: String(error) });
  }
});

console.log(JSON.stringify({ openid: port, github: await listening(github), control: await listening(control) }));
