/** A fake server for components: it answers requests as the test says, and records them. */
import { $fetch } from 'ofetch'
import { vi } from 'vitest'

export interface Asked {
  /** "POST /api/webhooks" */
  what: string
  query: URLSearchParams
  body: unknown
  headers: Headers
}

type Answer = (asked: Asked) => unknown

/** A refusal, as a problem document (RFC 9457). */
export class Problem {
  constructor(
    readonly status: number,
    readonly document: {
      title?: string
      detail?: string
      errors?: { path: string; message: string }[]
      current?: object
    } = {},
  ) {}
}

const answers = new Map<string, Answer>()
/** Every request so far, oldest first. */
export const asked: Asked[] = []

/** Answers `what` with this value, or with the function's result; a function that throws stands for a server that cannot be reached. */
export const answer = (what: string, value: unknown) =>
  void answers.set(what, typeof value === 'function' ? (value as Answer) : () => value)

export const unreachable = () => {
  throw new TypeError('fetch failed')
}

export function startServer() {
  answers.clear()
  asked.length = 0
  vi.stubGlobal('$fetch', $fetch)
  vi.stubGlobal('fetch', async (address: string | Request, init: RequestInit = {}) => {
    const { pathname, searchParams } = new URL(String(address), 'http://localhost')
    const request: Asked = {
      what: `${init.method ?? 'GET'} ${pathname}`,
      query: searchParams,
      body: typeof init.body === 'string' ? JSON.parse(init.body) : init.body,
      headers: new Headers(init.headers),
    }
    asked.push(request)
    const found = answers.get(request.what)
    if (!found) throw new Error(`No answer was prepared for ${request.what}`)
    const value = await found(request)
    if (value instanceof Problem) return Response.json(value.document, { status: value.status })
    return value === undefined ? new Response(null, { status: 204 }) : Response.json(value)
  })
}
