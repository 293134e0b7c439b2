// Asks `stripe.mjs` everything that it plays through Stripe's own SDK, and prints what the SDK understood, for
// `tests/peers/double.rs` to judge. Arguments: the double's address, that of its control port, and the parts to ask
// for, which are all if none is named.
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import Stripe from 'stripe';

const [, , address, control, ...named] = process.argv;
const { hostname: host, port } = new URL(address);
const client = (key) => new Stripe(key, { host, port, protocol: 'http', maxNetworkRetries: 0, telemetry: false });
const stripe = client('sk_test_tamuda');
const DAY = 86_400;
const CARD = {
  ok: '4242424242424242',
  declined: '4000000000000002',
  asks: '4000002760003184',
  asks_once: '4000002500003155',
  declined_later: '4000000000000341',
  refund_pends: '4000000000007726',
  refund_fails: '4000000000005126',
};

const tell = async (path, asked) => {
  const answer = await fetch(control + path, { method: 'POST', body: JSON.stringify(asked) });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.error);
  return said;
};
const failing = (at) => tell('/fault', at);
const counts = async () => (await (await fetch(control)).json()).counts;

// What the SDK makes of a refusal.
const refusal = (work) =>
  work.then(
    () => 'it went well',
    ({ type, code, decline_code, statusCode, param, payment_intent }) => {
      const said = { type, code, decline_code, status: statusCode, param, intent: payment_intent?.status };
      return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
    },
  );
const replayed = ({ lastResponse }) => lastResponse.headers['idempotent-replayed'] === 'true';

const wish = (more) => ({
  mode: 'payment',
  success_url: 'http://127.0.0.1:1/back?session={CHECKOUT_SESSION_ID}',
  cancel_url: 'http://127.0.0.1:1/wallet',
  line_items: [{ quantity: 1, price_data: { currency: 'mad', unit_amount: 10_000, product_data: { name: 'Top-up' } } }],
  metadata: { organisation: 'rif-biomed' },
  payment_intent_data: { metadata: { payment: 'one' } },
  ...more,
});
const open = (more, options) => stripe.checkout.sessions.create(wish(more), options);
const send = (url, form) => fetch(url, { method: 'POST', redirect: 'manual', body: new URLSearchParams(form) });

async function paid(number, more) {
  const { id } = await open(more);
  const { payment_intent } = await tell('/pay', { session: id, number });
  return stripe.paymentIntents.retrieve(payment_intent);
}

async function keys() {
  const create = (email, key) => stripe.customers.create({ email }, { idempotencyKey: key });
  const [first, second] = [await create('a@rif.example', 'one'), await create('a@rif.example', 'one')];
  const conflict = await refusal(create('b@rif.example', 'one'));
  const elsewhere = await refusal(open({}, { idempotencyKey: 'one' }));
  await failing({ 'POST /v1/customers': { slow_ms: 600 } });
  const slow = create('c@rif.example', 'two');
  await sleep(200);
  const inUse = await refusal(create('c@rif.example', 'two'));
  const [done, later] = [await slow, await create('c@rif.example', 'two')];
  const wrong = await refusal(stripe.customers.create({ emial: 'd@rif.example' }, { idempotencyKey: 'three' }));
  const righted = await create('d@rif.example', 'three');
  return {
    same: [first.id === second.id, replayed(first), replayed(second)],
    conflict,
    elsewhere,
    in_use: inUse,
    once_done: [done.id === later.id, replayed(later)],
    unsaved_refusal: [wrong, righted.email],
  };
}

