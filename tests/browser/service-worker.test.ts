/** The built /sw.js in a simulated worker scope: this tests what a real browser cannot be made to send; the rest is in tests/e2e/push.spec.ts. */
import { join } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import { beforeEach, describe, expect, it } from 'vitest'
import { bundleScript } from '../../modules/browser-script.ts'

const source = await bundleScript('sw', join(import.meta.dirname, '../..'))
const origin = 'https://mymovies.example'

interface Shown {
  title: string
  options: Record<string, unknown> & { body: string; tag: string; data: { navigate: string } }
}
let shown: Shown[]
let opened: string[]
let focused: string[]
let pages: string[]
let calls: { method: string; url: string; body?: unknown; authorization?: string }[]
let drawer: Map<string, string>
let answers: Record<string, number>
let fire: (type: string, event?: object) => Promise<unknown>

beforeEach(() => {
  shown = []
  opened = []
  focused = []
  pages = []
  calls = []
  drawer = new Map()
  answers = {}
  const listeners: Record<string, (event: object) => void> = {}
  const self = {
    location: { origin },
    skipWaiting: () => {},
    addEventListener: (type: string, listener: (event: object) => void) => {
      listeners[type] = listener
    },
    registration: {
      showNotification: async (title: string, options: Shown['options']) => {
        shown.push({ title, options })
      },
      pushManager: {
        subscribe: async (options: object) => ({ endpoint: 'https://push.example/new', options }),
      },
    },
    clients: {
      claim: async () => {},
      matchAll: async () =>
        pages.map(url => ({
          url,
          focus: async () => {
            focused.push(url)
          },
        })),
      openWindow: async (url: string) => {
        opened.push(url)
      },
    },
  }
  const caches = {
    open: async () => ({
      match: async (key: string) => (drawer.has(key) ? new Response(drawer.get(key)) : undefined),
      put: async (key: string, value: Response) => {
        drawer.set(key, await value.text())
      },
    }),
  }
  const fetch = async (
    url: string,
    {
      method = 'GET',
      body,
      headers = {},
    }: { method?: string; body?: string; headers?: Record<string, string> } = {},
  ) => {
    calls.push({
      method,
      url,
      body: body && JSON.parse(body),
      authorization: headers.authorization,
    })
    return Response.json(
      { publicKey: 'key', id: 'new', manageToken: 'token' },
      { status: answers[method] ?? 200 },
    )
  }
  runInContext(source, createContext({ self, caches, fetch, URL, Response }))
  fire = async (type, event = {}) => {
    let done: unknown
    listeners[type]!({
      ...event,
      waitUntil: (promise: unknown) => {
        done = promise
      },
    })
    return done
  }
})

const push = (text?: string) =>
  fire('push', { data: text === undefined ? null : { json: () => JSON.parse(text) } })
const told = (notification: object) => push(JSON.stringify({ web_push: 8030, notification }))

describe('a push', () => {
  it('is shown as it says', async () => {
    await told({
      title: 'The Third Man, 5',
      body: 'Everyone.',
      navigate: `${origin}/reviews/x`,
      tag: 'r1',
    })
    expect(shown).toMatchObject([
      {
        title: 'The Third Man, 5',
        options: {
          body: 'Everyone.',
          tag: 'r1',
          silent: false,
          renotify: false,
          data: { navigate: `${origin}/reviews/x` },
        },
      },
    ])
  })

  it('that corrects an earlier one makes no sound', async () => {
    await told({
      title: 'The Third Man, 5',
      body: 'Corrected.',
      tag: 'r1',
      silent: true,
      renotify: false,
    })
    expect(shown).toMatchObject([{ options: { silent: true, renotify: false, tag: 'r1' } }])
  })

  it.each([
    undefined,
    '',
    'null',
    '[]',
    '{}',
    'not json',
    '{"notification":null}',
    '{"notification":{}}',
    '{"notification":{"title":""}}',
    '"text"',
  ])('%s is still shown', async text => {
    await push(text)
    expect(shown).toMatchObject([
      { title: 'MyMovies', options: { body: 'A new review is out.', data: { navigate: '/' } } },
    ])
  })

  it('with members of the wrong type is still shown', async () => {
    await told({ title: 5, body: { a: 1 }, tag: 7, navigate: null, silent: 'yes', renotify: 1 })
    expect(shown).toMatchObject([{ title: '5', options: { silent: false, renotify: false } }])
  })
})

