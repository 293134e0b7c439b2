// The pages that Stripe hosts: one to pay on, and one of the bank that asks whether it is really the card's holder.
import { text } from 'node:stream/consumers';
import { Refusal, authenticate, expireDue, found, hidden, pay, peek } from './stripe-rules.mjs';

const escaped = (words) => String(words).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
const page = (title, body) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><link rel="icon" href="data:,">
   <main><h1>${title}</h1>${body}</main></html>`;
const intentOf = (session) => peek(session.setup_intent ?? session.payment_intent) ?? {};
const errorOf = (session) => intentOf(session).last_payment_error ?? intentOf(session).last_setup_error;
const price = ({ amount_total, currency }) => `${(amount_total / 100).toFixed(2)} ${currency.toUpperCase()}`;

export const back = ({ id, success_url }) => success_url.replaceAll('{CHECKOUT_SESSION_ID}', id);

function form(session, words) {
  const said = words ? `<p role="alert">${escaped(words)}</p>` : '';
  const left = session.cancel_url ? `<p><a href="${escaped(session.cancel_url)}">Back</a></p>` : '';
  const what = hidden(session).lines.map(({ description }) => `<p>${escaped(description)}</p>`).join('');
  const card = '<label>Card number <input name="number" inputmode="numeric" autocomplete="cc-number" required></label>';
  const [title, button] = session.mode === 'setup' ? ['Save a card', 'Save'] : [`Pay ${price(session)}`, 'Pay'];
  return page(title, `${what}${said}<form method="post">${card} <button>${button}</button></form>${left}`);
}

const bank = page(
  'Is it you?',
  `<p>Your bank asks whether you make this payment.</p>
   <form method="post"><button name="answer" value="accept">It is me</button>
   <button name="answer" value="refuse">It is not me</button></form>`,
);
const closed = {
  complete: page('This payment is done', '<p>It was paid before.</p>'),
  expired: page('This page has expired', '<p>Go back to whoever sent you here.</p>'),
};

// Answers a request for one of the pages.
export async function show(request, response) {
  try {
    await answer(request, response);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    html(response, page('This cannot be done', `<p role="alert">${escaped(error.message)}</p>`), error.status);
  }
}

const html = (response, body, status = 200) =>
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(body);
const lead = (response, location) => response.writeHead(303, { location }).end();

async function answer(request, response) {
  const [, , kind, id] = request.url.split('?')[0].split('/');
  const sent = request.method === 'POST' ? new URLSearchParams(await text(request)) : undefined;
  expireDue();
  if (kind === 'pay') return answerPayment(response, found(id, 'checkout.session'), sent);
  if (kind === '3ds') return answerBank(response, found(id, peek(id)?.object ?? 'payment_intent'), sent);
  html(response, page('There is no such page', ''), 404);
}

function answerPayment(response, session, sent) {
  if (session.status !== 'open') return html(response, closed[session.status]);
  if (!sent) return html(response, form(session, errorOf(session)?.message));
  let intent;
  try {
    intent = pay(session, sent.get('number') ?? '');
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return html(response, form(session, error.message), error.status);
  }
  if (intent.status === 'succeeded') return lead(response, back(session));
  if (intent.status === 'requires_action') return lead(response, intent.next_action.redirect_to_url.url);
  html(response, form(session, errorOf(session).message), 402);
}

function answerBank(response, intent, sent) {
  if (!sent) return html(response, bank);
  authenticate(intent, sent.get('answer') === 'accept');
  const { session, returnUrl } = hidden(intent);
  if (!session) return returnUrl ? lead(response, returnUrl) : html(response, page('You can close this page', ''));
  lead(response, intent.status === 'succeeded' ? back(session) : session.url);
}
