// Asks the browser for a passkey, for the forms that say so: `data-passkey` is what to do (`create` or `get`), `data-begin`
// where the portal says what to sign. The answer goes with the form, which the portal then reads like any other.
const passkeys = window.PublicKeyCredential;
const isKnown = passkeys?.parseCreationOptionsFromJSON && passkeys.parseRequestOptionsFromJSON;
// One question at a time: a button ends the one that waits behind the address field.
let asked = new AbortController();

async function begin(form, mediation) {
  const answer = await fetch(form.dataset.begin, { method: "POST" });
  if (answer.ok && !answer.redirected) return (await answer.json()).publicKey;
  // Nobody has pressed anything yet, or it was pressed too often: the page stays.
  if (mediation || answer.status === 429) throw new Error(`${answer.status}`);
  // The portal wants something first: sent without an answer, the form leads there.
  form.submit();
  return new Promise(() => {});
}

async function ask(form, mediation) {
  const { signal } = asked;
  const isNew = form.dataset.passkey === "create";
  const options = await begin(form, mediation);
  const publicKey = isNew
    ? passkeys.parseCreationOptionsFromJSON(options)
    : passkeys.parseRequestOptionsFromJSON(options);
  const credential = await navigator.credentials[isNew ? "create" : "get"]({ publicKey, signal, mediation });
  form.elements.credential.value = JSON.stringify(credential.toJSON());
  form.submit();
}

async function prepare(form) {
  const part = (name) => form.querySelector(`[data-part="${name}"]`);
  part("without").hidden = true;
  part("ready").hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    asked.abort();
    asked = new AbortController();
    part("failed").hidden = true;
    try {
      await ask(form);
    } catch {
      part("failed").hidden = false;
    }
  });
  if (!("autofill" in form.dataset) || !(await passkeys.isConditionalMediationAvailable?.())) return;
  // Offered with the addresses that the browser knows; whoever types a password has not failed.
  await ask(form, "conditional").catch(() => {});
}

if (isKnown) document.querySelectorAll("form[data-passkey]").forEach(prepare);
