// Stripe for tests, with a memory: customers, Checkout with its pages, payments with 3-D Secure and declines, refunds,
// events and signed webhooks, idempotency keys. Stripe's own SDK and its description of the API hold it to the real
// thing (`tests/peers/double.rs`). Its key is `sk_test_tamuda`, its cards are Stripe's own for tests. What goes wrong
// is said over HTTP, at the paths of `controls` below; GET / tells what was asked and delivered.
import { createServer } from 'node:http';
import { json, text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { CARDS, VERSION, clock, fresh, now } from './stripe-objects.mjs';
import { show } from './stripe-pages.mjs';
import { answer, parsed } from './stripe-routes.mjs';
import { Refusal, all, authenticate, expireDue, found, invalid, pay, refund, settle } from './stripe-rules.mjs';
import { deliveries, endpoint, nHeld, release, send, way } from './stripe-webhooks.mjs';

const KEY = 'sk_test_tamuda';
const DAY = 86_400;
const KINDS = ['customer', 'checkout.session', 'payment_intent', 'charge', 'refund', 'event'];

let faults = {};
let description;
const calls = [];
const remembered = new Map();

// A call with `{id}` for its id.
const nameOf = (call) => call.replace(/\b(cus|cs_test|pi|pm|seti|ch|re|evt)_\w+/, '{id}');

// What is counted and stopped at, as `/watch` below has it.
let watch = { from: 0 };
const watched = () => calls.slice(watch.from).flatMap(({ call, isRepeat }) => (isRepeat ? [] : [nameOf(call)]));

// Is the last call the one to stop at?
function isMarked() {
  if (calls.at(-1).isRepeat) return false;
  const names = watched();
  return watch.call === names.at(-1) && watch.nth === names.filter((name) => name === watch.call).length;
}

// The fault that a test put at this call.
function faultOf(call) {
  const name = nameOf(call);
  const fault = faults[name];
  if (!fault) return {};
  fault.times = (fault.times ?? 1) - 1;
  if (fault.times <= 0) delete faults[name];
  return fault;
}

function checkKey({ authorization = '' }) {
  const [scheme, word = ''] = authorization.split(' ');
  const key = scheme === 'Basic' ? Buffer.from(word, 'base64').toString().split(':')[0] : word;
  if (key === KEY) return;
  const message = key ? `Invalid API Key provided: ${key.slice(0, 8)}****` : 'You did not provide an API key.';
  throw new Refusal(401, { message, type: 'invalid_request_error' });
}

const broken = {
  429: { code: 'rate_limit', message: 'Request rate limit exceeded.', type: 'invalid_request_error' },
  500: { message: 'An unknown error occurred.', type: 'api_error' },
  503: { message: 'The service is unavailable.', type: 'api_error' },
};
const breaks = (status) => new Refusal(status, broken[status] ?? broken[500]);

// Does something once for a key, and gives later callers what the first was answered.
async function once(call, body, asked, work) {
  const { key } = asked;
  if (call.startsWith('GET ') || key === null) return work();
  if (key.length > 255) throw invalid('Idempotency keys may have 255 characters.', { type: 'idempotency_error' });
  const earlier = remembered.get(key);
  const sent = [...new URLSearchParams(body)].map((pair) => JSON.stringify(pair)).sort().join();
  if (earlier && earlier.at > now() - DAY) return again(earlier, call, sent, key);
  const entry = { call, sent, at: now() };
  remembered.set(key, entry);
  const outcome = await work();
  // What was refused before it was begun may be asked again.
  if (outcome.status < 400 || outcome.status === 402 || outcome.status === 500) entry.outcome = outcome;
  else remembered.delete(key);
  return outcome;
}

function again({ call, sent, outcome }, nowCall, nowSent, key) {
  const other = `Try using a key other than '${key}' if you meant to execute a different request.`;
  if (call !== nowCall) {
    const [first, next] = [call, nowCall].map((call) => call.split(' ')[1]);
    const only = `Keys for idempotent requests can only be used for the same endpoint they were first used for`;
    throw invalid(`${only} ('${next}' vs '${first}'). ${other}`, { type: 'idempotency_error' });
  }
  if (sent !== nowSent) {
    const only = 'Keys for idempotent requests can only be used with the same parameters they were first used with.';
    throw invalid(`${only} ${other}`, { type: 'idempotency_error' });
  }
  if (outcome) return { ...outcome, isReplayed: true };
  const message =
    'There is currently another in-progress request using this idempotent key (that probably means you submitted ' +
    `twice, and the other request is still going through): ${key}. Please try again later.`;
  throw new Refusal(409, { code: 'idempotency_key_in_use', message, type: 'invalid_request_error' });
}

// A refusal as what is answered.
function refused({ id }, error) {
  if (!(error instanceof Refusal)) throw error;
  return { id, status: error.status, body: structuredClone(error.body) };
}

// Stripe's own description refuses what Stripe would: a test may have its mock server look at each call first.
async function checkDescribed(method, url, headers, body) {
  if (!description) return;
  const asked = { authorization: 'Bearer sk_test_123', 'content-type': headers['content-type'] ?? '' };
  const looked = await fetch(description + url, { method, headers: asked, ...(method !== 'GET' && { body }) });
  const { error } = await looked.json();
  if (error) throw new Refusal(looked.status, { ...error, message: `stripe-mock: ${error.message}` });
}

async function serve(request, response) {
  const { method, headers, url } = request;
  const [path, query = ''] = url.split('?');
  const body = method === 'GET' ? query : await text(request);
  const [call, form] = [`${method} ${path}`, parsed(body)];
  const asked = { id: fresh('req_', 14), key: headers['idempotency-key'] ?? null, base };
  const isRepeat = asked.key !== null && calls.some(({ key }) => key === asked.key);
  const record = { call, form, key: asked.key, isRepeat, version: headers['stripe-version'] ?? null };
  calls.push(record);
  const stops = isMarked();
  if (stops && watch.moment === 'before') return void (watch.isReached = true);
  const fault = faultOf(call);
  if (fault.drop) return request.socket.destroy();
  const work = async () => {
    try {
      if (fault.status === 500 && !fault.commits) throw breaks(500);
      const result = answer(method, path, form, asked);
      if (fault.slow_ms) await sleep(fault.slow_ms);
      if (fault.status) throw breaks(fault.status);
      return { id: asked.id, status: 200, body: result };
    } catch (error) {
      return refused(asked, error);
    }
  };
  let outcome;
  try {
    checkKey(headers);
    if (fault.status && fault.status !== 500) throw breaks(fault.status);
    await checkDescribed(method, url, headers, body);
    outcome = await once(call, body, asked, work);
  } catch (error) {
    outcome = refused(asked, error);
  }
  record.status = outcome.status;
  if (stops) return void (watch.isReached = true);
  if (fault.commit_then_drop) return request.socket.destroy();
  response.writeHead(outcome.status, {
    'content-type': 'application/json',
    'request-id': asked.id,
    'stripe-version': headers['stripe-version'] ?? VERSION,
    ...(asked.key !== null && { 'idempotency-key': asked.key, 'original-request': outcome.id }),
    ...(outcome.isReplayed && { 'idempotent-replayed': 'true' }),
  });
  response.end(JSON.stringify(outcome.body, null, 2));
}

const listening = (server, port = 0) =>
  new Promise((ready) => server.listen(port, '127.0.0.1', () => ready(server.address().port)));
const listener = (handle) => async (request, response) => {
  try {
    await handle(request, response);
  } catch (error) {
    console.error(error);
    if (!response.headersSent) response.writeHead(500);
    response.end();
  }
};
const stripe = createServer(
  listener((request, response) => (request.url.startsWith('/c/') ? show : serve)(request, response)),
);
const port = await listening(stripe);
// Not the address that a portal under test has: to browsers Stripe is another site, as in life.
const base = `http://localhost:${port}`;

const session = (id) => found(id, 'checkout.session');
const shown = (id) => ({ session: session(id), payment_intent: session(id).payment_intent });

const controls = {
  // Exactly this goes wrong from now on, each `times` (once, if it does not say), until {}:
  // {"POST /v1/refunds": {drop | commit_then_drop | slow_ms | status, commits, times}, "GET /v1/refunds/{id}": …}
  // - drop: cut off before anything is done; commit_then_drop: after all is done, and remembered under its key
  // - slow_ms: done at once, answered late; meanwhile its key is in use
  // - status: 429 and 503 leave nothing; 500 is remembered under its key, and with `commits` the thing itself is done
  '/fault'(asked) {
    faults = asked;
  },
  // Calls are counted from here on as `watched`, one that is sent again with its key only once; the one of this {call,
  // nth, moment} is never answered, be it stopped before anything is done or after all is, and `isReached` then says so.
  '/watch'(mark) {
    watch = { ...mark, from: calls.length };
  },
  // Where events are sent, and the secrets that sign them: {url, secrets}; two of them are a change of secrets.
  '/webhooks'(asked) {
    Object.assign(endpoint, asked);
  },
  // What becomes of events on the way, until {}: {drop, hold, delay_ms, copies, secrets, age_s, spoil, unsigned,
  // retry_ms}, with `types` only of these.
  '/deliveries'(asked) {
    Object.keys(way).forEach((name) => delete way[name]);
    Object.assign(way, asked);
  },
  // What was held is sent one after the other, {reversed, copies}; gives the statuses.
  '/release': release,
  // One more delivery at once, of {event}, of the last of {type}, or of any {body}, with the same words for how.
  '/send': send,
  // The peer's time, so much ahead of the machine's: sessions expire, keys are forgotten after a day.
  '/clock'({ ahead_s }) {
    clock.ahead_s = ahead_s;
    expireDue();
  },
  // What somebody does on the page of {session}: pays with {number}, answers their bank.
  '/pay'({ session: id, number = Object.keys(CARDS)[0] }) {
    pay(session(id), number);
    return shown(id);
  },
  '/authenticate'({ session: id, accepts }) {
    const { payment_intent: paid, setup_intent: given } = session(id);
    authenticate(given ? found(given, 'setup_intent') : found(paid, 'payment_intent'), accepts);
    return shown(id);
  },
  // Somebody at the hub pays {payment_intent} back in Stripe's own dashboard: {amount} of it, or all.
  '/refund'({ payment_intent, amount, reason }) {
    const { latest_charge } = found(payment_intent, 'payment_intent');
    return { refund: refund({ amount, reason }, found(latest_charge, 'charge')) };
  },
  // A refund arrives at its bank, or does not, as its card has it.
  '/settle': ({ refund: id }) => ({ refund: settle(found(id, 'refund')) }),
  // Each call is shown to a stripe-mock at {url} first; null ends that.
  '/description'({ url }) {
    description = url;
  },
  // Nobody listens any more, until /up.
  async '/down'() {
    const closed = new Promise((done) => stripe.close(done));
    stripe.closeAllConnections();
    await closed;
  },
  async '/up'() {
    await listening(stripe, port);
  },
};

const control = createServer(async (request, response) => {
  const said = (value) => response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
  try {
    const result = request.method === 'POST' ? await controls[request.url](await json(request)) : {};
    const counts = Object.fromEntries(KINDS.map((kind) => [kind, all(kind).length]));
    const { isReached = false } = watch;
    said({ calls, deliveries, held: nHeld(), counts, watched: watched(), isReached, ...result });
  } catch (error) {
    response.statusCode = 400;
    said({ error: String(error) });
  }
});

console.log(JSON.stringify({ stripe: port, control: await listening(control) }));
