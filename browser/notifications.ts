/** The notifications button: asks the browser, tells the server, and shows the current state in words. */
import { registerReader, unregisterReader } from './notifications/reader'
import { readWants } from './notifications/wants'

const buttons = document.querySelectorAll<HTMLButtonElement>('button[data-notifications]')
const form = document.querySelector<HTMLInputElement>('[name=frequency]')?.form
let on = false

for (const button of buttons) {
  button.onclick = () => {
    show('', false)
    const change = on ? turnOff() : turnOn()
    change.catch(showFailure)
  }
}
form?.addEventListener('change', () => {
  if (on) registerReader(wants()).catch(showFailure)
})
look().catch(() => show(''))

/** On every visit: shows the state, and once per tab checks whether the server still knows this reader. */
async function look() {
  if (!window.PushManager) return show(unsupportedWords(), false)
  if (Notification.permission === 'denied')
    return show(
      'Blocked. You can allow notifications in your browser, beside the address of this page.',
      false,
    )
  const registration = await navigator.serviceWorker.getRegistration()
  on = Boolean(await registration?.pushManager.getSubscription())
  show('')
  if (!on || sessionStorage.told) return
  await registerReader()
  sessionStorage.told = 1
}

async function turnOn() {
  if ((await Notification.requestPermission()) !== 'granted') return look()
  await navigator.serviceWorker.register('/sw.js')
  await registerReader(wants())
  on = true
  show('On. One notification for each new review.')
}

async function turnOff() {
  await unregisterReader()
  on = false
  show('Off.')
}

/** Without a form on this page, the wants that the server has stay as they are. */
function wants() {
  return form ? readWants(new FormData(form)) : undefined
}

function unsupportedWords() {
  return /iP(?:hone|ad)|Mac.*Mobile/.test(navigator.userAgent)
    ? 'On an iPhone, first add MyMovies to the Home Screen.'
    : 'This browser cannot show notifications.'
}

function showFailure(error: Error) {
  show(`Not changed: ${error.message}`)
}

function show(words: string, usable = true) {
  for (const button of buttons) {
    button.textContent = `Turn ${on ? 'off' : 'on'} notifications`
    button.disabled = !usable
  }
  for (const line of document.querySelectorAll<HTMLElement>('[data-notifications-say]')) {
    line.textContent = words
    line.hidden = !words
  }
}
