/** Calls a network's API for a delivery: JSON or a form goes out, its answer comes back read, and no secret of ours comes back with it. */
import type { Delivery } from '../delivery/contract/define-reactor'
import { secretsIn, type SettingsSchema } from '../delivery/contract/settings-rules'
import { outboundFetch, trusted } from '../outbound/client'
import { type FarAnswer, readAnswer } from './http-answer'
import { limitIn, tightest } from './rate-limit'

/** A delivery to a network: to nobody in particular, with nothing composed before. */
export type NetworkDelivery<Settings extends Record<string, string>> = Delivery<
  undefined,
  undefined,
  Settings
>

export interface Api<Settings extends Record<string, string>> {
  /** The part that calls; only it may reach its own configured address. */
  part: string
  /** The network's name for people. */
  label: string
  /** Those that are secret are crossed out of every answer. */
  settings: SettingsSchema<Settings>
  /** Where the paths begin. */
  url: (settings: Settings) => string
  /** Of every call: the credentials above all. */
  headers: (sending: NetworkDelivery<Settings>, call: { method: string; url: string }) => HeadersOf
  /** The headers that name its limits, without `-remaining`, and what each counts. */
  limits?: Record<string, string>
  /** The one call ("POST /posts") whose limits editors are told; all of them where it is absent. */
  limitsOf?: string
}
type HeadersOf = Record<string, string>

/** One call of a delivery. Any status is an answer; throws where none came. */
export type Call = (method: string, path: string, more?: More) => Promise<FarAnswer>
interface More {
  body?: object
  headers?: HeadersOf
}

/** `const call = connect(sending)`, then `await call('POST', '/posts', { body })`. */
export const apiClient =
  <Settings extends Record<string, string>>(api: Api<Settings>) =>
  (sending: NetworkDelivery<Settings>): Call =>
  async (method, path, { body, headers } = {}) => {
    const { settings, signal } = sending
    const base = api.url(settings)
    const url = targetOf(base, path)
    const packed = body && pack(body)
    const response = await outboundFetch(trusted(api.part, base), url, {
      method,
      headers: {
        accept: 'application/json',
        ...api.headers(sending, { method, url }),
        ...(packed && { 'content-type': packed.headers.get('content-type')! }),
        ...headers,
      },
      body: await packed?.arrayBuffer(),
      signal,
    })
    const secrets = secretsIn(api.settings as unknown as SettingsSchema, settings)
    const answer = await readAnswer(response, api.label, secrets)
    const limits = Object.entries(api.limits ?? {}).flatMap(
      ([name, what]) => limitIn(answer.headers, name, what) ?? [],
    )
    const told = tightest(limits)
    if (told && [undefined, `${method} ${path}`].includes(api.limitsOf)) sending.quota(told)
    return { ...answer, limits }
  }

/** A path may have a query of its own, and so may the address that it stands below. */
function targetOf(base: string, path: string): string {
  const [pathname, query] = path.split('?')
  const url = new URL(base)
  url.pathname = url.pathname.replace(/\/+$/, '') + pathname
  for (const [name, value] of new URLSearchParams(query)) url.searchParams.set(name, value)
  return url.href
}

/** A form brings its own type, with its boundary. */
const pack = (body: object): Response =>
  body instanceof FormData ? new Response(body) : Response.json(body)
