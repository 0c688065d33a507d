/** POST /subscribe/confirm: the button on that page, without script. */
import { defineEventHandler } from 'h3'
import { z } from 'zod'
import { readForm } from '../../http/read-input'
import { renderPage, withFormProblems } from '../../http/render-page'
import { answerConfirmation } from '../../readers/confirmation/answer'

const Form = z.object({ token: z.string().max(1000) })

export default defineEventHandler(async event => {
  const { token } = await readForm(event, Form)
  return withFormProblems(event, '/subscribe/confirm', { token }, async () =>
    renderPage(event, '/subscribe/confirm', { manageToken: await answerConfirmation(token) }),
  )
})
