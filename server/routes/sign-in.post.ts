/**
 * POST /sign-in: the sign-in form, sent by a browser without script, or before its script has
 * loaded.
 */
import { defineEventHandler, sendRedirect } from 'h3'
import { z } from 'zod'
import { nextPage } from '../../shared/next-page'
import { signIn } from '../access/sign-in'
import { Problem } from '../http/problem'
import { readForm } from '../http/read-input'

const Form = z.object({
  email: z.string().max(254),
  password: z.string().max(128),
  next: z.string().max(2000).optional(),
})

export default defineEventHandler(async event => {
  const { next, ...typed } = await readForm(event, Form)
  try {
    await signIn(event, typed)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const back = new URLSearchParams({
      ...(next && { next }),
      email: typed.email,
      refused: error.statusCode === 429 ? 'later' : 'password',
    })
    return sendRedirect(event, `/sign-in?${back}`, 303)
  }
  return sendRedirect(event, nextPage(next), 303)
})
