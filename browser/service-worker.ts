/** The service worker, served as /sw.js: shows push notifications, opens their pages when pressed, says so when the reader is offline, and renews the subscription when its address changes. */
import { answerOffline, keepOfflinePage } from './service-worker/offline-page'
import { openPage } from './service-worker/open-page'
import { renewSubscription } from './service-worker/renew-subscription'
import { showPush } from './service-worker/show-push'

declare const self: ServiceWorkerGlobalScope

self.addEventListener('install', event => {
  void self.skipWaiting()
  // A worker that cannot keep the page still shows notifications.
  event.waitUntil(keepOfflinePage().catch(() => {}))
})
self.addEventListener('fetch', answerOffline)
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()))
self.addEventListener('push', event => event.waitUntil(showPush(event.data)))
self.addEventListener('notificationclick', event => {
  event.notification.close()
  event.waitUntil(openPage(event.notification.data.navigate))
})
self.addEventListener('pushsubscriptionchange', event => event.waitUntil(renewSubscription(event)))
