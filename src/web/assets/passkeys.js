// On the pages about signing in only. Without it, or where the browser knows no passkeys, the other ways stay.
const canCreate = typeof globalThis.PublicKeyCredential?.parseCreationOptionsFromJSON === 'function';
for (const form of document.querySelectorAll('[data-passkey]')) {
  if (!canCreate) break;
  form.hidden = false;
  const said = form.querySelector('[role=status]');
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    said.textContent = '';
    try {
      const answer = await fetch(form.dataset.options, { method: 'POST' });
      if (!answer.ok)
        throw new Error(`The site asked for no passkey (${answer.status}). Load this page again.`);
      const options = await answer.json();
      const credential =
        form.dataset.passkey === 'create'
          ? await navigator.credentials.create({
              publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
            })
          : await navigator.credentials.get({
              publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
            });
      form.elements.credential.value = JSON.stringify(credential);
      form.submit();
    } catch (error) {
      said.textContent =
        error.name === 'InvalidStateError'
          ? 'This device has a passkey of your account already.'
          : error.name === 'NotAllowedError'
            ? 'No passkey was used: it was cancelled, took too long, or there is none here. The other ways work.'
            : error.message;
    }
  });
}
