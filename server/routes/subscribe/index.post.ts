/**
 * POST /subscribe: the form, without script; subscribes, or shows which reviews the wants would
 * have matched.
 */
import { defineEventHandler, sendRedirect } from 'h3'
import { z } from 'zod'
import { limit } from '../../http/limits'
import { fit, readForm } from '../../http/read-input'
import { renderPage, withFormProblems } from '../../http/render-page'
import { refuseForeignPage } from '../../http/same-origin'
import { asking, requestConfirmation } from '../../readers/confirmation/request'
import { wantsFields, wantsOfForm } from '../../readers/wants-form'

const Form = z.object({
  ...wantsFields,
  email: z.string().default(''),
  show: z.string().optional(),
})

export default defineEventHandler(async event => {
  refuseForeignPage(event)
  const { show, email, ...fields } = await readForm(event, Form)
  const typed = { email, ...fields }
  return withFormProblems(event, '/subscribe', typed, async () => {
    const wants = await wantsOfForm(fields)
    if (show) return renderPage(event, '/subscribe', { typed, show: true })
    limit(event, 'subscriptions')
    await requestConfirmation(await fit(asking, { email, wants }))
    await sendRedirect(event, '/subscribe/asked', 303)
    return ''
  })
})
