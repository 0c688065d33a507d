/**
 * Calls a network's API for a delivery: sends JSON or a form, and returns the parsed answer without
 * any secret of ours in it.
 */
import type { Delivery } from '../delivery/contract/define-reactor'
import { secretsIn, type SettingsSchema } from '../delivery/contract/settings-rules'
import { outboundFetch, trusted } from '../outbound/client'
import { type FarAnswer, readAnswer } from './http-answer'
import { limitIn, tightest } from './rate-limit'

/**
 * A delivery to a network, which has no particular recipient and no message composed beforehand.
 */
export type NetworkDelivery<Settings extends Record<string, string>> = Delivery<
  undefined,
  undefined,
  Settings
>

export interface Api<Settings extends Record<string, string>> {
  /** The part that calls; only it may reach its own configured address. */
  part: string
  /** The network's name, as people read it. */
  label: string
  /** The secret ones are crossed out of every answer. */
  settings: SettingsSchema<Settings>
  /** The base address that paths are added to. */
  url: (settings: Settings) => string
  /** The headers of every call, above all the credentials. */
  headers: (sending: NetworkDelivery<Settings>, call: { method: string; url: string }) => HeadersOf
  /**
   * The headers that name the network's limits, without `-remaining`, and what each of them counts.
   */
  limits?: Record<string, string>
  /** The one call ("POST /posts") whose limits editors see; if absent, those of all calls. */
  limitsOf?: string
}
type HeadersOf = Record<string, string>

/**
 * Makes one call for a delivery. Returns an answer whatever its status; throws if there was none.
 */
export type Call = (method: string, path: string, content?: CallContent) => Promise<FarAnswer>
interface CallContent {
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
    const encoded = body && encode(body)
    const response = await outboundFetch(trusted(api.part, base), url, {
      method,
      headers: {
        accept: 'application/json',
        ...api.headers(sending, { method, url }),
        ...(encoded && { 'content-type': encoded.headers.get('content-type')! }),
        ...headers,
      },
      body: await encoded?.arrayBuffer(),
      signal,
    })
    const secrets = secretsIn(api.settings as unknown as SettingsSchema, settings)
    const answer = await readAnswer(response, api.label, secrets)
    const limits = Object.entries(api.limits ?? {}).flatMap(
      ([name, what]) => limitIn(answer.headers, name, what) ?? [],
    )
    const quota = tightest(limits)
    const isShown = [undefined, `${method} ${path}`].includes(api.limitsOf)
    if (quota && isShown) sending.quota(quota)
    return { ...answer, limits }
  }

/** Both the path and the base address may have a query. */
function targetOf(base: string, path: string): string {
  const [pathname, query] = path.split('?')
  const url = new URL(base)
  url.pathname = url.pathname.replace(/\/+$/, '') + pathname
  for (const [name, value] of new URLSearchParams(query)) url.searchParams.set(name, value)
  return url.href
}

/** Lets `Response` set the content type, because a form's includes its boundary. */
const encode = (body: object): Response =>
  body instanceof FormData ? new Response(body) : Response.json(body)
