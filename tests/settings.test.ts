import { isAbsolute } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSettings } from '../server/settings'

it('has an answer for everything that is not set', () => {
  expect(readSettings({ PORT: '4000', NUXT_SEED: '', NUXT_DATA_DIR: '' })).toMatchObject({ siteUrl: 'http://localhost:4000', role: 'all', seed: true, holdSeconds: 0, livePerAddress: 200, liveTotal: 50000, allowTargets: [], healthPort: undefined, smtpUrl: '' })
  expect(isAbsolute(readSettings({}).dataDir)).toBe(true)
})

it('takes values as they are written', () => {
  expect(readSettings({ NUXT_SETUP_TOKEN: '0012', NUXT_ALLOW_TARGETS: 'a:1, push:b:2,', NUXT_SITE_URL: 'https://m.example/', NUXT_SEED: 'false', NUXT_HEALTH_PORT: '81' }))
    .toMatchObject({ setupToken: '0012', allowTargets: ['a:1', 'push:b:2'], siteUrl: 'https://m.example', seed: false, healthPort: 81 })
})

describe('names the variable that cannot be meant, not its value', () => {
  it.each([
    [{ PORT: 'eighty' }, 'PORT must be a port number'],
    [{ PORT: '70000' }, 'PORT must be at most 65535'],
    [{ NUXT_SITE_URL: 'example.org' }, 'NUXT_SITE_URL must be a URL'],
    [{ NUXT_SMTP_URL: 'http://secret:word@host' }, 'NUXT_SMTP_URL must be a URL'],
    [{ NUXT_DATABASE_URL: 'mysql://secret' }, 'NUXT_DATABASE_URL must be a URL'],
    [{ NUXT_ROLE: 'boss' }, 'NUXT_ROLE must be all, web or worker'],
    [{ NUXT_SEED: 'maybe' }, 'NUXT_SEED must be true or false'],
    [{ NUXT_HOLD_SECONDS: '-1' }, 'NUXT_HOLD_SECONDS must be a whole number'],
    [{ NUXT_MAIL_FROM: 'a\nb' }, 'NUXT_MAIL_FROM must be one line'],
  ])('%o', (environment, message) => {
    expect(() => readSettings(environment)).toThrow(message)
    expect(() => readSettings(environment)).not.toThrow(/secret/)
  })
})
