/** The service worker, served as /sw.js: shows push notifications, opens their pages when pressed, and renews the subscription when its address changes. */
import { openPage } from './service-worker/open-page'
import { renewSubscription } from './service-worker/renew-subscription'
import { showPush } from './service-worker/show-push'

declare const self: ServiceWorkerGlobalScope

self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', event => event.waitUntil(self.clients.claim()))
self.addEventListener('push', event => event.waitUntil(showPush(event.data)))
self.addEventListener('notificationclick', event => {
  event.notification.close()
  event.waitUntil(openPage(event.notification.data.navigate))
})
self.addEventListener('pushsubscriptionchange', event => event.waitUntil(renewSubscription(event)))
