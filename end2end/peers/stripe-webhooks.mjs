// Webhooks as Stripe sends them: signed over their very bytes, sent again until they are taken; and what becomes of
// them on the way when a test wants it.
import { createHmac } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { all, listeners, peek } from './stripe-rules.mjs';

const N_ATTEMPTS = 6;

export const endpoint = { url: undefined, secrets: [] };
export const way = {};
export const deliveries = [];
const held = [];

const digest = (secret, text) => createHmac('sha256', secret).update(text).digest('hex');

// Stripe's header for this body: a signature for each secret, and one of the old scheme as in its test mode.
export function signature(body, secrets, age_s = 0) {
  // Whoever receives it has this machine's time, wherever the peer's own is.
  const t = Math.floor(Date.now() / 1000) - age_s;
  const signed = secrets.map((secret) => `v1=${digest(secret, `${t}.${body}`)}`);
  return [`t=${t}`, ...signed, `v0=${digest('the old scheme', body)}`].join(',');
}

// Sends these bytes once; the status that is answered, 0 for none.
async function post(body, { secrets = endpoint.secrets, age_s, spoil, unsigned } = {}, record = {}) {
  const headers = { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'Stripe/1.0' };
  if (!unsigned) headers['stripe-signature'] = signature(body, secrets, age_s);
  // The same event to whoever reads it, and other bytes.
  const bytes = spoil ? body.replace(/\}\s*$/, ' }') : body;
  const made = { method: 'POST', headers, body: bytes, redirect: 'manual', signal: AbortSignal.timeout(10_000) };
  const status = await fetch(endpoint.url, made).then(
    async (answer) => {
      await answer.arrayBuffer();
      return answer.status;
    },
    () => 0,
  );
  deliveries.push({ ...record, status });
  return status;
}

const isTaken = (status) => status >= 200 && status < 300;
const written = (event) => JSON.stringify({ ...event, pending_webhooks: 1 }, null, 2);

async function deliver(event, { retry_ms = 500, ...how }) {
  const { id, type } = event;
  for (let attempt = 1; attempt <= N_ATTEMPTS; attempt += 1) {
    if (isTaken(await post(written(event), how, { event: id, type, attempt }))) return;
    await sleep(retry_ms * 2 ** (attempt - 1));
  }
}

listeners.push(async (event) => {
  if (!endpoint.url) return;
  const { id, type } = event;
  const { drop, hold, delay_ms = 0, copies = 1, types = [type], ...how } = way;
  if (!types.includes(type)) return deliver(event, {});
  if (drop) return deliveries.push({ event: id, type, dropped: true });
  if (hold) return held.push(event);
  await sleep(delay_ms);
  await Promise.all(Array.from({ length: copies }, () => deliver(event, how)));
});

// Sends what was held, one after the other.
export async function release({ reversed, copies = 1 }) {
  const events = reversed ? held.splice(0).reverse() : held.splice(0);
  const statuses = [];
  for (const event of events) {
    for (let n = 0; n < copies; n += 1) {
      statuses.push(await post(written(event), {}, { event: event.id, type: event.type, attempt: n + 1 }));
    }
  }
  return { statuses };
}

// Sends one event now: by its id, the last of a type, or whatever `body` is.
export async function send({ event, type, body, ...how }) {
  const found = event ? peek(event) : all('event').findLast((one) => one.type === type);
  if (body === undefined && !found) throw new Error(`there is no event ${event ?? type}`);
  return { status: await post(body ?? written(found), how, { event: found?.id, type: found?.type }), event: found?.id };
}

export const nHeld = () => held.length;