async function checkout() {
  const session = await open({ customer_email: 'amina@rif.example' });
  const { id, url } = session;
  const page = await (await fetch(url)).text();
  const declined = await send(url, { number: CARD.declined });
  const refused = await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent'] });
  const asks = await send(url, { number: CARD.asks });
  const bank = asks.headers.get('location');
  const waits = await stripe.checkout.sessions.retrieve(id, { expand: ['payment_intent'] });
  const back = (await send(bank, { answer: 'refuse' })).headers.get('location');
  const failed = await stripe.paymentIntents.retrieve(waits.payment_intent.id);
  await send(url, { number: CARD.asks });
  const done = (await send(bank, { answer: 'accept' })).headers.get('location');
  const whole = await stripe.checkout.sessions.retrieve(id, {
    expand: ['payment_intent.latest_charge', 'line_items'],
  });
  const twice = await refusal(stripe.checkout.sessions.expire(id));
  const { id: left } = await open();
  const expired = await stripe.checkout.sessions.expire(left);
  const { payment_intent: intent, line_items: lines } = whole;
  return {
    opened: [session.status, session.payment_status, session.payment_intent, session.amount_total, session.currency],
    says: ['Pay 100.00 MAD', 'Top-up', 'http://127.0.0.1:1/wallet'].every((words) => page.includes(words)),
    declined: [declined.status, refused.status, refused.payment_intent.last_payment_error.decline_code],
    asks: [asks.status, waits.payment_intent.status, waits.payment_status],
    refused: [back === url, failed.status, failed.last_payment_error.code],
    done: done === `http://127.0.0.1:1/back?session=${id}`,
    paid: [whole.status, whole.payment_status, whole.url, whole.customer_details.email, whole.metadata],
    intent: [intent.status, intent.amount_received, intent.metadata, intent.latest_charge.paid],
    three_d_secure: intent.latest_charge.payment_method_details.card.three_d_secure.result,
    lines: [lines.data.length, lines.data[0].amount_total, lines.data[0].description],
    twice,
    expired: [expired.status, expired.url],
    page_after: (await (await fetch(url)).text()).includes('This payment is done'),
  };
}

async function lost() {
  const before = await counts();
  await failing({ 'POST /v1/checkout/sessions': { commit_then_drop: true } });
  // A cut connection is tried again by the SDK itself, under the same key.
  const session = await open({}, { idempotencyKey: 'lost' });
  const after = await counts();
  await failing({ 'GET /v1/checkout/sessions/{id}': { drop: true, times: 2 } });
  const dropped = await refusal(stripe.checkout.sessions.retrieve(session.id));
  return { made: after['checkout.session'] - before['checkout.session'], replayed: replayed(session), dropped };
}

async function refunds() {
  const { id: payment_intent } = await paid(CARD.ok);
  const refund = (amount) => stripe.refunds.create({ payment_intent, ...(amount && { amount }) });
  const part = await refund(4_000);
  const much = await refusal(refund(6_001));
  const rest = await refund();
  const again = await refusal(refund());
  const { latest_charge } = await stripe.paymentIntents.retrieve(payment_intent, { expand: ['latest_charge'] });
  const settled = async (card) => {
    const { id } = await stripe.refunds.create({ payment_intent: (await paid(card)).id });
    const before = await stripe.refunds.retrieve(id);
    await tell('/settle', { refund: id });
    return [before.status, (await stripe.refunds.retrieve(id)).status];
  };
  const listed = await stripe.refunds.list({ payment_intent });
  // What a portal asks: with a name of its own and a key, and with the card on the answer.
  const { id: other } = await paid(CARD.ok);
  const named = { payment_intent: other, amount: 100, metadata: { refund: 'ours' }, expand: ['charge'] };
  await failing({ 'POST /v1/refunds': { commit_then_drop: true } });
  const first = await stripe.refunds.create(named, { idempotencyKey: 'refund' });
  const second = await stripe.refunds.create(named, { idempotencyKey: 'refund' });
  const { data: found } = await stripe.refunds.list({ payment_intent: other, expand: ['data.charge'] });
  const card = ({ charge }) => charge.payment_method_details.card.last4;
  return {
    named: [first.id === second.id, first.metadata.refund, card(first), replayed(first)],
    found: found.map((refund) => [refund.id === first.id, refund.metadata.refund, card(refund)]),
    part: [part.status, part.amount],
    much,
    rest: rest.amount,
    again,
    charge: [latest_charge.refunded, latest_charge.amount_refunded],
    pends: await settled(CARD.refund_pends),
    fails: await settled(CARD.refund_fails),
    listed: listed.data.map(({ amount }) => amount),
  };
}

