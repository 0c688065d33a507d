/** A film as people type it: its title, and its year in brackets. */
import { expect, it } from 'vitest'
import { parseMovie } from '../../shared/movie-id'

it.each<[string, string, number | undefined]>([
  ['Ikiru (1952)', 'Ikiru', 1952],
  [' Ikiru  (1952) ', 'Ikiru', 1952],
  ['千と千尋の神隠し（2001）', '千と千尋の神隠し', 2001],
  ['千と千尋の神隠し （２００１年）', '千と千尋の神隠し', 2001],
  ['기생충(2019년)', '기생충', 2019],
  ['جدایی نادر از سیمین (۲۰۱۱)', 'جدایی نادر از سیمین', 2011],
  ['باب الحديد (١٩٥٨)', 'باب الحديد', 1958],
  ['शोले (१९७५)', 'शोले', 1975],
  ['Blade Runner (Final Cut) (2007)', 'Blade Runner (Final Cut)', 2007],
  ['1984', '1984', undefined],
  ['(1984)', '(1984)', undefined],
  ['Se7en (9999)', 'Se7en (9999)', undefined],
  ['Fahrenheit (451)', 'Fahrenheit (451)', undefined],
  ['Novecento', 'Novecento', undefined],
])('%s', (typed, title, year) => {
  expect(parseMovie(typed)).toEqual({ title, ...(year && { year }) })
})
