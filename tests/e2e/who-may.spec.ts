/** Every route of the API, called by everybody: a stranger, each role, and a token of each scope. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Scope, SCOPES } from '../../server/access/tokens'
import { type Caller, caller, makeOwner, signIn, withToken } from '../support/account'
import { startServer, type TestServer } from '../support/server'
import { type Who, WHO_MAY } from '../support/who-may'

type Role = 'critic' | 'editor' | 'owner'

/** A person at the desk, or a token of one scope that this person made. */
interface Person {
  role: Role
  scope?: Scope
}
let server: TestServer
const callers: { name: string; person?: Person; call: Caller }[] = []
const member = (role: Role) => ({
  name: role,
  email: `${role}@example.org`,
  password: `the ${role} sits in row seven`,
  role,
})

beforeAll(async () => {
  server = await startServer()
  const owner = await makeOwner(server.url)
  callers.push({ name: 'a stranger', call: caller(server.url) })
  callers.push({ name: 'an owner', person: { role: 'owner' }, call: owner })
  for (const role of ['editor', 'critic'] as const) {
    await owner('/api/people', { body: member(role) })
    const call = await signIn(server.url, member(role))
    callers.push({ name: `a session of the role ${role}`, person: { role }, call })
  }
  for (const scope of SCOPES)
    callers.push({
      name: `an owner's token of the scope ${scope}`,
      person: { role: 'owner', scope },
      call: await withToken(server.url, owner, [scope]),
    })
  const critic = callers.find(({ name }) => name.endsWith('critic'))!.call
  callers.push({
    name: "a critic's token of the scope reviews",
    person: { role: 'critic', scope: 'reviews' },
    call: await withToken(server.url, critic, ['reviews']),
  })
})
afterAll(() => server?.kill())

/** Whether the rule lets this person in. */
function mayCall(rule: Who, { role, scope }: Person): boolean {
  if (rule === 'public' || rule === 'somebody') return true
  if (rule === 'reader') return false
  if (rule === 'session') return !scope
  if (rule === 'session editor') return !scope && role !== 'critic'
  if (rule === 'session owner') return !scope && role === 'owner'
  if (rule === 'reviews editor') return role !== 'critic' && (scope ?? 'reviews') === 'reviews'
  return scope ? scope === rule : rule === 'reviews' || role !== 'critic'
}

/** What each may, and what came of it: nothing is named that exists, so nothing changes. */
const rows = Object.entries(WHO_MAY).filter(([, rule]) => rule !== 'public')

describe.each(rows)('%s', (route, rule) => {
  const [method, address] = route.split(' ') as [string, string]
  const path = address.replaceAll(/:\w+/g, 'nothing')
  const body = method === 'GET' ? undefined : {}

  it(`is for: ${rule}`, async () => {
    const verdicts: Record<string, string> = {}
    const right: Record<string, string> = {}
    for (const { name, person, call } of callers) {
      const { status } = await call(path, { method, ...(body && { body }) })
      verdicts[name] = verdictOf(status)
      right[name] = expected(rule, person)
    }
    expect(verdicts).toEqual(right)
  })
})

function verdictOf(status: number): string {
  if (status === 401) return 'who are you?'
  if (status === 403) return 'not you'
  return status < 500 ? 'in' : `${status}`
}

function expected(rule: Who, person: Person | undefined): string {
  if (!person || rule === 'reader') return 'who are you?'
  return mayCall(rule, person) ? 'in' : 'not you'
}

describe("a token of the scope webhooks rules its own maker's webhooks and no others", () => {
  const webhook = { url: 'https://partner.example/hook', shape: 'thin' }
  const asked: [method: string, path: string, body?: object][] = [
    ['GET', ''],
    ['PATCH', '', { enabled: false }],
    ['POST', '/rotate', {}],
    ['POST', '/test', {}],
    ['POST', '/replay', { from: 0, dryRun: true }],
    ['DELETE', ''],
  ]
  const named = (name: string) => callers.find(one => one.name === name)!.call
  const statuses = async (call: Caller, id: string, asks = asked) => {
    const found: number[] = []
    for (const [method, path, body] of asks)
      found.push((await call(`/api/webhooks/${id}${path}`, { method, body })).status)
    return found
  }

  it('even if its maker is an owner; at the desk, editors rule them all', async () => {
    const editor = named('a session of the role editor')
    const ofEditor = await withToken(server.url, editor, ['webhooks'])
    const ofOwner = named("an owner's token of the scope webhooks")
    const { id } = (await ofEditor('/api/webhooks', { body: webhook })).body
    expect(await statuses(ofOwner, id)).toEqual([404, 404, 404, 404, 404, 404])
    expect((await ofOwner('/api/webhooks')).body.items).toEqual([])
    expect((await ofEditor('/api/webhooks')).body.items).toMatchObject([{ id, state: 'active' }])
    expect((await named('an owner')('/api/webhooks')).body.items).toMatchObject([{ id }])
    const another = await withToken(server.url, editor, ['webhooks'])
    expect(await statuses(another, id, asked.slice(0, 2))).toEqual([200, 200])
    expect(await statuses(named('an owner'), id, asked.slice(-1))).toEqual([204])
  })
})
