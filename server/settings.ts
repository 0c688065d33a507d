/** What the operator set in the environment, read and checked once; the names are those of the README's table. */
import { resolve } from 'node:path'
import { useRuntimeConfig } from 'nitropack/runtime'
import { z } from 'zod'

const list = z.string().transform(text => text.split(',').map(entry => entry.trim()).filter(Boolean))
const port = z.string().regex(/^\d{1,5}$/, 'must be a port number').transform(Number).refine(n => n < 65536, 'must be at most 65535')
function absoluteUrl(...protocols: string[]) {
  const error = `must be a URL that starts with ${protocols.map(protocol => `${protocol}://`).join(' or ')}`
  return z.literal('').or(z.url({ protocol: new RegExp(`^(?:${protocols.join('|')})$`), error }))
}

const shape = z.object({
  port,
  host: z.string(),
  /** Without a slash at the end. */
  siteUrl: absoluteUrl('http', 'https').transform(url => url.replace(/\/+$/, '')),
  /** Absolute. */
  dataDir: z.string().min(1, 'must name a folder').transform(dir => resolve(dir)),
  /** Empty: SQLite. */
  databaseUrl: absoluteUrl('postgres', 'postgresql'),
  role: z.enum(['all', 'web', 'worker'], 'must be all, web or worker'),
  /** Empty: all that are set up. */
  reactors: list,
  setupToken: z.string(),
  /** Empty: letters are kept in the outbox. */
  smtpUrl: absoluteUrl('smtp', 'smtps'),
  mailFrom: z.string().regex(/^[^\r\n]*$/, 'must be one line'),
  vapidSubject: z.string(),
  /** `host:port` or `purpose:host:port`. */
  allowTargets: list,
  seed: z.enum(['true', 'false'], 'must be true or false').transform(text => text === 'true'),
  holdSeconds: z.string().regex(/^\d+$/, 'must be a whole number of seconds').transform(Number),
  healthPort: z.literal('').transform(() => undefined).or(port),
  /** Addresses or CIDR blocks. */
  trustedProxies: list,
  /** Open pages per client address, and in all. */
  livePerAddress: z.string().regex(/^\d+$/, 'must be a whole number').transform(Number),
  liveTotal: z.string().regex(/^\d+$/, 'must be a whole number').transform(Number),
}).transform(read => ({ ...read, siteUrl: read.siteUrl || `http://localhost:${read.port}` }))

export type Settings = Readonly<z.output<typeof shape>>

/** A setting that cannot be meant; the message names the variable and never repeats its value, which may be secret. */
export class BadSetting extends Error {
  constructor(problems: string[]) { super(problems.join('\n')); this.name = 'BadSetting' }
}

let read: Settings | undefined

/** The settings of this process. Throws BadSetting. */
export const settings = (): Settings => read ??= readSettings(process.env, useRuntimeConfig())

/** Variables as they are written win over the defaults; Nitro's own reading would make a number of the token "123". */
export function readSettings(environment: NodeJS.ProcessEnv, defaults: Record<string, unknown>): Settings {
  const written = Object.fromEntries(Object.keys(shape.in.shape).map(name => [name, environment[variable(name)] || fallback(name, defaults)]))
  const result = shape.safeParse(written)
  if (result.success) return result.data
  throw new BadSetting(result.error.issues.map(issue => `${variable(String(issue.path[0]))} ${issue.message}`))
}

const variable = (name: string) => name === 'port' || name === 'host' ? name.toUpperCase() : `NUXT_${name.replace(/[A-Z]/g, '_$&').toUpperCase()}`

function fallback(name: string, defaults: Record<string, unknown>): string {
  if (name === 'port') return '3000'
  return String(defaults[name] ?? '')
}
