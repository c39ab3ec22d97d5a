// Shows the messages that push services bring, and opens what they are about. Keeps nothing and serves no page.
addEventListener('push', (event) => {
  let message = {};
  try {
    message = event.data.json();
  } catch {
    // A message without words still has to be shown: browsers insist on it.
  }
  const { title = 'kbalertz', body = '', url = '/account', tag } = message;
  event.waitUntil(registration.showNotification(title, { body, tag, data: { url } }));
});

addEventListener('notificationclick', (event) => {
  event.notification.close();
  const url = new URL(event.notification.data.url, location.origin);
  // Pages of this site alone, whatever the message says.
  if (url.origin === location.origin) event.waitUntil(clients.openWindow(url.href));
});
