/** POST /subscribe/unsubscribe: the button on that page, without script. */
import { defineEventHandler } from 'h3'
import { z } from 'zod'
import { useApp } from '../../db/open'
import { refuse } from '../../http/problem'
import { readForm } from '../../http/read-input'
import { renderPage, withFormProblems } from '../../http/render-page'
import { unsubscribe } from '../../readers/unsubscribe'

const Form = z.object({ token: z.string().max(1000) })

export default defineEventHandler(async event => {
  const { token } = await readForm(event, Form)
  return withFormProblems(event, '/subscribe/unsubscribe', { token }, async () => {
    if (!(await unsubscribe(await useApp(), token, Date.now())))
      refuse('token', 'is not from one of our emails')
    return renderPage(event, '/subscribe/unsubscribe', { done: 'unsubscribed' })
  })
})
