/**
 * A new listener is one new file: the example from CONTRIBUTING.md is put into a copy of the
 * project, and nothing else there is touched.
 */
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { cruise, type IConfiguration, type ICruiseResult } from 'dependency-cruiser'
import { format, resolveConfig } from 'prettier'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { listConsumers } from '../../modules/consumers'
import { checkSettings } from '../../server/app/check-settings'
import type { Reactor } from '../../server/delivery/contract/define-reactor'
import { canSend, settingsOf } from '../../server/delivery/contract/part-settings'
import { registerReactors } from '../../server/delivery/contract/registry'
import { eventMap } from '../../server/desk/event-map'
import { ChatRoom, TOKEN } from '../support/chat-room'
import room from '../support/room'
import { settingsTable } from '../support/settings-table'
import { reactorContract } from './contract'

vi.mock('../../server/read-models/use-projector', () => ({
  useProjector: () => ({
    followers: ['latest_reviews', 'search'].map(name => ({
      projection: { name, on: { ReviewRestored: () => {} } },
    })),
  }),
}))

const root = join(import.meta.dirname, '../..')
const part = room as unknown as Reactor
/**
 * As it would look in server/reactors/: closer to the server, so that shared/ is imported first.
 */
const source = await format(
  readFileSync(join(root, 'tests/support/room.ts'), 'utf8')
    .replaceAll("'../../server/", "'../")
    .replace(
      /^(import \{\s+defineReactor.*?)(^import type \{ PublicReview.*?wording'\n)/ms,
      '$2$1',
    ),
  { ...(await resolveConfig(join(root, 'package.json'))), parser: 'typescript' },
)

let chat: ChatRoom
beforeEach(async () => {
  chat = await ChatRoom.open()
  return () => chat.close()
})

reactorContract(
  'room',
  async () => ({
    reactor: part,
    given: { settings: { url: chat.url, token: TOKEN } },
    far: chat,
  }),
  { secrets: [TOKEN] },
)

it('CONTRIBUTING.md shows it as it is (npx vitest run tests/reactors/newcomer.test.ts -u)', async () => {
  const file = join(root, 'CONTRIBUTING.md')
  const page = readFileSync(file, 'utf8')
  const block = `\`\`\`ts\n${source}\`\`\``.replaceAll(/^(?=.)/gm, '   ')
  const wanted = page.replace(/^ {3}```ts\n.*?^ {3}```$/ms, () => block)
  expect(wanted).toContain(block)
  await expect(wanted).toMatchFileSnapshot(file)
})

describe('in a copy of the project', () => {
  let copy: string
  let reactors: Reactor[]
  beforeAll(async () => {
    const cache = join(root, 'node_modules/.cache')
    mkdirSync(cache, { recursive: true })
    copy = mkdtempSync(join(cache, 'newcomer-'))
    for (const folder of ['server', 'shared'])
      cpSync(join(root, folder), join(copy, folder), { recursive: true })
    writeFileSync(join(copy, 'server/reactors/room.ts'), source)
    const files = globSync('server/reactors/*.ts', { cwd: root }).map(file => join(root, file))
    const others = await Promise.all(files.map(async file => (await import(file)).default))
    reactors = [...others, part]
    registerReactors(reactors)
  })
  afterAll(() => rmSync(copy, { recursive: true }))

  it('the registry has it', () => {
    const list = listConsumers(join(copy, 'server'), 'reactors')
    expect(list).toContain('server/reactors/room.ts')
    expect(list.match(/^import /gm)).toHaveLength(reactors.length)
  })

  it('the event map has it as a column', () => {
    const { columns, rows } = eventMap()
    const reach = (type: string) =>
      rows.find(row => row.type === type)!.reach[columns.indexOf('Chat room')]
    expect(['ReviewPublished', 'ReviewFixed', 'ReviewRestored'].map(reach)).toEqual([
      'notified',
      'updated quietly',
      'nothing',
    ])
  })

  it('its settings are read, judged and documented', () => {
    expect(canSend(part)).toBe('Not set up')
    checkSettings()
    vi.stubEnv('NUXT_ROOM_TOKEN', '123')
    expect(settingsOf(part)).toEqual({ url: '', token: '123' })
    expect(checkSettings).toThrow('NUXT_ROOM_URL must be set too')
    vi.stubEnv('NUXT_ROOM_URL', 'room')
    expect(checkSettings).toThrow('NUXT_ROOM_URL must be a URL that starts with')
    vi.stubEnv('NUXT_ROOM_URL', 'https://room.example')
    expect(canSend(part)).toBe(true)
    checkSettings()
    vi.unstubAllEnvs()
    expect(settingsTable([part])).toContain(
      '| Chat room | `NUXT_ROOM_TOKEN` | none | a token that may write there |',
    )
  })

  it('the walls allow it, and would not let it import readers', async () => {
    const nosy = `${source}\nimport '../readers/push-audience'\n`
    writeFileSync(join(copy, 'server/reactors/nosy.ts'), nosy)
    const { forbidden, options } = createRequire(import.meta.url)(
      join(root, '.dependency-cruiser.cjs'),
    ) as Required<Pick<IConfiguration, 'forbidden' | 'options'>>
    const { tsConfig: _, ...rest } = options
    const rules = { ...rest, ruleSet: { forbidden, options: rest }, validate: true, baseDir: copy }
    const files = ['server/reactors/nosy.ts', 'server/reactors/room.ts']
    const { summary } = (await cruise(files, rules)).output as ICruiseResult
    const found = summary.violations.filter(({ from }) => files.includes(from))
    expect([...new Set(found.map(({ from, to }) => `${from} → ${to}`))]).toEqual([
      'server/reactors/nosy.ts → server/readers/push-audience.ts',
    ])
  }, 60_000)
})