describe('a press on it', () => {
  const press = async (navigate: string) => {
    let closed = false
    await fire('notificationclick', {
      notification: {
        data: { navigate },
        close: () => {
          closed = true
        },
      },
    })
    expect(closed).toBe(true)
  }

  it('opens the review', async () => {
    await press(`${origin}/reviews/x?from=push`)
    expect(opened).toEqual([`${origin}/reviews/x?from=push`])
  })

  it('focuses the tab that already shows it', async () => {
    pages = [`${origin}/`, `${origin}/reviews/x#end`]
    await press(`${origin}/reviews/x`)
    expect([focused, opened]).toEqual([[`${origin}/reviews/x#end`], []])
  })

  it.each(['https://evil.example/reviews/x', 'http://localhost:3000/reviews/x'])(
    'stays on this site (%s)',
    async navigate => {
      await press(navigate)
      expect(opened).toEqual([`${origin}/reviews/x`])
    },
  )

  it.each([
    'https://',
    'javascript:alert(1)',
    'null',
    'https://x.example//evil.example/',
    '//evil.example',
  ])('leads somewhere even with %s', async navigate => {
    await press(navigate)
    expect(opened).toHaveLength(1)
    expect(new URL(opened[0]!).origin).toBe(origin)
  })
})

describe('a new address from the push service', () => {
  it('is sent with the token that was kept: the same reader, the same wants', async () => {
    drawer.set(
      '/kept',
      JSON.stringify({ id: 'mine', manageToken: 'secret', endpoint: 'https://push.example/old' }),
    )
    await fire('pushsubscriptionchange', {
      oldSubscription: { options: { applicationServerKey: 'key' } },
    })
    expect(calls).toMatchObject([
      {
        method: 'PATCH',
        url: '/api/subscriptions/push/mine',
        authorization: 'Bearer secret',
        body: { subscription: { endpoint: 'https://push.example/new' } },
      },
    ])
    expect(JSON.parse(drawer.get('/kept')!)).toEqual({
      id: 'mine',
      manageToken: 'secret',
      endpoint: 'https://push.example/new',
    })
  })

  it('makes a new reader if nothing was kept, or the server forgot', async () => {
    await fire('pushsubscriptionchange', {})
    expect(calls.map(call => call.method)).toEqual(['GET', 'POST'])
    answers.PATCH = 404
    await fire('pushsubscriptionchange', {
      newSubscription: { endpoint: 'https://push.example/newer' },
    })
    expect(calls.slice(2).map(call => call.method)).toEqual(['PATCH', 'POST'])
    expect(JSON.parse(drawer.get('/kept')!)).toEqual({
      id: 'new',
      manageToken: 'token',
      endpoint: 'https://push.example/newer',
    })
  })

  it('a new reader wants what the lost one wanted, quiet hours too', async () => {
    const wants = { genres: ['Western'], quiet: { from: '22:00', to: '07:00' } }
    drawer.set('/kept', JSON.stringify({ id: 'mine', manageToken: 'secret', endpoint: 'x', wants }))
    answers.PATCH = 401
    await fire('pushsubscriptionchange', { newSubscription: { endpoint: 'https://new' } })
    expect(calls.at(-1)).toMatchObject({ method: 'POST', body: { wants } })
  })

  it('does not forget the reader when the server is busy', async () => {
    const kept = JSON.stringify({ id: 'mine', manageToken: 'secret', endpoint: 'https://old' })
    drawer.set('/kept', kept)
    answers = { PATCH: 503, POST: 503 }
    await fire('pushsubscriptionchange', { newSubscription: { endpoint: 'https://new' } })
    expect(drawer.get('/kept')).toBe(kept)
  })
})
