/** A correction note: its date, and then what was wrong. */
import { expect, it } from 'vitest'
import Corrections from '../../../components/review/Corrections.vue'
import { show } from '../support/show'

it('has a space between the date and the note', async () => {
  const corrections = [{ at: '2026-11-14T11:01:17.000Z', note: 'It is Vienna.' }]
  const { find } = await show(Corrections, { corrections })
  expect(find('aside').text()).toMatch(/^Correction, 14 November 2026\. It is Vienna\./)
})
