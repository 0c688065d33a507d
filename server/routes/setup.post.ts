/**
 * POST /setup: the setup form, sent by a browser without script, or before its script has loaded.
 */
import { defineEventHandler, sendRedirect } from 'h3'
import { z } from 'zod'
import { Setup } from '../../shared/schemas/people'
import { setUp } from '../access/setup'
import { openSession } from '../access/sign-in'
import { fit, readForm } from '../http/read-input'
import { withFormProblems } from '../http/render-page'

const Form = z.object({
  token: z.string().max(200),
  name: z.string().max(200),
  email: z.string().max(300),
  password: z.string().max(1000),
})

export default defineEventHandler(async event => {
  const { password, ...typed } = await readForm(event, Form)
  return withFormProblems(event, '/setup', typed, async () => {
    await setUp(event, await fit(Setup, { ...typed, password }))
    await openSession(event, typed.email.trim(), password)
    await sendRedirect(event, '/editor', 303)
    return ''
  })
})
