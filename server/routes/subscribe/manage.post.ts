/**
 * POST /subscribe/manage: the buttons on that page, without script; changes the wants, or erases
 * the reader.
 */
import { defineEventHandler } from 'h3'
import { z } from 'zod'
import { useApp } from '../../db/open'
import { refuse } from '../../http/problem'
import { readForm } from '../../http/read-input'
import { renderPage, withFormProblems } from '../../http/render-page'
import { changeMailWants, managedMailReader } from '../../readers/mail-readers'
import { suppressMailReader } from '../../readers/unsubscribe'
import { wantsFields, wantsOfForm } from '../../readers/wants-form'

const Form = z.object({ ...wantsFields, token: z.string().max(1000), erase: z.string().optional() })

export default defineEventHandler(async event => {
  const { token, erase, ...fields } = await readForm(event, Form)
  const path = '/subscribe/manage'
  return withFormProblems(event, path, { token, ...fields }, async () => {
    const app = await useApp()
    const reader = (await managedMailReader(app, token)) ?? refuse('token', 'belongs to no reader')
    if (erase) await suppressMailReader(app, reader.id, 'erased', Date.now())
    else await changeMailWants(app, reader.id, await wantsOfForm(fields))
    return renderPage(event, path, erase ? { done: 'erased' } : { typed: { token }, done: 'kept' })
  })
})
