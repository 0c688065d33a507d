/** What a confirmation letter is about, in words; changes nothing, for mail scanners open every link. */
import { defineEventHandler } from 'h3'
import { z } from 'zod'
import { useApp, useViews } from '../../../db/open'
import { readQuery } from '../../../input'
import { sayWhyNot } from '../../../readers/confirmed'
import { howOften, inWords } from '../../../readers/in-words'
import { readConfirmation } from '../../../readers/mail-readers'
import { namesFor } from '../../../readers/names'

const Query = z.object({ token: z.string().max(1000) })

export default defineEventHandler(async event => {
  const { token } = await readQuery(event, Query)
  const found = await readConfirmation(await useApp(), token, Date.now())
  if (found.state !== 'open' && found.state !== 'confirmed') return sayWhyNot(found.state)
  const wants = JSON.parse(found.reader.asked ?? found.reader.wants)
  return {
    state: found.state,
    asked: inWords(wants, await namesFor(useViews(), [wants])),
    often: howOften(wants),
  }
})
