// Stripe's API: which calls there are, what each takes, and how lists and `expand` work. A parameter that is not here
// is refused, also where Stripe takes it: what is not played must not look as if it were.
import * as made from './stripe-objects.mjs';
import { now } from './stripe-objects.mjs';
import * as rules from './stripe-rules.mjs';
import { Refusal, all, found, hidden, invalid, keep, named, peek } from './stripe-rules.mjs';
import { setupSession } from './stripe-setups.mjs';

const MINUTE = 60;
const DAY = 86_400;
const RANGE = ['gt', 'gte', 'lt', 'lte'];

// `a[b][0]=c` and `a[]=c`, as Stripe's clients write them.
export function parsed(text) {
  const form = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const path = name.split('[').map((part) => part.replace(/\]$/, ''));
    const last = path.pop();
    let at = form;
    for (const part of path) at = at[part] ??= {};
    at[last || Object.keys(at).length] = value;
  }
  return form;
}

const listOf = (value) => (value === undefined || value === '' ? [] : Object.values(value));

function checkNames(form, accepted, within = '') {
  for (const name of Object.keys(form)) {
    if (accepted.split(' ').includes(name)) continue;
    const param = within ? `${within}[${name}]` : name;
    throw invalid(`Received unknown parameter: ${param}`, { code: 'parameter_unknown', param });
  }
}

function need(value, param) {
  if (value !== undefined && value !== '') return value;
  throw invalid(`Missing required param: ${param}.`, { code: 'parameter_missing', param });
}

function whole(value, param, least = 0) {
  const number = Number(need(value, param));
  if (!/^-?\d+$/.test(value)) throw invalid(`Invalid integer: ${value}`, { code: 'parameter_invalid_integer', param });
  if (number < least) {
    const message = `This value must be greater than or equal to ${least}.`;
    throw invalid(message, { code: 'parameter_invalid_integer', param });
  }
  return number;
}

function currencyOf(value, param) {
  if (/^[a-zA-Z]{3}$/.test(need(value, param))) return value.toLowerCase();
  throw invalid(`Invalid currency: ${value}.`, { param });
}

function checkMetadata(metadata = {}) {
  const entries = Object.entries(metadata);
  const isLong = ([key, value]) => key.length > 40 || value.length > 500;
  if (entries.length > 50 || entries.some(isLong)) {
    throw invalid('Metadata can have up to 50 keys of 40 characters with values of 500.', { param: 'metadata' });
  }
}

function checkUrl(url, param) {
  if (!/^https?:\/\/[^\s]+$/.test(need(url, param))) throw invalid('Not a valid URL', { code: 'url_invalid', param });
}

const CUSTOMER = 'address description email expand metadata name phone preferred_locales';
const SESSION =
  'cancel_url client_reference_id currency customer customer_creation customer_email expand expires_at line_items ' +
  'locale metadata mode payment_intent_data payment_method_types setup_intent_data submit_type success_url ui_mode';
const PAYMENT =
  'description metadata receipt_email setup_future_usage statement_descriptor statement_descriptor_suffix';
const INTENT =
  'amount confirm currency customer expand off_session payment_method payment_method_types return_url ' + PAYMENT;

function newSession(form, asked) {
  if (!['payment', 'setup'].includes(need(form.mode, 'mode'))) {
    throw invalid(`No such mode is played: ${form.mode}`, { param: 'mode' });
  }
  if (form.customer !== undefined) named(form.customer, 'customer', 'customer');
  if (form.customer && form.customer_email) {
    throw invalid('You may only specify one of these parameters: customer, customer_email.', { param: 'customer' });
  }
  if (!['hosted', 'hosted_page'].includes(form.ui_mode ?? 'hosted_page')) {
    throw invalid(`No such form of Checkout is played: ${form.ui_mode}`, { param: 'ui_mode' });
  }
  if (listOf(form.payment_method_types).some((type) => type !== 'card')) {
    throw invalid('Only cards are played.', { param: 'payment_method_types' });
  }
  checkUrl(form.success_url, 'success_url');
  if (form.cancel_url !== undefined) checkUrl(form.cancel_url, 'cancel_url');
  if (form.mode === 'setup') return newSetup(form, asked);
  checkNames(form.payment_intent_data ?? {}, PAYMENT, 'payment_intent_data');
  checkMetadata(form.payment_intent_data?.metadata);
  checkExpiry(form.expires_at);
  const lines = listOf(need(form.line_items, 'line_items')).map(line);
  const [currency, ...others] = [...new Set(lines.map((line) => line.currency))];
  if (others.length) throw invalid('All line items must have the same currency.', { param: 'line_items' });
  const total = lines.reduce((sum, { amount_total }) => sum + amount_total, 0);
  checkAmount(total, currency);
  const payment = form.payment_intent_data;
  return keep(made.session(form, { currency, total, base: asked.base }), { lines, payment });
}

