/** The notifications button: the browser is asked, the server is told, and the page shows the state. */
import { flushPromises } from '@vue/test-utils'
import { beforeEach, expect, it, vi } from 'vitest'
import { answer, asked, Problem } from '../components/support/server'

const NEW = 'POST /api/subscriptions/push'
const KEPT = { id: 's1', manageToken: 'secret', endpoint: 'https://push.example/1' }
let subscription: { endpoint: string; unsubscribe: () => Promise<boolean> } | null
let cache: Map<string, string>
let permission: NotificationPermission

const makeSubscription = (endpoint: string) => ({
  endpoint,
  unsubscribe: async () => {
    subscription = null
    return true
  },
})

beforeEach(() => {
  vi.resetModules()
  subscription = null
  cache = new Map()
  permission = 'default'
  const pushManager = {
    getSubscription: async () => subscription,
    subscribe: async () => (subscription ??= makeSubscription(KEPT.endpoint)),
  }
  const registration = { pushManager }
  vi.stubGlobal('PushManager', Object)
  vi.stubGlobal('Notification', {
    get permission() {
      return permission
    },
    requestPermission: async () => (permission = 'granted'),
  })
  vi.stubGlobal('navigator', {
    userAgent: 'Firefox',
    serviceWorker: {
      ready: Promise.resolve(registration),
      register: async () => registration,
      getRegistration: async () => registration,
    },
  })
  vi.stubGlobal('caches', {
    open: async () => ({
      match: async (key: string) => (cache.has(key) ? new Response(cache.get(key)) : undefined),
      put: async (key: string, value: Response) => void cache.set(key, await value.text()),
      delete: async (key: string) => cache.delete(key),
    }),
  })
  answer('GET /api/push/key', { publicKey: 'key' })
  answer(NEW, { id: 's1', manageToken: 'secret' })
})

async function open(form = '') {
  document.body.innerHTML = `${form}<button data-notifications></button><p data-notifications-say hidden></p>`
  await import('../../browser/notifications')
  await settled()
  const button = document.querySelector<HTMLButtonElement>('button[data-notifications]')!
  const press = async () => {
    button.click()
    await settled()
  }
  return { button, press, line: document.querySelector<HTMLElement>('[data-notifications-say]')! }
}
async function settled() {
  for (let i = 0; i < 5; i++) await flushPromises()
}
const sent = () => asked.map(({ what }) => what).filter(what => !what.startsWith('GET'))
const alreadyOn = (kept: object | undefined = KEPT) => {
  permission = 'granted'
  subscription = makeSubscription(KEPT.endpoint)
  if (kept) cache.set('/kept', JSON.stringify(kept))
}

it('is turned on by a press, with the wants of the form on the page', async () => {
  const { button, press, line } = await open(
    `<form><input name="frequency" value="daily"><input name="minRating" value="4"></form>`,
  )
  expect([button.disabled, line.hidden]).toEqual([false, true])
  await press()
  expect(sent()).toEqual([NEW])
  expect(asked.at(-1)!.body).toMatchObject({
    subscription: { endpoint: KEPT.endpoint },
    wants: { frequency: 'daily', minRating: 4 },
  })
  expect(JSON.parse(cache.get('/kept')!)).toEqual(KEPT)
  expect(button.textContent).toContain('off')
  expect(line.hidden).toBe(false)
})

it('is turned off by a press: the browser, the page and the server forget it', async () => {
  alreadyOn()
  sessionStorage.told = 1
  answer('DELETE /api/subscriptions/push/s1', undefined)
  const { button, press } = await open()
  await press()
  expect(sent()).toEqual(['DELETE /api/subscriptions/push/s1'])
  expect(asked.at(-1)!.headers.get('authorization')).toBe('Bearer secret')
  expect([subscription, cache.size]).toEqual([null, 0])
  expect(button.textContent).toContain('on')
})

it('tells the server once per tab that this browser is still there, without wants', async () => {
  alreadyOn()
  await open()
  expect(sent()).toEqual([NEW])
  expect(asked.at(-1)!.body).not.toHaveProperty('wants')
  vi.resetModules()
  await open()
  expect(sent()).toEqual([NEW])
})

it('stays the same reader at another address of the push service', async () => {
  alreadyOn({ ...KEPT, endpoint: 'https://push.example/old' })
  answer('PATCH /api/subscriptions/push/s1', {})
  await open()
  expect(sent()).toEqual(['PATCH /api/subscriptions/push/s1'])
  expect(JSON.parse(cache.get('/kept')!)).toEqual(KEPT)
})

it('keeps what the server says its reader wants', async () => {
  alreadyOn()
  const wants = { minRating: 4, quiet: { from: '22:00', to: '07:00' } }
  answer(NEW, { id: 's1', manageToken: 'secret', wants })
  await open()
  expect(JSON.parse(cache.get('/kept')!)).toEqual({ ...KEPT, wants })
})

it('is a new reader if the server forgot the old one', async () => {
  alreadyOn({ ...KEPT, id: 's0', endpoint: 'https://push.example/old' })
  answer('PATCH /api/subscriptions/push/s0', new Problem(404))
  await open()
  expect(sent()).toEqual(['PATCH /api/subscriptions/push/s0', NEW])
  expect(JSON.parse(cache.get('/kept')!)).toEqual(KEPT)
})

it('sends changed wants to the server while it is on', async () => {
  alreadyOn()
  sessionStorage.told = 1
  await open(`<form><input name="frequency" value="daily"></form>`)
  document.querySelector('form')!.dispatchEvent(new Event('change'))
  await settled()
  expect(asked.at(-1)!.body).toMatchObject({ wants: { frequency: 'daily' } })
})

it('says why the server refused, and stays off', async () => {
  answer(NEW, new Problem(422, { title: 'No', detail: 'The address is not of a push service.' }))
  const { button, press, line } = await open()
  await press()
  expect(line.textContent).toContain('The address is not of a push service.')
  expect([button.textContent, button.disabled]).toEqual([expect.stringContaining('on'), false])
  expect(cache.size).toBe(0)
})

it('cannot be pressed if the browser blocks notifications or lacks them', async () => {
  permission = 'denied'
  const blocked = await open()
  expect([blocked.button.disabled, blocked.line.hidden]).toEqual([true, false])
  vi.resetModules()
  vi.stubGlobal('PushManager', undefined)
  const unable = await open()
  expect([unable.button.disabled, unable.line.hidden]).toEqual([true, false])
})
