// What Stripe does with its objects: payments, 3-D Secure, refunds, expiry, and the event that each of these leaves.
import * as made from './stripe-objects.mjs';
import { CARDS, now } from './stripe-objects.mjs';
import { setupIntent } from './stripe-setups.mjs';

// An answer that is no success, in Stripe's form.
export class Refusal extends Error {
  constructor(status, error) {
    super(error.message);
    this.status = status;
    const page = error.code && { doc_url: `https://docs.stripe.com/error-codes/${error.code.replaceAll('_', '-')}` };
    this.body = { error: { ...error, ...page } };
  }
}
export const invalid = (message, more) => new Refusal(400, { message, type: 'invalid_request_error', ...more });

// Everything by its id, the oldest first.
const kept = new Map();
// What Stripe knows of an object and does not show: a session's lines and what its payment is to say, a card's fate.
const behind = new Map();
// Told of each event.
export const listeners = [];

export const keep = (object, hidden = {}) => {
  kept.set(object.id, object);
  behind.set(object.id, hidden);
  return object;
};
export const peek = (id) => kept.get(id);
export const all = (kind) => [...kept.values()].filter(({ object }) => object === kind);
export const hidden = ({ id }) => behind.get(id);

// The object that a path names.
export function found(id, kind) {
  const object = kept.get(id);
  if (object?.object === kind) return object;
  const missing = { code: 'resource_missing', message: `No such ${kind}: '${id}'`, param: 'id' };
  throw new Refusal(404, { ...missing, type: 'invalid_request_error' });
}

// The object that a parameter names.
export function named(id, kind, param) {
  const object = kept.get(id);
  if (object?.object === kind) return object;
  throw invalid(`No such ${kind}: '${id}'`, { code: 'resource_missing', param });
}

export function tell(type, object, asked) {
  const event = keep(made.event(type, object, asked));
  listeners.forEach((listener) => listener(event));
}

export function newCustomer(form, asked) {
  const customer = keep(made.customer(form));
  tell('customer.created', customer, asked);
  return customer;
}

export function newIntent(form, terms, asked, more) {
  const intent = keep(made.paymentIntent(form, terms), more);
  tell('payment_intent.created', intent, asked);
  return intent;
}

export function newSetupIntent(form, customer, asked) {
  const intent = keep(setupIntent(form, customer));
  tell('setup_intent.created', intent, asked);
  return intent;
}

// The payment of a session, made when somebody first tries.
function intentOf(session) {
  if (session.payment_intent) return kept.get(session.payment_intent);
  const { payment = {} } = hidden(session);
  const wantsCustomer = session.customer_creation === 'always' || payment.setup_future_usage;
  if (!session.customer && wantsCustomer) session.customer = newCustomer({ email: session.customer_email }).id;
  const { amount_total: amount, currency, customer } = session;
  const intent = newIntent(payment, { amount, currency, customer }, null, { session });
  session.payment_intent = intent.id;
  return intent;
}

// Somebody sends the form of the hosted page.
export function pay(session, number) {
  expireDue();
  if (session.status !== 'open') throw invalid(`This Checkout Session has a status of ${session.status}.`);
  const digits = number.replace(/\D/g, '');
  const card = CARDS[digits];
  if (!card) {
    const message = 'Your card number is incorrect.';
    throw new Refusal(402, { code: 'incorrect_number', message, param: 'number', type: 'card_error' });
  }
  const isSetup = session.mode === 'setup';
  const intent = isSetup ? kept.get(session.setup_intent) : intentOf(session);
  const email = session.customer_email ?? kept.get(session.customer)?.email ?? 'payer@example.com';
  const method = keep(made.paymentMethod(digits, { email, name: 'A Payer' }), { card, isSaved: false });
  return isSetup ? setUp(intent, method) : confirm(intent, method);
}

// Tries to keep a card: its bank may ask its holder, and may refuse.
function setUp(intent, method) {
  const { card } = hidden(method);
  if (!card.authenticates) return setUpEnds(intent, method, card);
  const url = `${hidden(intent).session.url.split('/c/pay/')[0]}/c/3ds/${intent.id}`;
  Object.assign(intent, {
    status: 'requires_action',
    payment_method: method.id,
    last_setup_error: null,
    next_action: { redirect_to_url: { return_url: null, url }, type: 'redirect_to_url' },
  });
  tell('setup_intent.requires_action', intent);
  return intent;
}

