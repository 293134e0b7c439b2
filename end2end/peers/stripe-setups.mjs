// What Stripe's objects look like where a card is given and nothing is paid.
import { fresh, now, session } from './stripe-objects.mjs';

// A page on which a card is given and nothing is paid.
export const setupSession = (form, { currency, setupIntent, base }) => ({
  ...session(form, { currency, total: null, base }),
  mode: 'setup',
  payment_method_collection: 'always',
  payment_status: 'no_payment_required',
  setup_intent: setupIntent,
  total_details: null,
});

export function setupIntent(form, customer) {
  const id = fresh('seti_');
  return {
    id,
    object: 'setup_intent',
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: null,
    cancellation_reason: null,
    client_secret: `${id}_secret_${fresh('', 25)}`,
    created: now(),
    customer,
    customer_account: null,
    description: form.description ?? null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    managed_payments: null,
    mandate: null,
    metadata: form.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: { card: { mandate_options: null, network: null, request_three_d_secure: 'automatic' } },
    payment_method_types: ['card'],
    single_use_mandate: null,
    status: 'requires_payment_method',
    usage: 'off_session',
  };
}
