/** The colours of pictures shown away from the site, where no style sheet applies: the light ones of tokens.css. A test keeps the two in step. */
import type { Tint } from '../tint'

type Colour = 'paper' | 'ink' | 'ink-2' | 'frame' | 'on-frame' | 'lamp' | `tint-${Tint}`

export const COLOURS: Record<Colour, string> = {
  paper: '#f3f4f2',
  ink: '#15161a',
  'ink-2': '#46484e',
  frame: '#0d0e11',
  'on-frame': '#eceded',
  lamp: '#ffd02e',
  'tint-silver': '#e6e8e4',
  'tint-amber': '#ffc869',
  'tint-blue': '#8db8ff',
  'tint-rose': '#ff9fb3',
  'tint-red': '#ff806c',
  'tint-green': '#9fd99b',
  'tint-lavender': '#c9b0ff',
  'tint-cyan': '#83dbe0',
  'tint-sepia': '#e0bd9c',
}
