# A refusal: what happened, and what to do next.
problem = { $word ->
    [malformed] We could not read that request.
    [unauthenticated] You are not signed in.
    [wrong_password] The address or the password is wrong.
    [factor_needed] The password is right; a second factor is asked for besides.
    [wrong_factor] The code or the passkey is not the right one, or was used before.
    [forbidden] You may see this, but not do it.
    [not_found] This does not exist, or is not yours to see.
    [conflict] Something changed in the meantime.
    [idempotency_conflict] This form was already sent with other content.
    [quota_exceeded] That is more than your quota.
    [insufficient_credit] The balance does not cover the start.
    [budget_exceeded] The budget leaves too little for the start.
    [payment_overdue] What was due long ago is not paid.
    [not_for_sale] This GPU has no price at the moment.
    [name_taken] Another one already has this name.
    [precondition_failed] This page showed an older version.
    [invalid] A field cannot be what it is.
    [too_many_requests] That was too many requests at once.
    [internal] Something failed on our side.
    [unavailable] A part of ours does not answer right now.
   *[other] ? { $word }
}
problem-next = { $word ->
    [malformed] Go back, reload the page and try again.
    [unauthenticated] Sign in, and you will come back here.
    [wrong_password] Check both and try again.
    [factor_needed] Send the code of your authenticator, or a recovery code, with it.
    [wrong_factor] Wait for the next code, or use a recovery code.
    [forbidden] An owner or admin of the organisation can give you the permission.
    [not_found] Check the address, or ask whoever sent it to invite you.
    [conflict] Reload to see how things stand, then try again.
    [idempotency_conflict] Reload the page to get a fresh form.
    [quota_exceeded] Stop something, choose fewer GPUs, or ask the hub for a higher quota.
    [insufficient_credit] Top up the wallet, or choose something smaller.
    [budget_exceeded] Have its ceiling raised, or choose something smaller.
    [payment_overdue] Pay it from the wallet: starts are possible again at once.
    [not_for_sale] Choose another GPU. The hub sets a price before it can be launched.
    [name_taken] Choose another name.
    [precondition_failed] Reload to see the present one, then decide again.
    [invalid] The field says what it needs.
    [too_many_requests] Wait a minute, then try again.
    [internal] It has been logged. Try again; if it stays, tell us the request number.
    [unavailable] Nothing is lost. Try again in a few seconds.
   *[other] ? { $word }
}
