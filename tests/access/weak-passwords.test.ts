/** Which passwords are refused, and that a good one is not. */
import { expect, it } from 'vitest'
import { refuseWeakPassword } from '../../server/access/weak-passwords'

process.env.NUXT_SITE_URL = 'https://reviews.kinoblatt.example'
const ines = { name: 'Ines Okafor', email: 'i.okafor@filmclub.example' }

it.each([
  'password', 'Password!', 'PASSWORD1', 'p@ssw0rd', 'p@ssw0rd!', '5un5hine', '12345678', '1234567890', 'qwertyuiop', 'iloveyou',
  'sunshine1987', 'trustno1', 'letmein123', 'password123', '  password  ', 'pass-word', 'aaaaaaaa', 'abababab',
  '20262026', 'abcdefgh', '87654321', 'mymovies', 'MyMovies1', 'MyMovies2026!', 'my-movies', 'kinoblatt', 'Kinoblatt.99',
  'reviews.kinoblatt.example', 'Ines Okafor', 'inesokafor1', 'okafor.ines', 'i.okafor@filmclub.example', 'filmclub1',
  'Okafor-MyMovies',
])('%j is refused', async password => {
  await expect(refuseWeakPassword(password, ines)).rejects.toMatchObject({
    statusCode: 422,
    errors: [{ path: 'password' }],
  })
}) // prettier-ignore

it.each([
  'a wheel above Vienna', 'projector light', 'Kxq7-pl0v', 'the third man of Okafor street', '夜は短し歩けよ乙女', '84930172',
  'mymovies are shown on Tuesdays',
])('%j is accepted', async password => {
  await expect(refuseWeakPassword(password, ines)).resolves.toBeUndefined()
}) // prettier-ignore