// Nothing is paid in the mode `setup`, so what is to be paid is refused.
function newSetup(form, asked) {
  const paid = ['line_items', 'payment_intent_data', 'submit_type'].find((name) => form[name] !== undefined);
  if (paid) throw invalid(`You can not pass \`${paid}\` in \`setup\` mode.`, { param: paid });
  checkNames(form.setup_intent_data ?? {}, 'description metadata', 'setup_intent_data');
  checkExpiry(form.expires_at);
  const currency = currencyOf(form.currency, 'currency');
  const intent = rules.newSetupIntent(form.setup_intent_data ?? {}, form.customer ?? null, asked);
  const session = keep(setupSession(form, { currency, setupIntent: intent.id, base: asked.base }), { lines: [] });
  hidden(intent).session = session;
  return session;
}

function line(item, n) {
  const at = `line_items[${n}]`;
  checkNames(item, 'price_data quantity', at);
  const { price_data = {}, quantity } = item;
  checkNames(price_data, 'currency product_data unit_amount', `${at}[price_data]`);
  need(price_data.product_data?.name, `${at}[price_data][product_data][name]`);
  return made.lineItem({
    price_data: {
      ...price_data,
      currency: currencyOf(price_data.currency, `${at}[price_data][currency]`),
      unit_amount: whole(price_data.unit_amount, `${at}[price_data][unit_amount]`),
    },
    quantity: whole(quantity, `${at}[quantity]`, 1),
  });
}

function checkExpiry(value) {
  if (value === undefined) return;
  const ahead = whole(value, 'expires_at') - now();
  const bound = ahead < 30 * MINUTE ? 'at least 30 minutes' : ahead > DAY ? 'less than 24 hours' : undefined;
  if (bound) {
    const message = `The \`expires_at\` timestamp must be ${bound} from Checkout Session creation.`;
    throw invalid(message, { param: 'expires_at' });
  }
}

function checkAmount(amount, currency) {
  if (amount >= 50) return;
  const message = `The amount must be at least 0.50 ${currency}.`;
  throw invalid(message, { code: 'amount_too_small', param: 'amount' });
}

function newIntent(form, asked) {
  const amount = whole(form.amount, 'amount', 1);
  const currency = currencyOf(form.currency, 'currency');
  checkAmount(amount, currency);
  if (form.customer !== undefined) named(form.customer, 'customer', 'customer');
  const intent = rules.newIntent(form, { amount, currency, customer: form.customer ?? null }, asked);
  return form.confirm === 'true' ? confirm(form, asked, intent) : intent;
}

function confirm(form, asked, intent) {
  const method = named(need(form.payment_method, 'payment_method'), 'payment_method', 'payment_method');
  if (method.customer !== intent.customer) {
    throw invalid(`The PaymentMethod ${method.id} does not belong to this customer.`, { param: 'payment_method' });
  }
  const isOffSession = form.off_session === 'true';
  rules.confirm(intent, method, { isOffSession, returnUrl: form.return_url, base: asked.base, asked });
  const error = intent.last_payment_error;
  if (error) throw new Refusal(402, { ...error, payment_intent: structuredClone(intent) });
  return intent;
}

function newRefund(form, asked) {
  const charge = form.charge ?? peekCharge(form.payment_intent);
  checkMetadata(form.metadata);
  if (form.amount !== undefined) whole(form.amount, 'amount', 1);
  return rules.refund(form, named(charge, 'charge', 'charge'), asked);
}

function peekCharge(id) {
  const intent = named(need(id, 'payment_intent'), 'payment_intent', 'payment_intent');
  if (intent.status === 'succeeded') return intent.latest_charge;
  const message = `This PaymentIntent (${id}) does not have a successful charge to refund.`;
  throw invalid(message, { code: 'charge_invalid_parameter', param: 'payment_intent' });
}

// The newest first, a page at a time.
function page(objects, path, form) {
  const limit = form.limit === undefined ? 10 : whole(form.limit, 'limit', 1);
  if (limit > 100) throw invalid('Limit cannot exceed 100.', { param: 'limit' });
  const { created: at } = form;
  const { gt, gte, lt, lte } = typeof at === 'string' ? { gte: at, lte: at } : (at ?? {});
  const passes = ({ created }) => !(created <= gt || created < gte || created >= lt || created > lte);
  if (typeof form.created === 'object') checkNames(form.created, RANGE.join(' '), 'created');
  const newest = objects.filter(passes).toReversed();
  const place = (param) => {
    const n = newest.findIndex(({ id }) => id === form[param]);
    if (n < 0) throw invalid(`No such object: '${form[param]}'`, { code: 'resource_missing', param });
    return n;
  };
  let [start, end] = [0, limit];
  if (form.starting_after) [start, end] = [place('starting_after') + 1, place('starting_after') + 1 + limit];
  if (form.ending_before) [start, end] = [Math.max(0, place('ending_before') - limit), place('ending_before')];
  const more = form.ending_before ? start > 0 : newest.length > end;
  return { object: 'list', data: newest.slice(start, end), has_more: more, url: path };
}

