// What Stripe's objects look like, field by field as its API describes them. What happens to them stands in
// `stripe-rules.mjs`.
import { randomInt } from 'node:crypto';

export const VERSION = '2026-08-26.dahlia';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const HOUR = 3600;

// How far the peer's time is ahead of this machine's.
export const clock = { ahead_s: 0 };
export const now = () => Math.floor(Date.now() / 1000) + clock.ahead_s;

export const fresh = (prefix, n = 24) => prefix + Array.from({ length: n }, () => LETTERS[randomInt(62)]).join('');

// Stripe's numbers for tests, by what becomes of a payment with them.
export const CARDS = {
  4242424242424242: {},
  // Asks its holder, also where they are not there.
  4000002760003184: { authenticates: 'always' },
  // Asks its holder once; from then on it can be charged without them.
  4000002500003155: { authenticates: 'once' },
  4000000000000002: { decline: 'generic_decline', words: 'Your card was declined.' },
  4000000000009995: { decline: 'insufficient_funds', words: 'Your card has insufficient funds.' },
  4000008400001629: { authenticates: 'always', decline: 'generic_decline', words: 'Your card was declined.' },
  // Is saved and then declined.
  4000000000000341: { saved: { decline: 'generic_decline', words: 'Your card was declined.' } },
  // A refund to it is pending, and arrives when it is settled.
  4000000000007726: { refund: ['pending', 'succeeded'] },
  // A refund to it looks well, and fails when it is settled.
  4000000000005126: { refund: ['succeeded', 'failed'] },
};

const nobody = () => ({ city: null, country: null, line1: null, line2: null, postal_code: null, state: null });
const billing = ({ email = null, name = null } = {}) => ({ address: nobody(), email, name, phone: null, tax_id: null });

export const customer = ({ address, description, email, metadata, name, phone, preferred_locales }) => ({
  id: fresh('cus_', 14),
  object: 'customer',
  address: address ? { ...nobody(), ...address } : null,
  balance: 0,
  created: now(),
  currency: null,
  customer_account: null,
  default_source: null,
  delinquent: false,
  description: description ?? null,
  discount: null,
  email: email ?? null,
  invoice_prefix: fresh('', 8).toUpperCase(),
  invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
  livemode: false,
  metadata: metadata ?? {},
  name: name ?? null,
  next_invoice_sequence: 1,
  phone: phone ?? null,
  preferred_locales: preferred_locales ?? [],
  shipping: null,
  tax_exempt: 'none',
  test_clock: null,
});

export function session(form, { currency, total, base }) {
  const id = fresh('cs_test_', 58);
  const customerId = form.customer ?? null;
  return {
    id,
    object: 'checkout.session',
    adaptive_pricing: null,
    after_expiration: null,
    allow_promotion_codes: null,
    amount_subtotal: total,
    amount_total: total,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: null,
    branding_settings: null,
    cancel_url: form.cancel_url ?? null,
    client_reference_id: form.client_reference_id ?? null,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: now(),
    currency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
    customer: customerId,
    customer_account: null,
    customer_creation: customerId ? null : (form.customer_creation ?? 'if_required'),
    customer_details: null,
    customer_email: form.customer_email ?? null,
    discounts: [],
    excluded_payment_method_types: null,
    expires_at: form.expires_at ? Number(form.expires_at) : now() + 24 * HOUR,
    integration_identifier: null,
    invoice: null,
    invoice_creation: null,
    livemode: false,
    locale: form.locale ?? null,
    managed_payments: null,
    metadata: form.metadata ?? {},
    mode: 'payment',
    name_collection: null,
    optional_items: null,
    origin_context: null,
    // There is none before somebody tries to pay.
    payment_intent: null,
    payment_link: null,
    payment_method_collection: 'if_required',
    payment_method_configuration_details: null,
    payment_method_options: { card: { request_three_d_secure: 'automatic' } },
    payment_method_types: ['card'],
    payment_status: 'unpaid',
    permissions: null,
    phone_number_collection: { enabled: false },
    presentment_details: null,
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: 'open',
    submit_type: form.submit_type ?? null,
    subscription: null,
    success_url: form.success_url ?? null,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: 'hosted_page',
    url: `${base}/c/pay/${id}`,
    wallet_options: null,
  };
}

export const lineItem = ({ price_data: { currency, unit_amount, product_data }, quantity }) => ({
  id: fresh('li_'),
  object: 'item',
  adjustable_quantity: null,
  amount_discount: 0,
  amount_subtotal: unit_amount * quantity,
  amount_tax: 0,
  amount_total: unit_amount * quantity,
  currency,
  description: product_data.name,
  metadata: {},
  price: {
    id: fresh('price_'),
    object: 'price',
    active: false,
    billing_scheme: 'per_unit',
    created: now(),
    currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product: fresh('prod_', 14),
    recurring: null,
    tax_behavior: 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: 'one_time',
    unit_amount,
    unit_amount_decimal: String(unit_amount),
  },
  quantity,
});

