/**
 * Answers a form with one of our pages, so that what was typed is still in it and never appears in
 * an address.
 */
import { getRequestHeader, type H3Event, setResponseHeaders, setResponseStatus } from 'h3'
import { useNitroApp } from 'nitropack/runtime'
import type { FormResult } from '../../shared/types/form-result'
import { clientAddress } from './limits'
import { Problem } from './problem'

/**
 * The page at `path`, rendered as for a visit; it reads `said` with `useFormResult()`. No cache
 * keeps it.
 */
export async function renderPage(
  event: H3Event,
  path: string,
  said: FormResult = {},
  status = 200,
): Promise<string> {
  const host = getRequestHeader(event, 'host') ?? 'localhost'
  // Nitro passes `_platform` on to the context of a request that never leaves this process.
  const page = await useNitroApp().localFetch(path, {
    headers: { host, accept: 'text/html' },
    context: { _platform: { said, visitorAddress: clientAddress(event) } },
  })
  setResponseHeaders(event, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
  })
  setResponseStatus(event, page.ok ? status : page.status)
  return page.text()
}

/**
 * Runs what a form asks for; a refusal is shown on the form's own page, whose fields keep what was
 * typed.
 */
export async function withFormProblems(
  event: H3Event,
  path: string,
  typed: FormResult['typed'],
  run: () => Promise<string>,
): Promise<string> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof Problem) || error.statusCode >= 500) throw error
    setResponseHeaders(event, error.extras.headers ?? {})
    return renderPage(
      event,
      path,
      { typed, problems: error.errors ?? [{ path: '', message: error.detail ?? error.title }] },
      error.statusCode,
    )
  }
}