const PAGED = 'created ending_before expand limit starting_after';
const list = (kind, path, filters) => ({
  call: `GET ${path}`,
  takes: `${PAGED} ${filters}`,
  answers(form) {
    const names = filters.split(' ').filter((name) => form[name] !== undefined);
    return page(all(kind).filter((object) => names.every((name) => object[name] === form[name])), path, form);
  },
});
const one = (kind, path) => ({ call: `GET ${path}/{id}`, takes: 'expand', answers: (_, __, id) => found(id, kind) });

const routes = [
  {
    call: 'POST /v1/customers',
    takes: CUSTOMER,
    answers: (form, asked) => rules.newCustomer({ ...form, preferred_locales: listOf(form.preferred_locales) }, asked),
  },
  one('customer', '/v1/customers'),
  list('customer', '/v1/customers', 'email'),
  {
    call: 'GET /v1/customers/{id}/payment_methods',
    takes: `${PAGED} type`,
    answers(form, _, id) {
      return page(all('payment_method').filter(({ customer }) => customer === id), '/v1/payment_methods', form);
    },
  },
  one('payment_method', '/v1/payment_methods'),
  {
    call: 'POST /v1/payment_methods/{id}/detach',
    takes: 'expand',
    answers: (_, asked, id) => rules.detach(found(id, 'payment_method'), asked),
  },
  one('setup_intent', '/v1/setup_intents'),
  { call: 'POST /v1/checkout/sessions', takes: SESSION, answers: newSession },
  one('checkout.session', '/v1/checkout/sessions'),
  list('checkout.session', '/v1/checkout/sessions', 'customer payment_intent status'),
  {
    call: 'GET /v1/checkout/sessions/{id}/line_items',
    takes: PAGED,
    answers: (form, _, id) =>
      page(hidden(found(id, 'checkout.session')).lines.toReversed(), `/v1/checkout/sessions/${id}/line_items`, form),
  },
  {
    call: 'POST /v1/checkout/sessions/{id}/expire',
    takes: 'expand',
    answers: (_, asked, id) => rules.expire(found(id, 'checkout.session'), asked),
  },
  { call: 'POST /v1/payment_intents', takes: INTENT, answers: newIntent },
  one('payment_intent', '/v1/payment_intents'),
  list('payment_intent', '/v1/payment_intents', 'customer'),
  {
    call: 'POST /v1/payment_intents/{id}/confirm',
    takes: 'expand off_session payment_method return_url',
    answers: (form, asked, id) => confirm(form, asked, found(id, 'payment_intent')),
  },
  {
    call: 'POST /v1/payment_intents/{id}/cancel',
    takes: 'cancellation_reason expand',
    answers: (form, asked, id) => rules.cancel(found(id, 'payment_intent'), form.cancellation_reason ?? null, asked),
  },
  one('charge', '/v1/charges'),
  list('charge', '/v1/charges', 'customer payment_intent'),
  { call: 'POST /v1/refunds', takes: 'amount charge expand metadata payment_intent reason', answers: newRefund },
  one('refund', '/v1/refunds'),
  list('refund', '/v1/refunds', 'charge payment_intent'),
  one('event', '/v1/events'),
  {
    call: 'GET /v1/events',
    takes: `${PAGED} type types`,
    answers(form) {
      const types = [form.type, ...listOf(form.types)].filter(Boolean);
      const isListed = ({ created, type }) => created > now() - 30 * DAY && (!types.length || types.includes(type));
      return page(all('event').filter(isListed), '/v1/events', form);
    },
  },
];

// What a call answers; throws a `Refusal` where that is no success.
export function answer(method, path, form, asked) {
  rules.expireDue();
  for (const { call, takes, answers } of routes) {
    const [verb, pattern] = call.split(' ');
    const match = verb === method && path.match(`^${pattern.replace('{id}', '([^/]+)')}$`);
    if (!match) continue;
    checkNames(form, takes);
    checkMetadata(form.metadata);
    const result = structuredClone(answers(form, asked, match[1]));
    for (const path of listOf(form.expand)) expand(result, path.split('.'), path);
    return result;
  }
  const message = `Unrecognized request URL (${method}: ${path}).`;
  throw new Refusal(404, { message, type: 'invalid_request_error' });
}

function expand(object, [field, ...rest], path) {
  if (object === null || object === undefined) return;
  if (Array.isArray(object)) return object.forEach((one) => expand(one, [field, ...rest], path));
  const { id } = object;
  if (field === 'line_items' && object.object === 'checkout.session') {
    const url = `/v1/checkout/sessions/${id}/line_items`;
    object.line_items = { object: 'list', data: structuredClone(hidden(object).lines), has_more: false, url };
  } else if (typeof object[field] === 'string' && peek(object[field])) {
    object[field] = structuredClone(peek(object[field]));
  } else if (object[field] === undefined || typeof object[field] === 'string') {
    throw invalid(`This property cannot be expanded (${path}).`, { param: 'expand' });
  }
  if (rest.length) expand(object[field], rest, path);
}
