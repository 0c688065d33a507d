/** The environment as settings: defaults, valid values, and messages about invalid ones. */
import { isAbsolute } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSettings } from '../../server/config/settings'

it('has a default for everything that is not set', () => {
  expect(readSettings({ PORT: '4000', NUXT_SEED: '', NUXT_DATA_DIR: '' })).toMatchObject({
    siteUrl: 'http://localhost:4000',
    role: 'all',
    seed: true,
    holdSeconds: 0,
    hstsSubdomains: false,
    livePerAddress: 200,
    liveTotal: 50000,
    allowTargets: [],
    healthPort: undefined,
    smtpUrl: '',
  })
  expect(isAbsolute(readSettings({}).dataDir)).toBe(true)
})

it.each([
  { NUXT_MAIL_FROM: 'reviews@localhost' },
  { NUXT_MAIL_FROM: 'MyMovies <reviews@mymovies.example>' },
  { NUXT_MAIL_FROM: '"Films, and more" <a@b.example>' },
  { NUXT_MAIL_FROM: '<a@b.example>' },
  { NUXT_BOUNCE_ADDRESS: 'bounces@b.example' },
  { NUXT_VAPID_SUBJECT: 'a@b.example' },
  { NUXT_VAPID_SUBJECT: 'mailto:a@b.example' },
  { NUXT_VAPID_SUBJECT: 'https://b.example' },
  { NUXT_TRUSTED_PROXIES: '127.0.0.1, ::1,10.0.0.0/8,fd00::/8' },
  { NUXT_ALLOW_TARGETS: '[::1]:9001' },
])('accepts %o', environment => {
  expect(() => readSettings(environment)).not.toThrow()
})

it('reads values as they are written', () => {
  expect(
    readSettings({
      NUXT_SETUP_TOKEN: '0012',
      NUXT_ALLOW_TARGETS: 'a:1, push:b:2,',
      NUXT_SITE_URL: 'https://m.example/',
      NUXT_SEED: 'false',
      NUXT_HEALTH_PORT: '81',
    }),
  ).toMatchObject({
    setupToken: '0012',
    allowTargets: ['a:1', 'push:b:2'],
    siteUrl: 'https://m.example',
    seed: false,
    healthPort: 81,
  })
})

describe('names the invalid variable, not its value', () => {
  it.each<[NodeJS.ProcessEnv, string]>([
    [{ PORT: 'eighty' }, 'PORT must be a port number'],
    [{ PORT: '70000' }, 'PORT must be at most 65535'],
    [{ NUXT_SITE_URL: 'example.org' }, 'NUXT_SITE_URL must be a URL'],
    [{ NUXT_SMTP_URL: 'http://secret:word@host' }, 'NUXT_SMTP_URL must be a URL'],
    ...['bounces', 'newsletter-bounces@b.example', 'a+b@b.example', 'a@b.example, c@d.example'].map(
      (NUXT_BOUNCE_ADDRESS): [NodeJS.ProcessEnv, string] => [
        { NUXT_BOUNCE_ADDRESS },
        'NUXT_BOUNCE_ADDRESS must be a mail address with at most 10 signs before the @',
      ],
    ),
    ...['mysql://secret', 'postgres://user:secret@host/db'].map(
      (NUXT_DATABASE_URL): [NodeJS.ProcessEnv, string] => [
        { NUXT_DATABASE_URL },
        'NUXT_DATABASE_URL must be empty: this version keeps everything in SQLite',
      ],
    ),
    [{ NUXT_ROLE: 'boss' }, 'NUXT_ROLE must be all, web or worker'],
    [{ NUXT_SEED: 'maybe' }, 'NUXT_SEED must be true or false'],
    [{ NUXT_HOLD_SECONDS: '-1' }, 'NUXT_HOLD_SECONDS must be a whole number'],
    ...[
      'a@example.org\nb',
      'secret',
      'secret <>',
      'a@b.example, secret@d.example',
      'A, B <a@b.example>',
    ].map((NUXT_MAIL_FROM): [NodeJS.ProcessEnv, string] => [
      { NUXT_MAIL_FROM },
      'NUXT_MAIL_FROM must be a mail address',
    ]),
    ...['secret', 'http://secret.example', 'mailto:', 'https:'].map(
      (NUXT_VAPID_SUBJECT): [NodeJS.ProcessEnv, string] => [
        { NUXT_VAPID_SUBJECT },
        'NUXT_VAPID_SUBJECT must be a mail address or a URL',
      ],
    ),
    ...['secret', '10.0.0.0/33', '10.0.0.1,secret', '::1/129', '::1/', '1.2.3.4/8/8'].map(
      (NUXT_TRUSTED_PROXIES): [NodeJS.ProcessEnv, string] => [
        { NUXT_TRUSTED_PROXIES },
        'NUXT_TRUSTED_PROXIES must be a comma list of addresses or CIDR blocks',
      ],
    ),
    ...['secret', 'a:1,secret', 'a:65536', 'https://localhost:1'].map(
      (NUXT_ALLOW_TARGETS): [NodeJS.ProcessEnv, string] => [
        { NUXT_ALLOW_TARGETS },
        'NUXT_ALLOW_TARGETS must be a comma list of host:port',
      ],
    ),
  ])('%o', (environment, message) => {
    expect(() => readSettings(environment)).toThrow(message)
    expect(() => readSettings(environment)).not.toThrow(/secret/)
  })
})
