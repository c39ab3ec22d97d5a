// The button that lets this browser show digests. Without a script, or where it can't, the button stays hidden.
const form = document.querySelector('form[data-push]');
if (form && 'serviceWorker' in navigator && 'PushManager' in window) {
  const status = form.querySelector('[role=status]');
  // The policy of the site lets a script be loaded by this one name only, from this one address.
  const address = window.trustedTypes
    ? trustedTypes
        .createPolicy('push-worker', { createScriptURL: () => '/push-worker.js' })
        .createScriptURL('')
    : '/push-worker.js';
  form.hidden = false;
  form.addEventListener('submit', async (event) => {
    if (form.elements.endpoint.value !== '') return;
    event.preventDefault();
    const button = form.querySelector('button');
    button.disabled = true;
    try {
      if ((await Notification.requestPermission()) !== 'granted') {
        throw new Error(
          'The browser was not allowed to show messages. Allow it in its settings, then try again.',
        );
      }
      await navigator.serviceWorker.register(address, { scope: '/' });
      const worker = await navigator.serviceWorker.ready;
      const options = { userVisibleOnly: true, applicationServerKey: form.dataset.push };
      const subscription = (await worker.pushManager.subscribe(options)).toJSON();
      form.elements.endpoint.value = subscription.endpoint;
      form.elements.p256dh.value = subscription.keys.p256dh;
      form.elements.auth.value = subscription.keys.auth;
      form.submit();
    } catch (error) {
      status.textContent = `Nothing was set up. ${error.message}`;
      button.disabled = false;
    }
  });
}
