/** "This would have matched these ten reviews": a form's wishes, in words and in reviews. */
import { defineEventHandler } from 'h3'
import { z } from 'zod'
import { useViews } from '../../db/open'
import { readQuery } from '../../input'
import { listCritics } from '../../queries/critics'
import { howOften, inWords } from '../../readers/in-words'
import { matchedReviews } from '../../readers/matched'
import { wantsFields, wantsOfForm } from '../../readers/wants-form'
import { settings } from '../../settings'

const Query = z.object(wantsFields)

export default defineEventHandler(async (event) => {
  const wants = await wantsOfForm(await readQuery(event, Query))
  const critics = new Map((await listCritics(useViews())).map(({ id, name }) => [id, name]))
  return { wants, asked: inWords(wants, id => critics.get(id)), often: howOften(wants), items: await matchedReviews(useViews(), settings().siteUrl, wants) }
})
