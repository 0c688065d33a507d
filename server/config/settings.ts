/**
 * The settings from the environment, read and checked once; the README's table lists their names.
 */
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { z } from 'zod'
import { readMailFrom } from './mail-from.ts'

const text = z.string().prefault('')
const list = text.transform(written =>
  written
    .split(',')
    .map(entry => entry.trim())
    .filter(Boolean),
)
const listWhere = (isOne: (entry: string) => unknown, error: string) =>
  list.refine(entries => entries.every(isOne), error)
const count = (usual: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .prefault(String(usual))
    .transform(Number)
const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number')
  .transform(Number)
  .refine(n => n < 65536, 'must be at most 65535')
function absoluteUrl(...protocols: string[]) {
  const error = `must be a URL that starts with ${protocols.map(protocol => `${protocol}://`).join(' or ')}`
  return z
    .literal('')
    .or(z.url({ protocol: new RegExp(`^(?:${protocols.join('|')})$`), error }))
    .prefault('')
}

const ADDRESS = /[^\s<>@,;]+@[^\s<>@,;]+/.source
const CONTACT = new RegExp(`^${ADDRESS}$`)

/** Reads `host:port` and `purpose:host:port`. */
export function readTarget(
  entry: string,
): { purpose?: string; host: string; port: string } | undefined {
  const [, purpose, written, port] =
    /^(?:([a-z][\w-]*):)?(\[[\da-f:.]+\]|[^\s:[\]/@*]+):(\d{1,5})$/i.exec(entry) ?? []
  const host = written && URL.parse(`https://${written}`)?.hostname
  return host && port && Number(port) < 65536
    ? { host, port, ...(purpose && { purpose }) }
    : undefined
}

/** Whether the entry is an address or a CIDR block. */
function isBlock(entry: string): boolean {
  const [address, bits = '0', ...more] = entry.split('/')
  const family = isIP(address!)
  return (
    family > 0 &&
    !more.length &&
    /^\d{1,3}$/.test(bits) &&
    Number(bits) <= (family === 4 ? 32 : 128)
  )
}

const shape = z
  .object({
    port: port.prefault('3000'),
    /** Empty: all addresses. */
    host: text,
    /** In ASCII, without a slash at the end. */
    siteUrl: absoluteUrl('http', 'https').transform(
      url => url && new URL(url).href.replace(/\/+$/, ''),
    ),
    /** Absolute. */
    dataDir: z
      .string()
      .prefault('.data')
      .transform(dir => resolve(dir)),
    /** The name is kept free for a later version. */
    databaseUrl: z
      .literal(
        '',
        'must be empty: this version keeps everything in SQLite, PostgreSQL does not work yet',
      )
      .prefault(''),
    role: z.enum(['all', 'web', 'worker'], 'must be all, web or worker').prefault('all'),
    /** Empty: all that are set up. */
    reactors: list,
    /** Empty: one is generated. */
    setupToken: text,
    /** Empty: email is kept in the outbox. */
    smtpUrl: absoluteUrl('smtp', 'smtps'),
    mailFrom: text.superRefine((from, context) => {
      const read = from && readMailFrom(from)
      if (typeof read === 'string' && read) context.addIssue(read)
    }),
    /** Longer names leave no room for a reader's id before the @ (RFC 5321, 4.5.3.1.1). */
    bounceAddress: text.refine(
      address => !address || /^[\w.-]{1,10}@[a-z0-9-]+(?:\.[a-z0-9-]+)*$/i.test(address),
      'must be a mail address with at most 10 signs before the @, as in bounces@example.com',
    ),
    vapidSubject: text.refine(
      contact => !contact || CONTACT.test(contact) || URL.parse(contact)?.protocol === 'https:',
      'must be a mail address or a URL that starts with https://',
    ),
    /** `host:port` or `purpose:host:port`. */
    allowTargets: listWhere(readTarget, 'must be a comma list of host:port or purpose:host:port'),
    seed: z
      .enum(['true', 'false'], 'must be true or false')
      .prefault('true')
      .transform(written => written === 'true'),
    /** Whether browsers must use https for every host below the site's too. */
    hstsSubdomains: z
      .enum(['true', 'false'], 'must be true or false')
      .prefault('false')
      .transform(written => written === 'true'),
    holdSeconds: count(0),
    healthPort: port.optional(),
    /** A mail address or a page, for /.well-known/security.txt. */
    securityContact: text.refine(
      contact => !contact || CONTACT.test(contact) || URL.parse(contact)?.protocol === 'https:',
      'must be a mail address or a URL that starts with https://',
    ),
    /** Whether robots.txt lets crawlers in that collect texts for language models. */
    aiCrawlers: z.enum(['allow', 'deny'], 'must be allow or deny').prefault('allow'),
    /** Whether the site can be followed from the fediverse; `auto`: if its address is https and public. */
    fediverse: z.enum(['auto', 'true', 'false'], 'must be auto, true or false').prefault('auto'),
    /** Whether what people of the fediverse say about a review is taken in and shown. */
    fediverseReplies: z
      .enum(['true', 'false'], 'must be true or false')
      .prefault('true')
      .transform(written => written === 'true'),
    /** Addresses or CIDR blocks. */
    trustedProxies: listWhere(
      isBlock,
      'must be a comma list of addresses or CIDR blocks, as in 10.0.0.0/8',
    ),
    /** Open pages per client address, and in all. */
    livePerAddress: count(200),
    liveTotal: count(50_000),
  })
  .transform(read => ({ ...read, siteUrl: read.siteUrl || `http://localhost:${read.port}` }))

export type Settings = Readonly<z.output<typeof shape>>

/**
 * An invalid setting; the message names the variable and never repeats its value, which may be
 * secret.
 */
export class BadSetting extends Error {
  constructor(problems: string[]) {
    super(problems.join('; '))
    this.name = 'BadSetting'
  }
}

let read: Settings | undefined

/** This process's settings. Throws BadSetting. */
export const settings = (): Settings => (read ??= readSettings(process.env))

/**
 * An empty variable counts as not set. Nitro's runtime config is not used: it would turn the token
 * "123" into a number.
 */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const result = shape.safeParse(
    Object.fromEntries(
      Object.keys(shape.in.shape).map(name => [name, environment[variable(name)] || undefined]),
    ),
  )
  if (result.success) return result.data
  throw new BadSetting(
    result.error.issues.map(issue => `${variable(String(issue.path[0]))} ${issue.message}`),
  )
}

const variable = (name: string) =>
  name === 'port' || name === 'host'
    ? name.toUpperCase()
    : `NUXT_${name.replace(/[A-Z]/g, '_$&').toUpperCase()}`
