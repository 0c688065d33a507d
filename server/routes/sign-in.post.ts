/**
 * POST /sign-in: the sign-in form, sent by a browser without script, or before its script has
 * loaded.
 */
import { defineEventHandler, sendRedirect } from 'h3'
import { z } from 'zod'
import { nextPage } from '../../shared/next-page'
import { signIn } from '../access/sign-in'
import { readForm } from '../http/read-input'
import { withFormProblems } from '../http/render-page'

const Form = z.object({
  email: z.string().max(254),
  password: z.string().max(128),
  next: z.string().max(2000).optional(),
})

export default defineEventHandler(async event => {
  const { next, ...typed } = await readForm(event, Form)
  return withFormProblems(event, '/sign-in', { email: typed.email, next }, async () => {
    await signIn(event, typed)
    await sendRedirect(event, nextPage(next), 303)
    return ''
  })
})
