/** The caret stays where the writer left it when somebody else's words come into the text. */
import { expect, it } from 'vitest'
import { keepCaret } from '../../utils/caret'

async function replaced(before: string, after: string) {
  document.body.innerHTML = '<textarea></textarea>'
  const field = document.querySelector('textarea')!
  field.value = before.replace('|', '')
  field.focus()
  field.setSelectionRange(before.indexOf('|'), before.indexOf('|'))
  await keepCaret(() => {
    field.value = after.replace('|', '')
  })
  const at = field.selectionStart
  return `${field.value.slice(0, at)}|${field.value.slice(at)}`
}

it.each([
  ['Vienna| tilts.', 'Vienna| tilts. Everyone sells.'],
  ['Vienna| tilts.', 'The city of Vienna| tilts.'],
  ['The long city of Vienna| tilts.', 'A: The long city of Vienna| tilts. B'],
  ['Vienna tilts.|', 'Short|'],
])('%s becomes %s', async (before, after) => {
  expect(await replaced(before, after)).toBe(after)
})

it('just replaces the text if the field has no focus', async () => {
  document.body.innerHTML = '<button>Publish</button>'
  document.querySelector('button')!.focus()
  let done = false
  await keepCaret(() => {
    done = true
  })
  expect(done).toBe(true)
})