async function saved() {
  const { id: customer } = await stripe.customers.create({ email: 'saved@rif.example' });
  const more = { customer, payment_intent_data: { setup_future_usage: 'off_session' } };
  // Somebody pays, and is later charged without being there.
  const charged = async (number) => {
    const { id, payment_method, status } = await paid(number, more);
    if (status === 'requires_action') {
      const [session] = (await stripe.checkout.sessions.list({ payment_intent: id })).data;
      await tell('/authenticate', { session: session.id, accepts: true });
    }
    const terms = { amount: 2_000, currency: 'mad', customer, payment_method, confirm: true, off_session: true };
    return refusal(stripe.paymentIntents.create(terms));
  };
  const ok = await charged(CARD.ok);
  const asksOnce = await charged(CARD.asks_once);
  const asks = await charged(CARD.asks);
  const declined = await charged(CARD.declined_later);
  const { data: kept } = await stripe.customers.listPaymentMethods(customer, { type: 'card' });
  return { ok, asks_once: asksOnce, asks, declined, kept: kept.map(({ card }) => card.last4) };
}

// A card is given without paying, charged without anybody there, and forgotten.
async function given() {
  const { id: customer } = await stripe.customers.create({ email: 'given@rif.example' });
  const wishes = { mode: 'setup', currency: 'mad', customer, success_url: 'http://127.0.0.1:1/cards' };
  const setup = (more) => stripe.checkout.sessions.create({ ...wishes, ...more });
  const parts = { expand: ['setup_intent.payment_method', 'payment_intent.payment_method'] };
  const { id, url, status, payment_status } = await setup();
  const page = await (await fetch(url)).text();
  const declined = await send(url, { number: CARD.declined });
  await send(url, { number: CARD.asks_once });
  const waits = await stripe.checkout.sessions.retrieve(id, parts);
  await tell('/authenticate', { session: id, accepts: true });
  const done = await stripe.checkout.sessions.retrieve(id, parts);
  const { id: payment_method, card } = done.setup_intent.payment_method;
  const terms = { amount: 2_000, currency: 'mad', customer, payment_method, confirm: true, off_session: true };
  const charged = await refusal(stripe.paymentIntents.create(terms));
  const forgotten = await stripe.paymentMethods.detach(payment_method);
  return {
    opened: [status, payment_status, page.includes('Save a card')],
    declined: declined.status,
    waits: [waits.status, waits.setup_intent.status],
    done: [done.status, done.payment_status, done.setup_intent.status, card.last4],
    charged,
    forgotten: forgotten.customer,
    again: await refusal(stripe.paymentMethods.detach(payment_method)),
    after: await refusal(stripe.paymentIntents.create(terms)),
    paying: await refusal(setup({ line_items: wish().line_items })),
  };
}

async function events() {
  const [all, paged] = [[], []];
  for await (const event of stripe.events.list({ limit: 100 })) all.push(event);
  for await (const { id } of stripe.events.list({ limit: 7 })) paged.push(id);
  const expired = await stripe.events.list({ types: ['checkout.session.expired'] });
  const { data: later } = await stripe.events.list({ ending_before: all[2].id });
  const before = await stripe.events.list({ created: { lt: 1 } });
  return {
    whole: all.length === (await counts()).event,
    same: JSON.stringify(all.map(({ id }) => id)) === JSON.stringify(paged),
    newest_first: all.every(({ created }, n) => n === 0 || created <= all[n - 1].created),
    expired: expired.data.map(({ data }) => data.object.status),
    later: later.length,
    before: before.data.length,
    limit: await refusal(stripe.events.list({ limit: 101 })),
  };
}

