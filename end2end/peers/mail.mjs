// A mail server for tests. It takes letters by STARTTLS and by implicit TLS, only from who signs in, and hands them out over
// HTTP: GET /letters. POST /refuse {"code": 550, "words": "…", "times": 1} makes it refuse recipients. POST /silence
// {"greeting": 1, "data": 1} makes it say nothing to so many who connect next, and to so many letters that are handed over
// next, which it does not keep; GET /silence is how many are still to come.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { simpleParser } from 'mailparser';

const [, , key, cert] = process.argv;
const letters = [];
let refusal = { code: 550, words: '', times: 0 };
const silence = { greeting: 0, data: 0 };

const isSilent = (at) => {
  if (silence[at] <= 0) return false;
  silence[at] -= 1;
  return true;
};

const failed = (words, responseCode) => Object.assign(new Error(words), { responseCode });

// A client that breaks off must not end the server.
const mail = (secure) => made(secure).on('error', ({ message }) => console.error(message));

const made = (secure) =>
  new SMTPServer({
    secure,
    key: readFileSync(key),
    cert: readFileSync(cert),
    authOptional: false,
    // Whoever waits for an answer gives up by itself, and is not told to.
    socketTimeout: 600_000,
    onConnect(_, done) {
      if (!isSilent('greeting')) done();
    },
    onAuth({ username, password }, _, done) {
      const known = username === 'tamuda' && password === 'a secret';
      known ? done(null, { user: username }) : done(failed('who are you', 535));
    },
    onRcptTo(_, __, done) {
      if (refusal.times <= 0) return done();
      refusal.times -= 1;
      done(failed(refusal.words, refusal.code));
    },
    onData(stream, { envelope, secure: encrypted, user }, done) {
      if (isSilent('data')) return void stream.resume();
      simpleParser(stream).then((letter) => {
        const { subject, text, html, messageId } = letter;
        const to = envelope.rcptTo.map(({ address }) => address);
        letters.push({ from: letter.from?.text, to, subject, text, html, message_id: messageId, encrypted, user });
        done();
      }, done);
    },
  });

const control = createServer(async (request, response) => {
  const isOfSilence = request.url === '/silence';
  if (request.method === 'POST') {
    const asked = JSON.parse(await text(request));
    if (isOfSilence) Object.assign(silence, asked);
    else refusal = asked;
  }
  response.setHeader('content-type', 'application/json').end(JSON.stringify(isOfSilence ? silence : letters));
});

const listening = (server) => new Promise((ready) => server.listen(0, '127.0.0.1', () => ready(server.address().port)));
const [starttls, tls] = [mail(false), mail(true)];
const port = (server) => listening({ listen: (...rest) => server.listen(...rest), address: () => server.server.address() });
console.log(JSON.stringify({ starttls: await port(starttls), tls: await port(tls), control: await listening(control) }));