export function paymentIntent(form, { amount, currency, customer }) {
  const id = fresh('pi_');
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic_async',
    client_secret: `${id}_secret_${fresh('', 25)}`,
    confirmation_method: 'automatic',
    created: now(),
    currency,
    customer,
    customer_account: null,
    description: form.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: form.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: { card: { installments: null, network: null, request_three_d_secure: 'automatic' } },
    payment_method_types: ['card'],
    processing: null,
    receipt_email: form.receipt_email ?? null,
    review: null,
    setup_future_usage: form.setup_future_usage ?? null,
    shipping: null,
    source: null,
    statement_descriptor: form.statement_descriptor ?? null,
    statement_descriptor_suffix: form.statement_descriptor_suffix ?? null,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
  };
}

const checks = () => ({ address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' });
const plate = (number) => ({
  brand: 'visa',
  checks: checks(),
  country: 'US',
  exp_month: 12,
  exp_year: new Date().getUTCFullYear() + 5,
  fingerprint: `fingerprint${number.slice(-4)}`,
  funding: 'credit',
  last4: number.slice(-4),
  regulated_status: 'unregulated',
  wallet: null,
});

export const paymentMethod = (number, who) => ({
  id: fresh('pm_'),
  object: 'payment_method',
  allow_redisplay: 'limited',
  billing_details: billing(who),
  card: {
    ...plate(number),
    display_brand: 'visa',
    generated_from: null,
    networks: { available: ['visa'], preferred: null },
    three_d_secure_usage: { supported: true },
  },
  created: now(),
  customer: null,
  customer_account: null,
  livemode: false,
  metadata: {},
  type: 'card',
});

export function charge(intent, method, { declined, authenticated }) {
  const id = fresh('ch_');
  const paid = !declined;
  return {
    id,
    object: 'charge',
    amount: intent.amount,
    amount_captured: paid ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: paid ? fresh('txn_') : null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: 'TAMUDA',
    captured: paid,
    created: now(),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: paid ? null : 'card_declined',
    failure_message: paid ? null : declined.words,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: {
      advice_code: paid ? null : 'try_again_later',
      network_advice_code: null,
      network_decline_code: paid ? null : '01',
      network_status: paid ? 'approved_by_network' : 'declined_by_network',
      reason: paid ? null : declined.decline,
      risk_level: 'normal',
      risk_score: 5,
      seller_message: paid ? 'Payment complete.' : 'The bank did not return any further details with this decline.',
      type: paid ? 'authorized' : 'issuer_declined',
    },
    paid,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: {
      card: {
        ...plate(method.card.last4),
        amount_authorized: paid ? intent.amount : null,
        authorization_code: null,
        extended_authorization: { status: 'disabled' },
        incremental_authorization: { status: 'unavailable' },
        installments: null,
        mandate: null,
        multicapture: { status: 'unavailable' },
        network: 'visa',
        network_token: { used: false },
        network_transaction_id: null,
        overcapture: { maximum_amount_capturable: intent.amount, status: 'unavailable' },
        three_d_secure: authenticated ? authentication() : null,
        transaction_link_id: null,
      },
      type: 'card',
    },
    radar_options: {},
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: paid ? `https://pay.stripe.com/receipts/payment/${id}` : null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: paid ? 'succeeded' : 'failed',
    transfer_data: null,
    transfer_group: null,
  };
}

const authentication = () => ({
  authentication_flow: 'challenge',
  electronic_commerce_indicator: '05',
  exemption_indicator: null,
  result: 'authenticated',
  result_reason: null,
  transaction_id: fresh('', 28),
  version: '2.2.0',
});

export const refund = (form, charge, { amount, status }) => ({
  id: fresh('re_'),
  object: 'refund',
  amount,
  balance_transaction: fresh('txn_'),
  charge: charge.id,
  created: now(),
  currency: charge.currency,
  customer: charge.customer,
  customer_account: null,
  destination_details: {
    card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' },
    type: 'card',
  },
  metadata: form.metadata ?? {},
  payment_intent: charge.payment_intent,
  payment_method: charge.payment_method,
  reason: form.reason ?? null,
  receipt_number: null,
  source_transfer_reversal: null,
  status,
  transfer_reversal: null,
  ...(status === 'pending' && { pending_reason: 'processing' }),
});

export const event = (type, object, asked) => ({
  id: fresh('evt_'),
  object: 'event',
  api_version: VERSION,
  created: now(),
  data: { object: structuredClone(object) },
  livemode: false,
  pending_webhooks: 0,
  request: { id: asked?.id ?? null, idempotency_key: asked?.key ?? null },
  type,
});