function setUpEnds(intent, method, { decline, words }) {
  if (decline) {
    return setUpFails(intent, { code: 'card_declined', decline_code: decline, message: words, type: 'card_error' });
  }
  Object.assign(intent, {
    status: 'succeeded',
    payment_method: method.id,
    last_setup_error: null,
    next_action: null,
  });
  if (intent.customer) {
    method.customer = intent.customer;
    hidden(method).isSaved = true;
    tell('payment_method.attached', method);
  }
  tell('setup_intent.succeeded', intent);
  complete(hidden(intent).session, method);
  return intent;
}

function setUpFails(intent, error) {
  Object.assign(intent, {
    status: 'requires_payment_method',
    last_setup_error: error,
    next_action: null,
    payment_method: null,
  });
  tell('setup_intent.setup_failed', intent);
  return intent;
}

export function detach(method, asked) {
  if (!method.customer) {
    throw invalid('The payment method you provided is not attached to a customer so detachment is impossible.');
  }
  method.customer = null;
  hidden(method).isSaved = false;
  tell('payment_method.detached', method, asked);
  return method;
}

// Tries to take the money: the intent is then done, waits for its holder, or says in its last error why not.
export function confirm(intent, method, { isOffSession, returnUrl, base, asked } = {}) {
  if (['succeeded', 'canceled'].includes(intent.status)) {
    const message = `This PaymentIntent's payment could not be confirmed because it has a status of ${intent.status}.`;
    throw invalid(message, { code: 'payment_intent_unexpected_state', payment_intent: intent });
  }
  const { card, isSaved } = hidden(method);
  const asksHolder = card.authenticates === 'always' || (card.authenticates === 'once' && !isSaved);
  if (asksHolder && isOffSession) {
    const words = 'Your card was declined. This transaction requires authentication.';
    return charged(intent, method, { asked, declined: { decline: 'authentication_required', words } });
  }
  if (!asksHolder) return charged(intent, method, { asked });
  const url = `${hidden(intent).session?.url.split('/c/pay/')[0] ?? base}/c/3ds/${intent.id}`;
  Object.assign(intent, {
    status: 'requires_action',
    payment_method: method.id,
    last_payment_error: null,
    next_action: { redirect_to_url: { return_url: returnUrl ?? null, url }, type: 'redirect_to_url' },
  });
  hidden(intent).returnUrl = returnUrl;
  tell('payment_intent.requires_action', intent, asked);
  return intent;
}

// The card's holder answers their bank.
export function authenticate(intent, accepts) {
  expireDue();
  if (intent.status !== 'requires_action') throw invalid(`This intent has a status of ${intent.status}.`);
  const method = kept.get(intent.payment_method);
  if (intent.object === 'setup_intent') {
    const words = 'The latest attempt to set up the payment method has failed because authentication failed.';
    const refused = { code: 'setup_intent_authentication_failure', message: words, type: 'invalid_request_error' };
    return accepts ? setUpEnds(intent, method, hidden(method).card) : setUpFails(intent, refused);
  }
  if (accepts) return charged(intent, method, { authenticated: true });
  return failed(intent, {
    code: 'payment_intent_authentication_failure',
    message: 'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new ' +
      'PaymentMethod to attempt to fulfill this PaymentIntent again.',
    payment_method: structuredClone(method),
    type: 'invalid_request_error',
  });
}

function charged(intent, method, { asked, authenticated, declined } = {}) {
  const { card, isSaved } = hidden(method);
  const fate = (isSaved && card.saved) || card;
  const refusal = declined ?? (fate.decline ? fate : undefined);
  const charge = keep(made.charge(intent, method, { declined: refusal, authenticated }), { card });
  intent.latest_charge = charge.id;
  if (refusal) {
    tell('charge.failed', charge, asked);
    const code = refusal.decline === 'authentication_required' ? refusal.decline : 'card_declined';
    const error = { code, decline_code: refusal.decline, message: refusal.words, type: 'card_error' };
    return failed(intent, { charge: charge.id, ...error, payment_method: structuredClone(method) }, asked);
  }
  Object.assign(intent, {
    status: 'succeeded',
    amount_received: intent.amount,
    last_payment_error: null,
    next_action: null,
    payment_method: method.id,
  });
  if (intent.setup_future_usage && intent.customer && !method.customer) {
    method.customer = intent.customer;
    hidden(method).isSaved = true;
    tell('payment_method.attached', method, asked);
  }
  tell('charge.succeeded', charge, asked);
  tell('payment_intent.succeeded', intent, asked);
  const { session } = hidden(intent);
  if (session) complete(session, method);
  return intent;
}