async function broken() {
  const customer = (key) => stripe.customers.create({ email: 'e@rif.example' }, { idempotencyKey: key });
  const at = async (fault, key) => {
    await failing({ 'POST /v1/customers': fault });
    const first = await refusal(customer(key));
    return [first, await customer(key).then(() => 'made', (error) => error.statusCode)];
  };
  const before = await counts();
  const ways = {
    limited: await at({ status: 429 }, 'limited'),
    failed: await at({ status: 500 }, 'failed'),
    failed_after: await at({ status: 500, commits: true }, 'failed after'),
    away: await at({ status: 503 }, 'away'),
  };
  return {
    ...ways,
    made: (await counts()).customer - before.customer,
    stranger: await refusal(client('sk_test_another').customers.list()),
    nothing: await refusal(stripe.refunds.retrieve('re_nothing')),
    unknown: await refusal(open({ colour: 'red' })),
    missing: await refusal(open({ line_items: undefined })),
    small: await refusal(stripe.paymentIntents.create({ amount: 10, currency: 'mad' })),
    nobody: await refusal(open({ customer: 'cus_nobody' })),
    unexpandable: await refusal(stripe.customers.list({ expand: ['data.email'] })),
  };
}

async function webhooks() {
  let [heard, refuses] = [[], 0];
  const receiver = createServer(async (request, response) => {
    heard.push({ body: await text(request), signature: request.headers['stripe-signature'] });
    refuses -= 1;
    response.writeHead(refuses >= 0 ? 500 : 200).end();
  });
  await new Promise((ready) => receiver.listen(0, '127.0.0.1', ready));
  await tell('/webhooks', { url: `http://127.0.0.1:${receiver.address().port}/hook`, secrets: ['whsec_new'] });
  const read = ({ body, signature }, secret) => {
    try {
      return stripe.webhooks.constructEvent(body, signature, secret).type;
    } catch (error) {
      return error.type;
    }
  };
  const both = (heard) => heard.map((it) => [read(it, 'whsec_new'), read(it, 'whsec_old')]);
  // What is heard of one new customer.
  const one = async (way, n = 1, refusing = 0) => {
    [heard, refuses] = [[], refusing];
    await tell('/deliveries', { retry_ms: 50, ...way });
    await stripe.customers.create({ email: 'hook@rif.example' });
    for (let tries = 0; heard.length < n && tries < 100; tries += 1) await sleep(20);
    await sleep(100);
    return heard;
  };
  const plain = await one({});
  const seen = {
    plain: [plain.length, read(plain[0], 'whsec_new'), read(plain[0], 'whsec_old')],
    listed: JSON.parse(plain[0].body).id === (await stripe.events.list({ limit: 1 })).data[0].id,
    old: both(await one({ secrets: ['whsec_old'] })),
    two: both(await one({ secrets: ['whsec_old', 'whsec_new'] })),
    spoilt: (await one({ spoil: true })).map((it) => read(it, 'whsec_new')),
    stale: (await one({ age_s: 400 })).map((it) => read(it, 'whsec_new')),
    dropped: (await one({ drop: true }, 0)).length,
    copies: (await one({ copies: 3 }, 3)).map((it) => JSON.parse(it.body).id === JSON.parse(heard[0].body).id),
    retried: (await one({}, 3, 2)).length,
    held: (await one({ hold: true }, 0)).length,
  };
  await stripe.checkout.sessions.expire((await open()).id);
  heard = [];
  const { statuses } = await tell('/release', { reversed: true });
  await tell('/deliveries', {});
  await tell('/webhooks', { url: null });
  receiver.close();
  receiver.closeAllConnections();
  return { ...seen, released: [statuses, heard.map((it) => read(it, 'whsec_new'))] };
}

// The last part: what comes after it is a day later.
async function later() {
  const create = () => stripe.customers.create({ email: 'f@rif.example' }, { idempotencyKey: 'daily' });
  const [first, { id }] = [await create(), await open()];
  await tell('/clock', { ahead_s: DAY - 60 });
  const same = await create();
  const waits = await stripe.checkout.sessions.retrieve(id);
  await tell('/clock', { ahead_s: DAY + 60 });
  const another = await create();
  const expired = await stripe.checkout.sessions.retrieve(id);
  const { data } = await stripe.events.list({ type: 'checkout.session.expired', limit: 1 });
  const told = data[0].data.object.id === id;
  return { keys: [same.id === first.id, another.id === first.id], sessions: [waits.status, expired.status], told };
}

const report = {};
for (const part of [keys, checkout, lost, refunds, saved, given, events, broken, webhooks, later]) {
  if (!named.length || named.includes(part.name)) report[part.name] = await part();
}
console.log(JSON.stringify(report));
