/** A form sent as JSON: refusals stand beside their fields, and what was typed stays. */
import { expect, it } from 'vitest'
import { useForm } from '../../composables/useForm'
import { answer, asked, Problem, unreachable } from '../components/support/server'

const SIGN_IN = 'POST /api/auth/sign-in/email'

function open() {
  document.body.innerHTML = `<form><input name="email" value="ines@example.org"><input name="password" aria-invalid="true"></form>`
  const element = document.querySelector('form')!
  const form = useForm('/api/auth/sign-in/email')
  return { ...form, element }
}

it('sends the fields, and says that it is sending', async () => {
  const answered = Promise.withResolvers<object>()
  answer(SIGN_IN, () => answered.promise)
  const { send, sending, element, answer: accepted } = open()
  const sent = send(element)
  expect(sending.value).toBe(true)
  answered.resolve({ id: 'u1' })
  expect(await sent).toBe(true)
  expect(asked[0]!.body).toEqual({ email: 'ines@example.org', password: '' })
  expect([sending.value, accepted.value]).toEqual([false, { id: 'u1' }])
})

it('shows the first problem of a field beside it, and that of a list entry at the list', async () => {
  answer(
    SIGN_IN,
    new Problem(422, {
      errors: [
        { path: 'password', message: 'must be set' },
        { path: 'password', message: 'must have at least 8 characters' },
        { path: 'email.0', message: 'is not an address' },
        { path: 'elsewhere', message: 'is not shown' },
      ],
    }),
  )
  const { send, problems, trouble, element } = open()
  expect(await send(element)).toBe(false)
  expect(problems.value).toEqual({ password: 'Must be set.', email: 'Is not an address.' })
  expect(trouble.value).toBe('')
  expect(document.activeElement).toBe(element.querySelector('[name=password]'))
})

it('shows a problem that belongs to no field', async () => {
  answer(SIGN_IN, new Problem(429, { title: 'Too many attempts' }))
  const { send, trouble, element } = open()
  await send(element)
  expect(trouble.value).toBe('Too many attempts')
  answer(SIGN_IN, unreachable)
  await send(element)
  expect(trouble.value).not.toBe('Too many attempts')
})

it('shows no problem any more once it is accepted', async () => {
  answer(SIGN_IN, new Problem(422, { errors: [{ path: 'password', message: 'must be set' }] }))
  const { send, problems, element } = open()
  await send(element)
  expect(problems.value).not.toEqual({})
  answer(SIGN_IN, { id: 'u1' })
  expect(await send(element)).toBe(true)
  expect(problems.value).toEqual({})
})
