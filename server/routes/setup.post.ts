/**
 * POST /setup: the setup form, sent by a browser without script, or before its script has loaded.
 */
import { defineEventHandler, sendRedirect } from 'h3'
import { z } from 'zod'
import { Setup } from '../../shared/schemas/people'
import { setUp } from '../access/setup'
import { openSession } from '../access/sign-in'
import { Problem } from '../http/problem'
import { fit, readForm } from '../http/read-input'

const Form = z.object({
  token: z.string().max(200),
  name: z.string().max(200),
  email: z.string().max(300),
  password: z.string().max(1000),
})

export default defineEventHandler(async event => {
  const { password, ...typed } = await readForm(event, Form)
  try {
    await setUp(event, await fit(Setup, { ...typed, password }))
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const query = new URLSearchParams({ ...typed, refused: refusalOf(error) })
    return sendRedirect(event, `/setup?${query}`, 303)
  }
  await openSession(event, typed.email, password)
  return sendRedirect(event, '/editor', 303)
})

/** The reason for the page: a word, or the name of the invalid field. */
function refusalOf({ statusCode, errors }: Problem): string {
  if (statusCode === 409) return 'done'
  if (statusCode === 429) return 'later'
  return errors?.[0]?.path ?? 'token'
}