function failed(intent, error, asked) {
  Object.assign(intent, {
    status: 'requires_payment_method',
    last_payment_error: error,
    next_action: null,
    payment_method: null,
  });
  tell('payment_intent.payment_failed', intent, asked);
  return intent;
}

function complete(session, { billing_details: { address, email, name, phone } }) {
  const none = { business_name: null, individual_name: null, tax_exempt: 'none', tax_ids: [] };
  Object.assign(session, {
    status: 'complete',
    payment_status: session.mode === 'setup' ? session.payment_status : 'paid',
    url: null,
    customer_details: { address, email, name, phone, ...none },
  });
  tell('checkout.session.completed', session);
}

export function cancel(intent, reason, asked) {
  if (['succeeded', 'canceled'].includes(intent.status)) {
    const message = `You cannot cancel this PaymentIntent because it has a status of ${intent.status}.`;
    throw invalid(message, { code: 'payment_intent_unexpected_state', payment_intent: intent });
  }
  Object.assign(intent, { status: 'canceled', canceled_at: now(), cancellation_reason: reason, next_action: null });
  tell('payment_intent.canceled', intent, asked);
  return intent;
}

export function expire(session, asked) {
  if (session.status !== 'open') {
    const only = 'Only Checkout Sessions with a status in ["open"] can be expired.';
    throw invalid(`${only} This Checkout Session has a status of ${session.status}.`);
  }
  Object.assign(session, { status: 'expired', url: null });
  const intent = kept.get(session.payment_intent);
  if (intent) cancel(intent, 'automatic', asked);
  tell('checkout.session.expired', session, asked);
  return session;
}

// Whatever the clock has passed.
export function expireDue() {
  for (const session of all('checkout.session')) {
    if (session.status === 'open' && session.expires_at <= now()) expire(session);
  }
}

const refundsOf = ({ id }) => all('refund').filter(({ charge }) => charge === id);
const sum = (refunds) => refunds.reduce((sum, { amount, status }) => (status === 'failed' ? sum : sum + amount), 0);

export function refund(form, charge, asked) {
  const left = charge.amount_captured - sum(refundsOf(charge));
  const amount = form.amount === undefined ? left : Number(form.amount);
  if (charge.paid && left === 0) {
    throw invalid(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' });
  }
  if (amount > left) {
    const [asks, has] = [amount, left].map((minor) => `${(minor / 100).toFixed(2)} ${charge.currency}`);
    throw invalid(`Refund amount (${asks}) is greater than unrefunded amount on charge (${has})`, { param: 'amount' });
  }
  const [status] = hidden(charge).card.refund ?? ['succeeded'];
  const refund = keep(made.refund(form, charge, { amount, status }));
  recount(charge);
  tell('charge.refunded', charge, asked);
  tell('refund.created', refund, asked);
  return refund;
}

// A refund comes to its end, where its card keeps it waiting.
export function settle(refund) {
  const charge = kept.get(refund.charge);
  const [, status] = hidden(charge).card.refund ?? [];
  if (!status || refund.status === status) throw invalid(`The refund ${refund.id} waits for nothing.`);
  refund.status = status;
  delete refund.pending_reason;
  if (status === 'failed') {
    refund.failure_reason = 'expired_or_canceled_card';
    refund.failure_balance_transaction = made.fresh('txn_');
  }
  recount(charge);
  tell('refund.updated', refund);
  if (status === 'failed') tell('refund.failed', refund);
  return refund;
}

function recount(charge) {
  charge.amount_refunded = sum(refundsOf(charge));
  charge.refunded = charge.amount_refunded === charge.amount_captured;
}
