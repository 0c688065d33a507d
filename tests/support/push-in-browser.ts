/**
 * A browser that subscribes at our own push service, because without a network it can reach no
 * other. Permission, service worker, decrypted text and notifications are real.
 */
import type { Browser, BrowserContext, Page } from 'playwright'
import type { Subscriber } from './push-service'

export interface Shown {
  title: string
  body: string
  tag: string
  silent: boolean
  navigate: string
}

/**
 * What the service must do for the browser: issue a subscription bound to the key that asked for
 * it.
 */
export interface Subscribing {
  subscribe: (applicationServerKey: string) => Subscriber | Promise<Subscriber>
}

export async function openBrowser(browser: Browser, origin: string, service: Subscribing) {
  const context = await browser.newContext({ baseURL: origin })
  const subscribers: Subscriber[] = []
  await context.grantPermissions(['notifications'], { origin })
  await context.exposeFunction('subscribeElsewhere', async (key: string) => {
    const subscriber = await service.subscribe(key)
    subscribers.push(subscriber)
    return subscriber.subscription
  })
  await context.addInitScript(replacePushManager)
  return {
    context,
    subscribers,
    deliver: (page: Page, text: string) => deliver(context, page, text),
    shown,
  }
}

/** Runs in the page, before its scripts. The subscription outlives the page, as a real one does. */
function replacePushManager() {
  const drawer = 'a subscription elsewhere'
  const read = () => {
    const kept = localStorage.getItem(drawer)
    return (
      kept && {
        ...JSON.parse(kept),
        toJSON: () => JSON.parse(kept),
        unsubscribe: async () => {
          localStorage.removeItem(drawer)
          return true
        },
      }
    )
  }
  PushManager.prototype.getSubscription = async () => read() || null
  PushManager.prototype.subscribe = async options => {
    const { subscribeElsewhere } = window as unknown as {
      subscribeElsewhere: (key: unknown) => Promise<object>
    }
    if (!read())
      localStorage.setItem(
        drawer,
        JSON.stringify(await subscribeElsewhere(options!.applicationServerKey)),
      )
    return read()
  }
}

/**
 * Hands a decrypted message to the service worker, as the browser's own push client does. The
 * session stays open, because closing it too early loses the message.
 */
async function deliver(context: BrowserContext, page: Page, text: string) {
  const devtools = await context.newCDPSession(page)
  const found = new Promise<string>(resolve => {
    devtools.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
      const active = versions.find(version => version.status === 'activated')
      if (active) resolve(active.registrationId)
    })
  })
  await devtools.send('ServiceWorker.enable')
  await devtools.send('ServiceWorker.deliverPushMessage', {
    origin: new URL(page.url()).origin,
    registrationId: await found,
    data: text,
  })
}

/** The notifications that the person sees. */
const shown = (page: Page) =>
  page.evaluate(async (): Promise<Shown[]> => {
    const all = await (await navigator.serviceWorker.ready).getNotifications()
    return all.map(({ title, body, tag, silent, data }) => ({
      title,
      body,
      tag,
      silent: Boolean(silent),
      navigate: data.navigate,
    }))
  })
