/** What the operator set in the environment, read and checked once; the names are those of the README's table. */
import { resolve } from 'node:path'
import { z } from 'zod'

const text = z.string().prefault('')
const list = text.transform(written => written.split(',').map(entry => entry.trim()).filter(Boolean))
const count = (usual: number) => z.string().regex(/^\d{1,9}$/, 'must be a whole number').prefault(String(usual)).transform(Number)
const port = z.string().regex(/^\d{1,5}$/, 'must be a port number').transform(Number).refine(n => n < 65536, 'must be at most 65535')
function absoluteUrl(...protocols: string[]) {
  const error = `must be a URL that starts with ${protocols.map(protocol => `${protocol}://`).join(' or ')}`
  return z.literal('').or(z.url({ protocol: new RegExp(`^(?:${protocols.join('|')})$`), error })).prefault('')
}

const shape = z.object({
  port: port.prefault('3000'),
  /** Empty: all addresses. */
  host: text,
  /** Without a slash at the end. */
  siteUrl: absoluteUrl('http', 'https').transform(url => url.replace(/\/+$/, '')),
  /** Absolute. */
  dataDir: z.string().prefault('.data').transform(dir => resolve(dir)),
  /** Empty: SQLite. */
  databaseUrl: absoluteUrl('postgres', 'postgresql'),
  role: z.enum(['all', 'web', 'worker'], 'must be all, web or worker').prefault('all'),
  /** Empty: all that are set up. */
  reactors: list,
  /** Empty: one is made. */
  setupToken: text,
  /** Empty: letters are kept in the outbox. */
  smtpUrl: absoluteUrl('smtp', 'smtps'),
  mailFrom: z.string().regex(/^[^\r\n]*$/, 'must be one line').prefault(''),
  vapidSubject: text,
  /** `host:port` or `purpose:host:port`. */
  allowTargets: list,
  seed: z.enum(['true', 'false'], 'must be true or false').prefault('true').transform(written => written === 'true'),
  holdSeconds: count(0),
  healthPort: port.optional(),
  /** Addresses or CIDR blocks. */
  trustedProxies: list,
  /** Open pages per client address, and in all. */
  livePerAddress: count(200),
  liveTotal: count(50_000),
}).transform(read => ({ ...read, siteUrl: read.siteUrl || `http://localhost:${read.port}` }))

export type Settings = Readonly<z.output<typeof shape>>

/** A setting that cannot be meant; the message names the variable and never repeats its value, which may be secret. */
export class BadSetting extends Error {
  constructor(problems: string[]) { super(problems.join('\n')); this.name = 'BadSetting' }
}

let read: Settings | undefined

/** The settings of this process. Throws BadSetting. */
export const settings = (): Settings => read ??= readSettings(process.env)

/** An empty variable is one that is not set. Nitro's runtime config is not asked: it would make a number of the token "123". */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const result = shape.safeParse(Object.fromEntries(Object.keys(shape.in.shape).map(name => [name, environment[variable(name)] || undefined])))
  if (result.success) return result.data
  throw new BadSetting(result.error.issues.map(issue => `${variable(String(issue.path[0]))} ${issue.message}`))
}

const variable = (name: string) => name === 'port' || name === 'host' ? name.toUpperCase() : `NUXT_${name.replace(/[A-Z]/g, '_$&').toUpperCase()}`
